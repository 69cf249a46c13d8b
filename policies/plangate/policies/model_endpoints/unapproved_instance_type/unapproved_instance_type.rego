# METADATA
# title: production variant runs on an instance type that is not approved
# description: >-
#   The instance type decides what an endpoint costs by the hour, idle or not. A type outside the agreed list spends a
#   GPU budget that nobody granted, or runs on hardware that nobody tested the model on.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `instance_type` in the `production_variants` block to an approved type, or add the type to
#     `approved_instance_types`
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [SC-6, CM-2]
#     mitre_atlas: [AML.T0034]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [SM-009]
#   parameters:
#     approved_instance_types:
#       type: array
#       description: The instance types that production variants may run on, such as `ml.m5.xlarge`; entries are globs.
package plangate.policies.model_endpoints.unapproved_instance_type

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.variants

deny contains finding.new(_policy, endpoint, path) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	some path in variants.types(endpoint, "production_variants", _approved).wrong
}

undecided contains finding.undecided(_policy, endpoint, path) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	some path in variants.types(endpoint, "production_variants", _approved).open
}

_approved := config.parameter(_policy, "approved_instance_types")

_policy := finding.policy(rego.metadata.chain())
