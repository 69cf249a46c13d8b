package plangate.policies.training_clusters.node_group_taint_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.node_group_taint as policy

test_deny_none if {
	_answers([_group({"taint": []})]) == _denied
}

test_deny_absent_and_null if {
	_answers([_group({})]) == _denied
	_answers([_group({"taint": null})]) == _denied
}

test_allow_taint if {
	_answers([_group({"taint": [{"key": "nvidia.com/gpu", "effect": "NO_SCHEDULE"}]})]) == _passed
}

test_allow_other_families if {
	_answers([fixture.known("aws_eks_node_group.this", {"instance_types": ["m7g.large"], "taint": []})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_eks_node_group.this", {"taint": []})]) == _passed
}

test_undecided_dynamic_block if {
	_answers([fixture.resource("aws_eks_node_group.this", {"instance_types": ["p5.48xlarge"]}, {"taint": true}, {})]) == _open
}

test_allow_dynamic_block_of_other_families if {
	_answers([fixture.resource("aws_eks_node_group.this", {"instance_types": ["m7g.large"]}, {"taint": true}, {})]) == _passed
}

test_undecided_unknown_types if {
	_answers([_of_unknown_type([])]) == _open
}

test_allow_taint_whatever_the_type if {
	_answers([_of_unknown_type([{"key": "nvidia.com/gpu"}])]) == _passed
}

test_deny_type_of_the_launch_template if {
	_answers([
		fixture.known("aws_launch_template.gpu", {"name": "gpu", "instance_type": "g6e.24xlarge"}),
		fixture.known("aws_eks_node_group.this", {"launch_template": [{"name": "gpu"}], "taint": []}),
	]) == _denied
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/node_group_taint",
		"severity": "medium",
		"title": "GPU node group has no taint",
		"msg": "aws_eks_node_group.this: GPU node group has no taint (taint)",
		"remediation": concat(" ", [
			"add a `taint` block, such as `key = \"nvidia.com/gpu\"`, `value = \"present\"`, `effect =",
			"\"NO_SCHEDULE\"`",
		]),
		"address": "aws_eks_node_group.this",
		"path": ["taint"],
		"frameworks": {"nist_800_53": ["CM-6", "SC-6"], "mitre_atlas": ["AML.T0034"]},
		"aliases": ["CP-010"],
	}} with input as fixture.plan([_group({"taint": []})])
}

_denied := {"deny": {["aws_eks_node_group.this", ["taint"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_eks_node_group.this", ["taint"]]}}

_passed := {"deny": set(), "undecided": set()}

_group(attributes) := fixture.known(
	"aws_eks_node_group.this",
	object.union({"instance_types": ["p5.48xlarge"]}, attributes),
)

_of_unknown_type(taints) := fixture.resource(
	"aws_eks_node_group.this",
	{"taint": taints},
	{"instance_types": true},
	{"instance_types": fixture.refers(["terraform_data.types.output"])},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
