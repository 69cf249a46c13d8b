# METADATA
# title: agent memory is not encrypted with a customer managed key
# description: >-
#   The memory of an agent keeps what people told it, across sessions: names, plans, documents. Only a customer
#   managed key lets its owner say who can read that, see each use and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateMemory.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_memory
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `encryption_key_arn = aws_kms_key.<name>.arn` on the `aws_bedrockagentcore_memory`
#   resource_types: [aws_bedrockagentcore_memory]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.1, C1.1]
#   aliases: [AC-009]
package plangate.policies.agents.memory_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, memory, _key) if {
	some memory in plan.resources.aws_bedrockagentcore_memory
	kms.missing(memory, _key)
}

undecided contains finding.undecided(_policy, memory, _key) if {
	some memory in plan.resources.aws_bedrockagentcore_memory
	kms.undecided(memory, _key)
}

_key := ["encryption_key_arn"]

_policy := finding.policy(rego.metadata.chain())
