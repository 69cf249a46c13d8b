# METADATA
# title: custom model is not encrypted with a customer managed key
# description: >-
#   A model that was customized with an organisation's data holds that data in its weights. Only a customer managed key
#   lets its owner decide who can use a copy of them, see who does, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-custom-job.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_custom_model
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `custom_model_kms_key_id = aws_kms_key.<name>.arn` on the `aws_bedrock_custom_model`
#   resource_types: [aws_bedrock_custom_model]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0048.004]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [BR-016]
package plangate.policies.foundation_models.custom_model_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, model, _key) if {
	some model in plan.resources.aws_bedrock_custom_model
	kms.missing(model, _key)
}

undecided contains finding.undecided(_policy, model, _key) if {
	some model in plan.resources.aws_bedrock_custom_model
	kms.undecided(model, _key)
}

_key := ["custom_model_kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
