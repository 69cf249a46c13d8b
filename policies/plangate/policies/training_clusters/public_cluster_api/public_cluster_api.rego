# METADATA
# title: API of a GPU cluster is open to the internet
# description: >-
#   A leaked token or a flaw in the API server is then enough to schedule jobs on the GPUs and read every secret and
#   dataset of the cluster, from anywhere.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster#vpc_config-arguments
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `endpoint_public_access = false` and `endpoint_private_access = true` in `vpc_config`, or list your own ranges
#     in `public_access_cidrs`
#   resource_types: [aws_eks_cluster, aws_eks_node_group]
#   frameworks:
#     nist_800_53: [SC-7, AC-17]
#     mitre_atlas: [AML.T0049]
#   aliases: [CP-008, CKV_AWS_38, CKV_AWS_39, AWS-0040, AWS-0041]
package plangate.policies.training_clusters.public_cluster_api

import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.group
import data.plangate.lib.network
import data.plangate.lib.plan

deny contains finding.new(_policy, cluster, exposure.path) if {
	some cluster in plan.resources.aws_eks_cluster
	true in _gpu_clusters[cluster.address]
	exposure := _exposure(cluster)
	exposure.certain
}

undecided contains finding.undecided(_policy, cluster, exposure.path) if {
	some cluster in plan.resources.aws_eks_cluster
	_gpu_clusters[cluster.address]
	exposure := _exposure(cluster)
	not _decided(cluster, exposure)
}

_decided(cluster, exposure) if {
	exposure.certain
	true in _gpu_clusters[cluster.address]
}

# Where and whether the endpoint is open to the world; undefined when it is not. EKS opens a public endpoint to every
# address when no ranges are given.
_exposure(cluster) := {"path": _public, "certain": not_unknown} if {
	not _private(cluster)
	plan.absent(cluster, _ranges)
	not_unknown := _certainly_public(cluster)
} else := {"path": _ranges, "certain": not_unknown} if {
	not _private(cluster)
	network.reach(cluster, _ranges) == "world"
	not_unknown := _certainly_public(cluster)
} else := {"path": _ranges, "certain": false} if {
	not _private(cluster)
	network.reach(cluster, _ranges) == "unknown"
}

_private(cluster) if plan.known(cluster, _public) == false

_certainly_public(cluster) := false if {
	plan.unknown(cluster, _public)
} else := true

# Clusters that GPU node groups of the plan join, with whether those certainly have GPUs. Asked for as a whole, so that
# every evaluator builds it once.
_gpu_clusters := group.by_key([[address, certain] |
	some nodes in plan.resources.aws_eks_node_group
	gpu.possible(nodes)
	certain := _certain(nodes)
	some address in _clusters(nodes)
])

_certain(nodes) if {
	gpu.certain(nodes)
} else := false

# A name says which cluster only where no reference does: two regions may use one name.
_clusters(nodes) := clusters if {
	clusters := plan.target(nodes, ["cluster_name"], "aws_eks_cluster")
	count(clusters) > 0
} else := {address | some address in _names[plan.known(nodes, ["cluster_name"])]}

_names := group.by_key([[name, cluster.address] |
	some cluster in plan.resources.aws_eks_cluster
	name := plan.known(cluster, ["name"])
])

_public := ["vpc_config", 0, "endpoint_public_access"]

_ranges := ["vpc_config", 0, "public_access_cidrs"]

_policy := finding.policy(rego.metadata.chain())
