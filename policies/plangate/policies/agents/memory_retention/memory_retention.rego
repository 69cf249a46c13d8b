# METADATA
# title: memory of an agent is kept too long
# description: >-
#   What users told an agent comes back in the prompts of later sessions. The longer it is kept, the more of it there is to
#   leak, and the longer an instruction that somebody planted in it keeps working.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-configure-memory.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_agent#memory_configuration-block
# custom:
#   severity: low
#   remediation: >-
#     set `storage_days` in `memory_configuration` to 30 or less, or raise `max_storage_days` in the configuration of this
#     policy
#   resource_types: [aws_bedrockagent_agent]
#   frameworks:
#     nist_800_53: [SI-12]
#     mitre_atlas: [AML.T0080.000]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [BR-009]
#   parameters:
#     max_storage_days:
#       type: integer
#       description: The highest `storage_days` that passes; the default is that of AWS, which allows up to 365.
#       default: 30
package plangate.policies.agents.memory_retention

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, agent, days) if {
	some agent in plan.resources.aws_bedrockagent_agent
	some days in _retentions(agent)
	plan.known(agent, days) > config.parameter(_policy, "max_storage_days")
}

undecided contains finding.undecided(_policy, agent, days) if {
	some agent in plan.resources.aws_bedrockagent_agent
	some days in _retentions(agent)
	plan.unknown(agent, days)
}

# Computed too where nobody writes it, which leaves memory off.
undecided contains finding.undecided(_policy, agent, ["memory_configuration"]) if {
	some agent in plan.resources.aws_bedrockagent_agent
	plan.unknown(agent, ["memory_configuration"])
}

_retentions(agent) := {array.concat(memory.path, ["storage_days"]) |
	some memory in plan.blocks(agent, ["memory_configuration"])
}

_policy := finding.policy(rego.metadata.chain())
