# METADATA
# title: shadow variant does not obey the rules of production variants
# description: >-
#   A shadow variant receives a copy of real requests, and nobody looks at its answers. An open shell, core dumps without
#   a customer managed key or an instance type outside the list are as bad there as in production.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     in the `shadow_production_variants` block leave `enable_ssm_access` out, set
#     `kms_key_id = aws_kms_key.<name>.arn` in `core_dump_config` and choose an `instance_type` that is approved
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [CM-6, SC-28, AC-17]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-010]
#   parameters:
#     approved_instance_types:
#       type: array
#       description: >-
#         The instance types that shadow variants may run on, such as `ml.m5.xlarge`; entries are globs. Without any,
#         types are not judged.
#       default: []
package plangate.policies.model_endpoints.unsafe_shadow_variant

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.variants

deny contains finding.new(_policy, endpoint, path) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	some answer in _answers(endpoint)
	some path in answer.wrong
}

undecided contains finding.undecided(_policy, endpoint, path) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	some answer in _answers(endpoint)
	some path in answer.open
}

_answers(endpoint) := array.concat(
	[variants.shells(endpoint, _shadows), variants.dumps(endpoint, _shadows)],
	[variants.types(endpoint, _shadows, _approved) | count(_approved) > 0],
)

_shadows := "shadow_production_variants"

_approved := config.parameter(_policy, "approved_instance_types")

_policy := finding.policy(rego.metadata.chain())
