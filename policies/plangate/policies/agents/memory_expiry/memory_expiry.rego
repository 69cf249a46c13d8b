# METADATA
# title: agent memory keeps events longer than the bound
# description: >-
#   What an agent remembers it can leak, and what somebody planted there it acts on until it expires. AWS lets events
#   live for 7 to 365 days; how long they are needed is for their owner to say.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateMemory.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_memory
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: lower `event_expiry_duration`, or raise `max_event_expiry_days` in the configuration of this policy
#   resource_types: [aws_bedrockagentcore_memory]
#   frameworks:
#     nist_800_53: [SI-12]
#     mitre_atlas: [AML.T0080.000]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [C1.2]
#   aliases: [AC-009]
#   parameters:
#     max_event_expiry_days:
#       type: integer
#       description: The highest `event_expiry_duration` that passes, in days; the default is the longest there is.
#       default: 365
package plangate.policies.agents.memory_expiry

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, memory, _expiry) if {
	some memory in plan.resources.aws_bedrockagentcore_memory
	plan.known(memory, _expiry) > config.parameter(_policy, "max_event_expiry_days")
}

# Whatever it turns out to be, it is not above what AWS accepts.
undecided contains finding.undecided(_policy, memory, _expiry) if {
	some memory in plan.resources.aws_bedrockagentcore_memory
	plan.unknown(memory, _expiry)
	config.parameter(_policy, "max_event_expiry_days") < 365
}

_expiry := ["event_expiry_duration"]

_policy := finding.policy(rego.metadata.chain())
