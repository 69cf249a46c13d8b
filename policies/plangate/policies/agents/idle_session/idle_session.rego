# METADATA
# title: session of an agent stays open too long
# description: >-
#   Until a session times out, whoever has its id goes on in it, with all that was said before: what one user told the
#   agent, and what somebody has talked it into.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_CreateAgent.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_agent
# custom:
#   severity: low
#   remediation: >-
#     lower `idle_session_ttl_in_seconds` to what a conversation needs (600 is usual), or raise `max_idle_session_ttl` in the
#     configuration of this policy
#   resource_types: [aws_bedrockagent_agent]
#   frameworks:
#     nist_800_53: [AC-12]
#     mitre_atlas: [AML.T0080]
#   aliases: [BR-006]
#   parameters:
#     max_idle_session_ttl:
#       type: integer
#       description: The highest `idle_session_ttl_in_seconds` that passes; the provider takes 60 to 3600.
#       default: 1800
package plangate.policies.agents.idle_session

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, agent, _ttl) if {
	some agent in plan.resources.aws_bedrockagent_agent
	plan.known(agent, _ttl) > config.parameter(_policy, "max_idle_session_ttl")
}

undecided contains finding.undecided(_policy, agent, _ttl) if {
	some agent in plan.resources.aws_bedrockagent_agent
	plan.unknown(agent, _ttl)
}

_ttl := ["idle_session_ttl_in_seconds"]

_policy := finding.policy(rego.metadata.chain())
