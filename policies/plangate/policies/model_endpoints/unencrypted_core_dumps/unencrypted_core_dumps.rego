# METADATA
# title: core dumps of model containers are not encrypted with a customer managed key
# description: >-
#   A core dump is the memory of the container: requests, weights and credentials in clear. It lands in S3, where only a
#   customer managed key lets its owner decide who can read it, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantCoreDumpConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `kms_key_id = aws_kms_key.<name>.arn` in the `core_dump_config` block of each `production_variants` block, or
#     remove the block
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.1]
#   aliases: [SM-008]
package plangate.policies.model_endpoints.unencrypted_core_dumps

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.variants

deny contains finding.new(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in variants.dumps(config, "production_variants").wrong
}

undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in variants.dumps(config, "production_variants").open
}

_policy := finding.policy(rego.metadata.chain())
