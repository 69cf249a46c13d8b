# METADATA
# title: online feature store is not encrypted with a customer managed key
# description: >-
#   The online store answers with the features of persons while a model decides about them. Only a customer managed key
#   lets its owner decide who can read them at rest, see who did, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OnlineStoreSecurityConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_feature_group
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `security_config { kms_key_id = aws_kms_key.<name>.arn }` to the `online_store_config` of the
#     `aws_sagemaker_feature_group`
#   resource_types: [aws_sagemaker_feature_group]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0035]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-035]
package plangate.policies.mlops.online_store_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, group, _key) if {
	some group in plan.resources.aws_sagemaker_feature_group
	plan.known(group, _enabled) == true
	kms.missing(group, _key)
}

undecided contains finding.undecided(_policy, group, _key) if {
	some group in plan.resources.aws_sagemaker_feature_group
	plan.known(group, _enabled) == true
	kms.undecided(group, _key)
}

# Nobody knows yet whether there is an online store, and it has no key that would do in any case.
undecided contains finding.undecided(_policy, group, _key) if {
	some group in plan.resources.aws_sagemaker_feature_group
	plan.unknown(group, _enabled)
	not _keyed(group)
}

_keyed(group) if {
	not kms.missing(group, _key)
	not kms.undecided(group, _key)
}

_enabled := ["online_store_config", 0, "enable_online_store"]

_key := ["online_store_config", 0, "security_config", 0, "kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
