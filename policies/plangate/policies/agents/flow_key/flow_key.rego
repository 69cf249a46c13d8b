# METADATA
# title: flow or prompt is not encrypted with a customer managed key
# description: >-
#   Flows and prompts hold the instructions that a product is made of, and often examples from real cases. Only a customer
#   managed key lets their owner decide who can read them, see who did, and shut them off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-flows.html
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-prompts.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_flow
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_prompt
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `customer_encryption_key_arn = aws_kms_key.<name>.arn` on the `aws_bedrockagent_flow` or `aws_bedrockagent_prompt`
#   resource_types: [aws_bedrockagent_flow, aws_bedrockagent_prompt]
#   frameworks:
#     nist_800_53: [SC-28]
#     mitre_atlas: [AML.T0056]
#     owasp_llm: ["LLM07:2025"]
#   aliases: [BR-022]
package plangate.policies.agents.flow_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, r, _key) if {
	some type in _types
	some r in plan.resources[type]
	kms.missing(r, _key)
}

undecided contains finding.undecided(_policy, r, _key) if {
	some type in _types
	some r in plan.resources[type]
	kms.undecided(r, _key)
}

_types := {"aws_bedrockagent_flow", "aws_bedrockagent_prompt"}

_key := ["customer_encryption_key_arn"]

_policy := finding.policy(rego.metadata.chain())
