package plangate.policies.training_clusters.instance_family_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.instance_family as policy

test_deny_other_family if {
	_given([_launching("aws_launch_template.this", "p2.16xlarge")]) == _denied
	_given([_launching("aws_instance.this", "g5g.xlarge")]) == {
		"deny": {["aws_instance.this", ["instance_type"]]},
		"undecided": set(),
	}
}

test_allow_approved if {
	_given([_launching("aws_launch_template.this", "g5.xlarge"), _launching("aws_instance.this", "p5en.48xlarge")]) == _passed
}

test_allow_without_gpus if {
	_given([_launching("aws_launch_template.this", "m7g.large")]) == _passed
}

test_allow_absent if {
	_given([_launching("aws_launch_template.this", null), _launching("aws_instance.this", "")]) == _passed
}

test_allow_deleted if {
	_given([fixture.deleted("aws_launch_template.this", {"instance_type": "p2.16xlarge"})]) == _passed
}

test_undecided_unknown if {
	_given([_unknown]) == _open
}

test_inactive_without_a_list if {
	_answers([_launching("aws_instance.this", "p2.16xlarge"), _unknown]) == _passed
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/instance_family",
		"severity": "medium",
		"title": "GPU instance family is not approved",
		"msg": "aws_launch_template.this: GPU instance family is not approved (instance_type)",
		"remediation": "set `instance_type` to one of an approved family, or have the family approved",
		"address": "aws_launch_template.this",
		"path": ["instance_type"],
		"frameworks": {"nist_800_53": ["SC-6", "CM-8"], "mitre_atlas": ["AML.T0034"], "owasp_llm": ["LLM10:2025"]},
		"aliases": ["CP-005"],
	}} with input as fixture.plan([_launching("aws_launch_template.this", "p2.16xlarge")])
		with data.plangate.config as _config
}

_denied := {"deny": {["aws_launch_template.this", ["instance_type"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_launch_template.this", ["instance_type"]]}}

_passed := {"deny": set(), "undecided": set()}

_config := {"parameters": {"CP-005": {"approved_families": ["g5", "p5*"]}}}

_launching(address, type) := fixture.known(address, {"instance_type": type})

_unknown := fixture.resource(
	"aws_launch_template.this", {},
	{"instance_type": true},
	{"instance_type": fixture.refers(["terraform_data.type.output"])},
)

_given(resources) := answers if {
	answers := _answers(resources) with data.plangate.config as _config
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
