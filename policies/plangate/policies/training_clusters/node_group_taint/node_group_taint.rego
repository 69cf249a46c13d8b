# METADATA
# title: GPU node group has no taint
# description: >-
#   Without a taint any pod of the cluster may land on a GPU node: it keeps the GPUs idle, and a compromised one sits
#   beside the training jobs and their data.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/node-taints-managed-node-groups.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_node_group#taint-configuration-block
# custom:
#   severity: medium
#   remediation: >-
#     add a `taint` block, such as `key = "nvidia.com/gpu"`, `value = "present"`, `effect = "NO_SCHEDULE"`
#   resource_types: [aws_eks_node_group]
#   frameworks:
#     nist_800_53: [CM-6, SC-6]
#     mitre_atlas: [AML.T0034]
#   aliases: [CP-010]
package plangate.policies.training_clusters.node_group_taint

import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.plan

deny contains finding.new(_policy, group, _taint) if {
	some group in plan.resources.aws_eks_node_group
	_untainted(group)
	gpu.certain(group)
}

undecided contains finding.undecided(_policy, group, _taint) if {
	some group in plan.resources.aws_eks_node_group
	_untainted(group)
	gpu.possible(group)
	not gpu.certain(group)
}

# The block is written by a dynamic one over a collection that only the apply knows.
undecided contains finding.undecided(_policy, group, _taint) if {
	some group in plan.resources.aws_eks_node_group
	plan.computed(group, _taint)
	gpu.possible(group)
}

_untainted(group) if {
	count(plan.blocks(group, _taint)) == 0
	not plan.computed(group, _taint)
}

_taint := ["taint"]

_policy := finding.policy(rego.metadata.chain())
