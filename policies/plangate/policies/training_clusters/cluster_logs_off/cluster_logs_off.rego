# METADATA
# title: control plane of an EKS cluster does not send all of its logs
# description: >-
#   Who started which job, read which secret or became which user is written down by the control plane alone, and EKS
#   keeps none of it unless it is told to.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster#enabling-control-plane-logging
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]` on the
#     `aws_eks_cluster`
#   resource_types: [aws_eks_cluster]
#   frameworks:
#     nist_800_53: [AU-12]
#   aliases: [CP-009, CKV_AWS_37, AWS-0038]
#   parameters:
#     required_log_types:
#       type: array
#       description: The types of logs that a cluster must send.
#       default: [api, audit, authenticator, controllerManager, scheduler]
package plangate.policies.training_clusters.cluster_logs_off

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, cluster, _types) if {
	some cluster in plan.resources.aws_eks_cluster
	not plan.unknown(cluster, _types)
	some type in config.parameter(_policy, "required_log_types")
	not _sent(cluster, type)
}

undecided contains finding.undecided(_policy, cluster, _types) if {
	some cluster in plan.resources.aws_eks_cluster
	plan.unknown(cluster, _types)
}

_sent(cluster, type) if type in plan.known(cluster, _types)

_types := ["enabled_cluster_log_types"]

_policy := finding.policy(rego.metadata.chain())
