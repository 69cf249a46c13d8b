# METADATA
# title: agent may write and run code
# description: >-
#   With the action group `AMAZON.CodeInterpreter` an agent runs programs that it writes itself, over files that users send.
#   An instruction hidden in one of them is then a program too.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-code-interpretation.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_agent_action_group
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     remove the action group or set `action_group_state = "DISABLED"`; where the agent needs it and somebody approved that,
#     add a waiver for this address
#   resource_types: [aws_bedrockagent_agent_action_group]
#   frameworks:
#     nist_800_53: [CM-7, AC-6]
#     mitre_atlas: [AML.T0053, AML.T0086]
#     owasp_llm: ["LLM06:2025"]
#   aliases: [BR-007]
package plangate.policies.agents.code_interpreter

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, group, _state) if {
	some group in plan.resources.aws_bedrockagent_agent_action_group
	_interprets(group)
	_enabled(group)
}

undecided contains finding.undecided(_policy, group, _state) if {
	some group in plan.resources.aws_bedrockagent_agent_action_group
	_interprets(group)
	plan.unknown(group, _state)
}

undecided contains finding.undecided(_policy, group, _signature) if {
	some group in plan.resources.aws_bedrockagent_agent_action_group
	plan.unknown(group, _signature)
	not _disabled(group)
}

_interprets(group) if plan.known(group, _signature) == "AMAZON.CodeInterpreter"

_disabled(group) if plan.known(group, _state) == "DISABLED"

_enabled(group) if plan.known(group, _state) == "ENABLED"

# What nobody sets, AWS enables.
_enabled(group) if plan.absent(group, _state)

_signature := ["parent_action_group_signature"]

_state := ["action_group_state"]

_policy := finding.policy(rego.metadata.chain())
