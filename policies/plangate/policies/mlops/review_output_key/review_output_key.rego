# METADATA
# title: output of human reviews is not encrypted with a customer managed key
# description: >-
#   What goes to human review is what a model was least sure of: documents, images and answers in full, with what people
#   decided. Only a customer managed key lets its owner decide who can read it, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_FlowDefinitionOutputConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_flow_definition
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `kms_key_id = aws_kms_key.<name>.arn` in the `output_config` of the `aws_sagemaker_flow_definition`
#   resource_types: [aws_sagemaker_flow_definition]
#   frameworks:
#     nist_800_53: [SC-28]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-041, CKV_AWS_372]
package plangate.policies.mlops.review_output_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, flow, _key) if {
	some flow in plan.resources.aws_sagemaker_flow_definition
	kms.missing(flow, _key)
}

undecided contains finding.undecided(_policy, flow, _key) if {
	some flow in plan.resources.aws_sagemaker_flow_definition
	kms.undecided(flow, _key)
}

_key := ["output_config", 0, "kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
