# METADATA
# title: secrets of an EKS cluster are not encrypted with a customer managed key
# description: >-
#   Tokens for registries, trackers and model hubs lie in the Kubernetes secrets of a training cluster. With a key of its own
#   the owner decides who can decrypt them, sees each use in CloudTrail, and can shut access off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster#encryption_config
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `encryption_config { resources = ["secrets"] provider { key_arn = aws_kms_key.<name>.arn } }` to the
#     `aws_eks_cluster`
#   resource_types: [aws_eks_cluster]
#   frameworks:
#     nist_800_53: [SC-28]
#   aliases: [CP-009, CKV_AWS_58, AWS-0039]
package plangate.policies.training_clusters.plaintext_cluster_secrets

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

deny contains finding.new(_policy, cluster, _encryption) if {
	some cluster in plan.resources.aws_eks_cluster
	not _of_secrets(cluster)
}

deny contains finding.new(_policy, cluster, _key) if {
	some cluster in plan.resources.aws_eks_cluster
	_of_secrets(cluster)
	kms.missing(cluster, _key)
}

undecided contains finding.undecided(_policy, cluster, _key) if {
	some cluster in plan.resources.aws_eks_cluster
	kms.undecided(cluster, _key)
	count(configuration.ends(cluster, _key)) > 0
}

# The block is a dynamic one over a collection that only the apply knows. In one that is there, dynamic or not, a key is
# required, and a dynamic one does not show where it comes from.
undecided contains finding.undecided(_policy, cluster, _encryption) if {
	some cluster in plan.resources.aws_eks_cluster
	plan.computed(cluster, _encryption)
}

# Which resources are encrypted; a list that is unknown holds `secrets`, the only entry that EKS takes.
_of_secrets(cluster) if "secrets" in plan.known(cluster, _resources)

_of_secrets(cluster) if plan.unknown(cluster, _resources)

_encryption := ["encryption_config"]

_resources := ["encryption_config", 0, "resources"]

_key := ["encryption_config", 0, "provider", 0, "key_arn"]

_policy := finding.policy(rego.metadata.chain())
