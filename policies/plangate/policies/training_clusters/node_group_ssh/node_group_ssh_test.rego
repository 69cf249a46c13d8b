package plangate.policies.training_clusters.node_group_ssh_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.node_group_ssh as policy

test_deny_no_groups if {
	_answers([_group("p5.48xlarge", [{"ec2_ssh_key": "ops", "source_security_group_ids": null}])]) == _denied
	_answers([_group("p5.48xlarge", [{"ec2_ssh_key": "ops"}])]) == _denied
}

test_allow_groups if {
	_answers([_group("p5.48xlarge", [{"ec2_ssh_key": "ops", "source_security_group_ids": ["sg-1"]}])]) == _passed
}

test_allow_groups_by_reference if {
	_answers([_unknown("p5.48xlarge", ["aws_security_group.bastion.id"])]) == _passed
}

test_allow_no_key if {
	_answers([_group("p5.48xlarge", [{"ec2_ssh_key": null}])]) == _passed
	_answers([_group("p5.48xlarge", [{"ec2_ssh_key": ""}])]) == _passed
}

test_allow_absent if {
	_answers([_group("p5.48xlarge", [])]) == _passed
}

test_allow_other_families if {
	_answers([_group("m7g.large", [{"ec2_ssh_key": "ops"}])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_eks_node_group.this", {"remote_access": [{"ec2_ssh_key": "ops"}]})]) == _passed
}

test_undecided_unknown_groups if {
	_answers([_unknown("p5.48xlarge", ["terraform_data.groups.output"])]) == _open
}

test_allow_unknown_groups_of_other_families if {
	_answers([_unknown("m7g.large", ["terraform_data.groups.output"])]) == _passed
}

test_undecided_unknown_types if {
	_answers([fixture.resource(
		"aws_eks_node_group.this",
		{"remote_access": [{"ec2_ssh_key": "ops"}]},
		{"instance_types": true},
		{"instance_types": fixture.refers(["terraform_data.types.output"])},
	)]) == _open
}

test_allow_groups_whatever_the_type if {
	_answers([fixture.resource(
		"aws_eks_node_group.this",
		{"remote_access": [{"ec2_ssh_key": "ops", "source_security_group_ids": ["sg-1"]}]},
		{"instance_types": true},
		{"instance_types": fixture.refers(["terraform_data.types.output"])},
	)]) == _passed
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/node_group_ssh",
		"severity": "high",
		"title": "GPU node group lets SSH in from everywhere",
		"msg": "aws_eks_node_group.this: GPU node group lets SSH in from everywhere (remote_access.0.source_security_group_ids)",
		"remediation": concat(" ", [
			"remove `remote_access` and use SSM Session Manager, or name the groups that may connect in",
			"`source_security_group_ids`",
		]),
		"address": "aws_eks_node_group.this",
		"path": ["remote_access", 0, "source_security_group_ids"],
		"frameworks": {"nist_800_53": ["AC-17", "SC-7"], "mitre_atlas": ["AML.T0049"]},
		"aliases": ["CP-010", "CKV_AWS_100"],
	}} with input as fixture.plan([_group("p5.48xlarge", [{"ec2_ssh_key": "ops"}])])
}

test_groups_that_come_with_the_apply if {
	every type in ["aws_security_group", "aws_default_security_group", "data.aws_security_group"] {
		_answers([_unknown("p5.48xlarge", [concat("", [type, ".this.id"])])]) == _passed
	}
	_answers([_unknown("p5.48xlarge", ["terraform_data.groups.output"])]) == _open
}

_denied := {"deny": {["aws_eks_node_group.this", ["remote_access", 0, "source_security_group_ids"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_eks_node_group.this", ["remote_access", 0, "source_security_group_ids"]]}}

_passed := {"deny": set(), "undecided": set()}

_group(type, access) := fixture.known("aws_eks_node_group.this", {"instance_types": [type], "remote_access": access})

_unknown(type, references) := fixture.resource(
	"aws_eks_node_group.this",
	{"instance_types": [type], "remote_access": [{"ec2_ssh_key": "ops"}]},
	{"remote_access": [{"source_security_group_ids": true}]},
	{"remote_access": [{"source_security_group_ids": fixture.refers(references)}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
