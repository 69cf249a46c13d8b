package plangate.policies.training_clusters.instance_tags_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.instance_tags as policy

test_deny_missing_tag if {
	_given([_template([_tags("instance", {"owner": "search"})])]) == _denied
}

test_deny_tags_of_something_else if {
	_given([_template([_tags("volume", {"owner": "search", "ttl": "24h"})])]) == _denied
}

test_deny_absent_and_empty if {
	_given([_template([])]) == _denied
	_given([_template([_tags("instance", null)])]) == _denied
	_given([_template([_tags("instance", {})])]) == _denied
}

test_allow_tagged if {
	_given([_template([_tags("volume", {}), _tags("instance", {"owner": "search", "ttl": "24h", "x": "y"})])]) == _passed
}

test_allow_unknown_value if {
	_given([fixture.resource(
		"aws_launch_template.this",
		{"instance_type": "g6.xlarge", "tag_specifications": [_tags("instance", {"owner": "search"})]},
		{"tag_specifications": [{"tags": {"ttl": true}}]},
		{},
	)]) == _passed
}

test_allow_other_families if {
	_given([fixture.known("aws_launch_template.this", {"instance_type": "m7g.large"})]) == _passed
}

test_allow_deleted if {
	_given([fixture.deleted("aws_launch_template.this", {"instance_type": "g6.xlarge"})]) == _passed
}

test_undecided_unknown_tags if {
	_given([fixture.resource(
		"aws_launch_template.this",
		{"instance_type": "g6.xlarge", "tag_specifications": [{"resource_type": "instance"}]},
		{"tag_specifications": [{"tags": true}]},
		{"tag_specifications": [{"tags": fixture.refers(["terraform_data.tags.output"])}]},
	)]) == _open
}

test_undecided_dynamic_block if {
	_given([fixture.resource(
		"aws_launch_template.this",
		{"instance_type": "g6.xlarge"},
		{"tag_specifications": true}, {},
	)]) == _open
}

test_undecided_unknown_type if {
	_given([fixture.resource(
		"aws_launch_template.this",
		{"tag_specifications": []},
		{"instance_type": true},
		{"instance_type": fixture.refers(["terraform_data.type.output"])},
	)]) == _open
}

test_allow_tagged_whatever_else_is_unknown if {
	_given([fixture.resource(
		"aws_launch_template.this",
		{"tag_specifications": [_tags("instance", {"owner": "search", "ttl": "24h"}), {"resource_type": "volume"}]},
		{"instance_type": true, "tag_specifications": [{}, {"tags": true}]},
		{
			"instance_type": fixture.refers(["terraform_data.type.output"]),
			"tag_specifications": [{"tags": fixture.refers(["terraform_data.tags.output"])}],
		},
	)]) == _passed
}

test_inactive_without_a_list if {
	_answers([_template([])]) == _passed
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/instance_tags",
		"severity": "medium",
		"title": "launch template gives GPU instances no required tag",
		"msg": "aws_launch_template.this: launch template gives GPU instances no required tag (tag_specifications)",
		"remediation": concat(" ", [
			"add `tag_specifications` with `resource_type = \"instance\"` and the required tags to the",
			"`aws_launch_template`",
		]),
		"address": "aws_launch_template.this",
		"path": ["tag_specifications"],
		"frameworks": {"nist_800_53": ["CM-8", "SC-6"], "mitre_atlas": ["AML.T0034"], "owasp_llm": ["LLM10:2025"]},
		"aliases": ["CP-005"],
	}} with input as fixture.plan([_template([])])
		with data.plangate.config as _config
}

test_deny_keys_that_only_look_like_what_is_required if {
	_given([_template([_tags("instance", {"powner": "a", "ttl": "b"})])]) == _denied
	_given([_template([_tags("instance", {"owner": "a", "attl": "b"})])]) == _denied
	_given([_template([_tags("instance", {"owner": "a", "ttl_days": "b"})])]) == _passed
}

test_deny_tags_that_are_none if {
	every tags in [null, {}] {
		_given([_template([_tags("instance", tags)])]) == _denied
	}
}

test_undecided_type_of_a_specification if {
	_given([fixture.resource(
		"aws_launch_template.this",
		{"instance_type": "g6.xlarge", "tag_specifications": [{"tags": {"owner": "a", "ttl": "b"}}]},
		{"tag_specifications": [{"resource_type": true}]},
		{"tag_specifications": [{"resource_type": fixture.refers(["terraform_data.type.output"])}]},
	)]) == _open
}

_denied := {"deny": {["aws_launch_template.this", ["tag_specifications"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_launch_template.this", ["tag_specifications"]]}}

_passed := {"deny": set(), "undecided": set()}

_config := {"parameters": {"CP-005": {"required_tags": ["owner", "ttl*"]}}}

_template(specifications) := fixture.known("aws_launch_template.this", {
	"instance_type": "g6.xlarge",
	"tag_specifications": specifications,
})

_tags(type, tags) := {"resource_type": type, "tags": tags}

_given(resources) := answers if {
	answers := _answers(resources) with data.plangate.config as _config
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
