# METADATA
# title: operators can open a shell into inference containers
# description: >-
#   With SSM access switched on, whoever may start a session runs commands beside the model: reads its weights and the
#   requests in memory, uses the role of the model, changes what it answers. No review sees what was typed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/ssm-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `enable_ssm_access = false` in each `production_variants` block, or leave it out
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [AC-17, CM-7]
#     mitre_atlas: [AML.T0044, AML.T0050]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.1]
#   aliases: [SM-007]
package plangate.policies.model_endpoints.ssm_access

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.variants

deny contains finding.new(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in variants.shells(config, "production_variants").wrong
}

undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in variants.shells(config, "production_variants").open
}

_policy := finding.policy(rego.metadata.chain())
