package plangate.lib.finding_test

import data.plangate.lib.finding

test_policy_is_its_metadata_and_its_path if {
	chain := [
		{"path": ["plangate", "policies", "a", "b", "_policy"], "annotations": {"scope": "rule", "title": "rule"}},
		{"path": ["plangate", "policies", "a", "b"], "annotations": {
			"scope": "package",
			"title": "it is wrong",
			"description": "why",
			"custom": {"severity": "high", "aliases": ["AB-1"]},
		}},
	]
	finding.policy(chain) == {
		"id": "a/b",
		"title": "it is wrong",
		"severity": "high",
		"aliases": ["AB-1"],
		"parameters": {},
	}
}

test_policy_keeps_its_parameters if {
	chain := [{"path": ["plangate", "policies", "a", "b"], "annotations": {
		"scope": "package",
		"title": "t",
		"custom": {"parameters": {"limit": {"default": 1}}},
	}}]
	finding.policy(chain) == {"id": "a/b", "title": "t", "parameters": {"limit": {"default": 1}}}
}

test_policy_only_for_packages_of_the_library if {
	every link in [
		{"path": ["plangate", "lib", "a", "b"], "annotations": {"scope": "package", "title": "t", "custom": {}}},
		{"path": ["plangate", "policies", "a"], "annotations": {"scope": "package", "title": "t", "custom": {}}},
		{"path": ["plangate", "policies", "a", "b"], "annotations": {"scope": "rule", "title": "t", "custom": {}}},
		{"path": ["plangate", "policies", "a", "b"], "annotations": {"scope": "package", "title": "t"}},
	] {
		not finding.policy([link])
	}
}

test_new if {
	finding.new(_policy, _r, ["b", 0, "c"]) == {
		"id": "a/b",
		"severity": "high",
		"title": "it is wrong",
		"msg": "aws_x.this: it is wrong (b.0.c)",
		"remediation": "mend it",
		"address": "aws_x.this",
		"path": ["b", 0, "c"],
		"frameworks": {"nist_800_53": ["SC-7"]},
		"aliases": ["AB-1"],
	}
}

test_undecided if {
	finding.undecided(_policy, _r, ["b"]) == object.union(finding.new(_policy, _r, ["b"]), {"msg": concat(": ", [
		"aws_x.this",
		"undecided until apply",
		"it is wrong (b)",
	])})
}

test_message_of_a_whole_resource if {
	finding.new(_policy, _r, []).msg == "aws_x.this: it is wrong"
	finding.undecided(_policy, _r, []).msg == "aws_x.this: undecided until apply: it is wrong"
}

test_carries_no_values if {
	r := object.union(_r, {"change": {"after": {"b": "s3cret-value"}}})
	not contains(json.marshal(finding.new(_policy, r, ["b"])), "s3cret-value")
}

test_severity_by_environment if {
	policy := object.union(_policy, {"severity_by_environment": {"dev": "low", "prod": "critical"}})
	every environment, severity in {"dev": "low", "stage": "high", "prod": "critical", "other": "critical"} {
		f := finding.new(policy, _r, []) with data.plangate.config as {"environment": environment}
		f.severity == severity
	}
}

test_policy_that_does_not_hold_everywhere if {
	policy := object.union(_policy, {"environments": ["prod", "stage"]})
	every make in ["new", "undecided"] {
		{environment | some environment in ["dev", "stage", "prod"]; _made(make, policy, environment)} == {"stage", "prod"}
	}
}

test_policy_holds_everywhere_unless_it_says_otherwise if {
	{environment | some environment in ["dev", "stage", "prod"]; _made("new", _policy, environment)} == {"dev", "stage", "prod"}
}

test_keys_as_text if {
	finding.format_key("name") == "name"
	finding.format_key("a.b") == "a.b"
	finding.format_key(0) == "0"
	finding.format_key(12) == "12"
}

_r := {"address": "aws_x.this"}

_policy := {
	"id": "a/b",
	"title": "it is wrong",
	"severity": "high",
	"remediation": "mend it",
	"frameworks": {"nist_800_53": ["SC-7"]},
	"aliases": ["AB-1"],
	"parameters": {},
}

_made("new", policy, environment) if {
	finding.new(policy, _r, []) with data.plangate.config as {"environment": environment}
}

_made("undecided", policy, environment) if {
	finding.undecided(policy, _r, []) with data.plangate.config as {"environment": environment}
}
