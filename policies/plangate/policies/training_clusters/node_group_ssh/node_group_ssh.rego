# METADATA
# title: GPU node group lets SSH in from everywhere
# description: >-
#   With an SSH key and no source groups EKS itself opens port 22 of every node to 0.0.0.0/0, in a security group that
#   no plan shows.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_node_group#remote_access-configuration-block
# custom:
#   severity: high
#   remediation: >-
#     remove `remote_access` and use SSM Session Manager, or name the groups that may connect in
#     `source_security_group_ids`
#   resource_types: [aws_eks_node_group]
#   frameworks:
#     nist_800_53: [AC-17, SC-7]
#     mitre_atlas: [AML.T0049]
#   aliases: [CP-010, CKV_AWS_100]
package plangate.policies.training_clusters.node_group_ssh

import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.plan

deny contains finding.new(_policy, group, path) if {
	some group in plan.resources.aws_eks_node_group
	some path in _sources(group)
	gpu.certain(group)
	plan.absent(group, path)
}

undecided contains finding.undecided(_policy, group, path) if {
	some group in plan.resources.aws_eks_node_group
	some path in _sources(group)
	gpu.possible(group)
	not gpu.certain(group)
	plan.absent(group, path)
}

undecided contains finding.undecided(_policy, group, path) if {
	some group in plan.resources.aws_eks_node_group
	some path in _sources(group)
	gpu.possible(group)
	plan.unknown(group, path)
	not plan.settled(group, path, {"aws_security_group", "aws_default_security_group", "data.aws_security_group"})
}

# Where the groups of a block that gives a key stand. The provider plans an empty list as null.
_sources(group) := {array.concat(block.path, ["source_security_group_ids"]) |
	some block in plan.blocks(group, ["remote_access"])
	not plan.absent(group, array.concat(block.path, ["ec2_ssh_key"]))
}

_policy := finding.policy(rego.metadata.chain())
