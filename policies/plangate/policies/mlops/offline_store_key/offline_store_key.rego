# METADATA
# title: offline feature store is not encrypted with a customer managed key
# description: >-
#   The offline store keeps every value that a feature ever had, mostly of persons. Only a customer managed key lets its
#   owner decide who can read that history, see who did, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3StorageConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_feature_group
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `kms_key_id = aws_kms_key.<name>.arn` in `offline_store_config { s3_storage_config { ... } }` of the
#     `aws_sagemaker_feature_group`
#   resource_types: [aws_sagemaker_feature_group]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0035]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-034]
package plangate.policies.mlops.offline_store_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, group, _key) if {
	some group in plan.resources.aws_sagemaker_feature_group
	count(plan.blocks(group, ["offline_store_config"])) > 0
	kms.missing(group, _key)
}

undecided contains finding.undecided(_policy, group, _key) if {
	some group in plan.resources.aws_sagemaker_feature_group
	kms.undecided(group, _key)
}

_key := ["offline_store_config", 0, "s3_storage_config", 0, "kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
