package plangate.policies.training_clusters.metadata_hop_limit_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.metadata_hop_limit as policy

test_deny_far if {
	_answers([_machine({"http_tokens": "required", "http_put_response_hop_limit": 64})]) == _denied
}

test_allow_near if {
	_answers([_machine({"http_put_response_hop_limit": 1})]) == _passed
	_answers([_machine({"http_put_response_hop_limit": 2})]) == _passed
}

test_allow_absent if {
	_answers([_machine({"http_tokens": "required"})]) == _passed
	_answers([_machine({"http_put_response_hop_limit": null})]) == _passed
}

test_allow_unset if {
	_answers([_with_unknown({"http_tokens": {"constant_value": "required"}})]) == _passed
}

test_allow_no_endpoint if {
	_answers([_machine({"http_endpoint": "disabled", "http_put_response_hop_limit": 64})]) == _passed
}

test_allow_other_families if {
	_answers([fixture.known("aws_instance.this", {
		"instance_type": "m7g.large",
		"metadata_options": [{"http_put_response_hop_limit": 64}],
	})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_instance.this", {"instance_type": "p5.48xlarge"})]) == _passed
}

test_undecided_unknown if {
	_answers([_with_unknown({"http_put_response_hop_limit": fixture.refers(["terraform_data.hops.output"])})]) == _open
}

test_allow_unknown_limit_without_endpoint if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"instance_type": "p5.48xlarge", "metadata_options": [{"http_endpoint": "disabled"}]},
		{"metadata_options": [{"http_put_response_hop_limit": true}]},
		{"metadata_options": [{"http_put_response_hop_limit": fixture.refers(["terraform_data.hops.output"])}]},
	)]) == _passed
}

test_undecided_unknown_type if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"metadata_options": [{"http_put_response_hop_limit": 64}]},
		{"instance_type": true},
		{"instance_type": fixture.refers(["terraform_data.type.output"])},
	)]) == _open
}

test_allow_near_whatever_the_type_and_endpoint if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"metadata_options": [{"http_put_response_hop_limit": 1}]},
		{"instance_type": true, "metadata_options": [{"http_endpoint": true}]},
		{
			"instance_type": fixture.refers(["terraform_data.type.output"]),
			"metadata_options": [{"http_endpoint": fixture.refers(["terraform_data.endpoint.output"])}],
		},
	)]) == _passed
}

test_undecided_unknown_endpoint if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"instance_type": "g6.xlarge", "metadata_options": [{"http_put_response_hop_limit": 64}]},
		{"metadata_options": [{"http_endpoint": true}]},
		{"metadata_options": [{"http_endpoint": fixture.refers(["terraform_data.endpoint.output"])}]},
	)]) == _open
}

test_deny_launch_template if {
	_answers([fixture.known("aws_launch_template.gpu", {
		"instance_type": "g6.xlarge",
		"metadata_options": [{"http_put_response_hop_limit": 3}],
	})]) == {
		"deny": {["aws_launch_template.gpu", ["metadata_options", 0, "http_put_response_hop_limit"]]},
		"undecided": set(),
	}
}

test_bound_can_be_set if {
	answers := _answers([_machine({"http_put_response_hop_limit": 2})]) with data.plangate.config as {"parameters": {
		"training_clusters/metadata_hop_limit": {"max_hops": 1},
	}}
	answers == _denied
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/metadata_hop_limit",
		"severity": "medium",
		"title": "metadata tokens of a GPU instance travel too many hops",
		"msg": concat(": ", [
			"aws_instance.this",
			"metadata tokens of a GPU instance travel too many hops (metadata_options.0.http_put_response_hop_limit)",
		]),
		"remediation": "set `http_put_response_hop_limit` to 1 in `metadata_options`, or to 2 where containers need it",
		"address": "aws_instance.this",
		"path": ["metadata_options", 0, "http_put_response_hop_limit"],
		"frameworks": {"nist_800_53": ["AC-3", "IA-5"], "mitre_atlas": ["AML.T0055"]},
		"aliases": ["CP-001", "CKV_AWS_341"],
	}} with input as fixture.plan([_machine({"http_put_response_hop_limit": 64})])
}

_denied := {"deny": {["aws_instance.this", ["metadata_options", 0, "http_put_response_hop_limit"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_instance.this", ["metadata_options", 0, "http_put_response_hop_limit"]]}}

_passed := {"deny": set(), "undecided": set()}

_machine(options) := fixture.known("aws_instance.this", {
	"instance_type": "p5.48xlarge",
	"metadata_options": [options],
})

_with_unknown(expressions) := fixture.resource(
	"aws_instance.this",
	{"instance_type": "p5.48xlarge", "metadata_options": [{"http_tokens": "required"}]},
	{"metadata_options": [{"http_put_response_hop_limit": true}]},
	{"metadata_options": [expressions]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
