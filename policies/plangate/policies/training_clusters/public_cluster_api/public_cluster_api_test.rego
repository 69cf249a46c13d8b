package plangate.policies.training_clusters.public_cluster_api_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.public_cluster_api as policy

test_deny_open_to_the_world if {
	_answers([_cluster({"endpoint_public_access": true, "public_access_cidrs": ["198.51.100.0/24", "0.0.0.0/0"]}), _group]) == {
		"deny": {["aws_eks_cluster.this", ["vpc_config", 0, "public_access_cidrs"]]},
		"undecided": set(),
	}
}

test_deny_defaults if {
	_answers([
		_unknown(
			{"endpoint_public_access": true},
			{"public_access_cidrs": true},
			{"subnet_ids": {"constant_value": ["subnet-1"]}},
		),
		_group,
	]) == _denied
}

test_deny_null if {
	_answers([_cluster({"endpoint_public_access": null, "public_access_cidrs": null}), _group]) == _denied
}

test_allow_private if {
	_answers([_cluster({"endpoint_public_access": false, "public_access_cidrs": ["0.0.0.0/0"]}), _group]) == _passed
}

test_allow_private_with_unknown_ranges if {
	_answers([
		_unknown(
			{"endpoint_public_access": false},
			{"public_access_cidrs": true},
			{"public_access_cidrs": fixture.refers(["terraform_data.ranges.output"])},
		),
		_group,
	]) == _passed
}

test_allow_private_without_ranges if {
	_answers([_cluster({"endpoint_public_access": false, "public_access_cidrs": null}), _group]) == _passed
}

test_allow_own_ranges if {
	_answers([_cluster({"endpoint_public_access": true, "public_access_cidrs": ["198.51.100.0/24"]}), _group]) == _passed
}

test_allow_ranges_by_reference if {
	_answers([
		_unknown(
			{"endpoint_public_access": true},
			{"public_access_cidrs": true},
			{"public_access_cidrs": fixture.refers(["aws_eip.office.public_ip"])},
		),
		_group,
	]) == _passed
}

test_allow_cluster_without_gpus if {
	_answers([_open_cluster, fixture.known("aws_eks_node_group.cpu", {"cluster_name": "ml", "instance_types": ["m7g.large"]})]) == _passed
}

test_allow_cluster_of_other_nodes if {
	_answers([_open_cluster, fixture.known("aws_eks_node_group.gpu", {"cluster_name": "other", "instance_types": ["g6.xlarge"]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_eks_cluster.this", {"name": "ml"}), _group]) == _passed
}

test_undecided_unknown_flag if {
	_answers([
		_unknown(
			{},
			{"endpoint_public_access": true, "public_access_cidrs": true},
			{"endpoint_public_access": fixture.refers(["terraform_data.flag.output"])},
		),
		_group,
	]) == _open
}

test_undecided_unknown_ranges if {
	_answers([
		_unknown(
			{"endpoint_public_access": true},
			{"public_access_cidrs": true},
			{"public_access_cidrs": fixture.refers(["terraform_data.ranges.output"])},
		),
		_group,
	]) == {
		"deny": set(),
		"undecided": {["aws_eks_cluster.this", ["vpc_config", 0, "public_access_cidrs"]]},
	}
}

test_undecided_unknown_nodes if {
	_answers([_open_cluster, _maybe_gpu]) == _open
}

test_deny_with_certain_and_unknown_nodes if {
	_answers([_open_cluster, _maybe_gpu, _group]) == _denied
}

test_deny_nodes_by_reference if {
	_answers([_open_cluster, fixture.resource(
		"aws_eks_node_group.gpu",
		{"instance_types": ["g6.xlarge"]},
		{"cluster_name": true},
		{"cluster_name": fixture.refers(["aws_eks_cluster.this.id"])},
	)]) == _denied
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/public_cluster_api",
		"severity": "high",
		"title": "API of a GPU cluster is open to the internet",
		"msg": concat(": ", [
			"aws_eks_cluster.this",
			"API of a GPU cluster is open to the internet (vpc_config.0.endpoint_public_access)",
		]),
		"remediation": concat(" ", [
			"set `endpoint_public_access = false` and `endpoint_private_access = true` in `vpc_config`, or",
			"list your own ranges in `public_access_cidrs`",
		]),
		"address": "aws_eks_cluster.this",
		"path": ["vpc_config", 0, "endpoint_public_access"],
		"frameworks": {"nist_800_53": ["SC-7", "AC-17"], "mitre_atlas": ["AML.T0049"]},
		"aliases": ["CP-008", "CKV_AWS_38", "CKV_AWS_39", "AWS-0040", "AWS-0041"],
	}} with input as fixture.plan([_open_cluster, _group])
}

_denied := {"deny": {["aws_eks_cluster.this", ["vpc_config", 0, "endpoint_public_access"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_eks_cluster.this", ["vpc_config", 0, "endpoint_public_access"]]}}

_passed := {"deny": set(), "undecided": set()}

_cluster(network) := fixture.known("aws_eks_cluster.this", {"name": "ml", "vpc_config": [network]})

_open_cluster := _cluster({"endpoint_public_access": true, "public_access_cidrs": null})

_unknown(network, unknown, expressions) := fixture.resource(
	"aws_eks_cluster.this",
	{"name": "ml", "vpc_config": [network]},
	{"vpc_config": [unknown]},
	{"name": {"constant_value": "ml"}, "vpc_config": [expressions]},
)

_group := fixture.known("aws_eks_node_group.gpu", {"cluster_name": "ml", "instance_types": ["p5.48xlarge"]})

_maybe_gpu := fixture.resource(
	"aws_eks_node_group.maybe",
	{"cluster_name": "ml"},
	{"instance_types": true},
	{"instance_types": fixture.refers(["terraform_data.types.output"])},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
