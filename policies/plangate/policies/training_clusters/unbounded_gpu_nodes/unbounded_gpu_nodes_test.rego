package plangate.policies.training_clusters.unbounded_gpu_nodes_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.unbounded_gpu_nodes as policy

test_deny_node_group if {
	_answers([_group(["p5.48xlarge"], 65)]) == _denied
}

test_deny_scaling_group if {
	_answers([
		fixture.known("aws_launch_template.gpu", {"name": "gpu", "instance_type": "g6.xlarge"}),
		fixture.known("aws_autoscaling_group.this", {"max_size": 400, "launch_template": [{"name": "gpu"}]}),
	]) == {"deny": {["aws_autoscaling_group.this", ["max_size"]]}, "undecided": set()}
}

test_allow_within_the_bound if {
	_answers([_group(["p5.48xlarge"], 64)]) == _passed
}

test_allow_other_families if {
	_answers([_group(["m7g.large"], 400)]) == _passed
}

test_allow_absent if {
	_answers([_group(["p5.48xlarge"], null)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_eks_node_group.this", {})]) == _passed
}

test_undecided_unknown_size if {
	_answers([fixture.resource(
		"aws_eks_node_group.this",
		{"instance_types": ["p5.48xlarge"], "scaling_config": [{"min_size": 0}]},
		{"scaling_config": [{"max_size": true}]},
		{"scaling_config": [{"max_size": fixture.refers(["terraform_data.size.output"])}]},
	)]) == _open
}

test_undecided_unknown_types if {
	_answers([fixture.resource(
		"aws_eks_node_group.this",
		{"scaling_config": [{"max_size": 400}]},
		{"instance_types": true},
		{"instance_types": fixture.refers(["terraform_data.types.output"])},
	)]) == _open
}

test_allow_small_whatever_the_type if {
	_answers([fixture.resource(
		"aws_eks_node_group.this",
		{"scaling_config": [{"max_size": 4}]},
		{"instance_types": true},
		{"instance_types": fixture.refers(["terraform_data.types.output"])},
	)]) == _passed
}

test_allow_unknown_size_of_other_families if {
	_answers([fixture.resource(
		"aws_eks_node_group.this",
		{"instance_types": ["m7g.large"], "scaling_config": [{}]},
		{"scaling_config": [{"max_size": true}]},
		{"scaling_config": [{"max_size": fixture.refers(["terraform_data.size.output"])}]},
	)]) == _passed
}

test_bound_can_be_set if {
	answers := _answers([_group(["p5.48xlarge"], 16)]) with data.plangate.config as {"parameters": {
		"training_clusters/unbounded_gpu_nodes": {"max_nodes": 8},
	}}
	answers == _denied
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/unbounded_gpu_nodes",
		"severity": "medium",
		"title": "GPU nodes can scale beyond the bound",
		"msg": concat(": ", [
			"aws_eks_node_group.this",
			"GPU nodes can scale beyond the bound (scaling_config.0.max_size)",
		]),
		"remediation": concat(" ", [
			"lower `max_size` to what the team may spend, or raise `max_nodes` in the configuration of this",
			"policy",
		]),
		"address": "aws_eks_node_group.this",
		"path": ["scaling_config", 0, "max_size"],
		"frameworks": {"nist_800_53": ["SC-6"], "mitre_atlas": ["AML.T0034"], "owasp_llm": ["LLM10:2025"]},
		"aliases": ["CP-012"],
	}} with input as fixture.plan([_group(["p5.48xlarge"], 400)])
}

_denied := {"deny": {["aws_eks_node_group.this", ["scaling_config", 0, "max_size"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_eks_node_group.this", ["scaling_config", 0, "max_size"]]}}

_passed := {"deny": set(), "undecided": set()}

_group(types, size) := fixture.known("aws_eks_node_group.this", {
	"instance_types": types,
	"scaling_config": [{"min_size": 0, "max_size": size}],
})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
