package plangate.policies.training_clusters.imds_v1_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.imds_v1 as policy

test_deny_optional if {
	_answers([_machine({"http_tokens": "optional"})]) == _denied
}

test_deny_null_and_empty if {
	_answers([_machine({"http_tokens": null})]) == _denied
	_answers([_machine({"http_tokens": ""})]) == _denied
}

test_deny_absent_in_the_block if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"instance_type": "p5.48xlarge", "metadata_options": [{"http_endpoint": "enabled"}]},
		{"metadata_options": [{"http_tokens": true}]},
		{"metadata_options": [{"http_endpoint": {"constant_value": "enabled"}}]},
	)]) == _denied
}

test_allow_required if {
	_answers([_machine({"http_tokens": "required"})]) == _passed
}

test_allow_no_endpoint if {
	_answers([_machine({"http_tokens": "optional", "http_endpoint": "disabled"})]) == _passed
}

test_allow_other_families if {
	_answers([fixture.known("aws_instance.this", {
		"instance_type": "m7g.large",
		"metadata_options": [{"http_tokens": "optional"}],
	})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_instance.this", {"instance_type": "p5.48xlarge"})]) == _passed
}

test_undecided_unknown_tokens if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"instance_type": "p5.48xlarge", "metadata_options": [{}]},
		{"metadata_options": [{"http_tokens": true}]},
		{"metadata_options": [{"http_tokens": fixture.refers(["terraform_data.tokens.output"])}]},
	)]) == _open
}

test_undecided_unknown_endpoint if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"instance_type": "p5.48xlarge", "metadata_options": [{"http_tokens": "optional"}]},
		{"metadata_options": [{"http_endpoint": true}]},
		{"metadata_options": [{"http_endpoint": fixture.refers(["terraform_data.endpoint.output"])}]},
	)]) == _open
}

test_undecided_unknown_type if {
	_answers([_of_unknown_type("optional")]) == _open
}

test_allow_required_whatever_the_type if {
	_answers([_of_unknown_type("required")]) == _passed
}

test_undecided_without_a_block if {
	_answers([_bare]) == {"deny": set(), "undecided": {["aws_instance.this", ["metadata_options"]]}}
}

test_allow_default_of_the_account if {
	_answers([_bare, fixture.known("aws_ec2_instance_metadata_defaults.this", {"http_tokens": "required"})]) == _passed
}

test_undecided_where_the_default_of_the_account_allows_it if {
	_answers([_bare, fixture.known("aws_ec2_instance_metadata_defaults.this", {"http_tokens": "optional"})]) == {
		"deny": set(),
		"undecided": {["aws_instance.this", ["metadata_options"]]},
	}
}

test_deny_launch_template_and_what_it_launches if {
	_answers([
		_template("optional"),
		fixture.known("aws_instance.this", {"launch_template": [{"name": "gpu"}]}),
		fixture.known("aws_instance.own", {
			"launch_template": [{"name": "gpu"}],
			"metadata_options": [{"http_tokens": "required"}],
		}),
	]) == {
		"deny": {
			["aws_launch_template.gpu", ["metadata_options", 0, "http_tokens"]],
			["aws_instance.this", ["launch_template", 0]],
		},
		"undecided": set(),
	}
}

test_allow_launch_template if {
	_answers([_template("required"), fixture.known("aws_instance.this", {"launch_template": [{"name": "gpu"}]})]) == _passed
}

test_deny_launch_template_of_gpu_nodes if {
	_answers([
		fixture.known("aws_launch_template.nodes", {"name": "nodes", "metadata_options": [{"http_tokens": "optional"}]}),
		fixture.known("aws_eks_node_group.this", {"instance_types": ["p5.48xlarge"], "launch_template": [{"name": "nodes"}]}),
	]) == {"deny": {["aws_launch_template.nodes", ["metadata_options", 0, "http_tokens"]]}, "undecided": set()}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/imds_v1",
		"severity": "high",
		"title": "GPU instance accepts version 1 of the metadata service",
		"msg": concat(": ", [
			"aws_instance.this",
			"GPU instance accepts version 1 of the metadata service (metadata_options.0.http_tokens)",
		]),
		"remediation": concat(" ", [
			"set `http_tokens = \"required\"` in the `metadata_options` block of the instance or its launch",
			"template",
		]),
		"address": "aws_instance.this",
		"path": ["metadata_options", 0, "http_tokens"],
		"frameworks": {"nist_800_53": ["AC-3", "IA-5"], "mitre_atlas": ["AML.T0055"]},
		"aliases": ["CP-001", "CKV_AWS_79", "AWS-0028", "AWS-0130"],
	}} with input as fixture.plan([_machine({"http_tokens": "optional"})])
}

_denied := {"deny": {["aws_instance.this", ["metadata_options", 0, "http_tokens"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_instance.this", ["metadata_options", 0, "http_tokens"]]}}

_passed := {"deny": set(), "undecided": set()}

_machine(options) := fixture.known("aws_instance.this", {
	"instance_type": "p5.48xlarge",
	"metadata_options": [options],
})

_of_unknown_type(tokens) := fixture.resource(
	"aws_instance.this",
	{"metadata_options": [{"http_tokens": tokens}]},
	{"instance_type": true},
	{"instance_type": fixture.refers(["terraform_data.type.output"])},
)

_bare := fixture.resource(
	"aws_instance.this",
	{"instance_type": "p5.48xlarge"},
	{"metadata_options": true},
	{"instance_type": {"constant_value": "p5.48xlarge"}},
)

_template(tokens) := fixture.known("aws_launch_template.gpu", {
	"name": "gpu",
	"instance_type": "g6.xlarge",
	"metadata_options": [{"http_tokens": tokens}],
})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
