# METADATA
# title: GPU nodes can scale beyond the bound
# description: >-
#   A stuck queue, a leaked credential or a miner starts as many nodes as the group allows, and GPU nodes cost tens of
#   dollars an hour each.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_node_group#scaling_config-configuration-block
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group
# custom:
#   severity: medium
#   remediation: lower `max_size` to what the team may spend, or raise `max_nodes` in the configuration of this policy
#   resource_types: [aws_eks_node_group, aws_autoscaling_group]
#   frameworks:
#     nist_800_53: [SC-6]
#     mitre_atlas: [AML.T0034]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [CP-012]
#   parameters:
#     max_nodes:
#       type: integer
#       description: The highest number of GPU nodes that one group may scale to.
#       default: 64
package plangate.policies.training_clusters.unbounded_gpu_nodes

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.plan

deny contains finding.new(_policy, group, path) if {
	some type, path in _sizes
	some group in plan.resources[type]
	_too_large(group, path)
	gpu.certain(group)
}

undecided contains finding.undecided(_policy, group, path) if {
	some type, path in _sizes
	some group in plan.resources[type]
	_too_large(group, path)
	gpu.possible(group)
	not gpu.certain(group)
}

undecided contains finding.undecided(_policy, group, path) if {
	some type, path in _sizes
	some group in plan.resources[type]
	plan.unknown(group, path)
	gpu.possible(group)
}

_too_large(group, path) if plan.known(group, path) > config.parameter(_policy, "max_nodes")

_sizes := {
	"aws_eks_node_group": ["scaling_config", 0, "max_size"],
	"aws_autoscaling_group": ["max_size"],
}

_policy := finding.policy(rego.metadata.chain())
