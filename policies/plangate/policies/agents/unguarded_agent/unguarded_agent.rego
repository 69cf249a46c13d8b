# METADATA
# title: agent has no guardrail
# description: >-
#   Whatever a user, a document or a tool says reaches the model of an agent, and its answer leaves, through nothing that
#   would stop an injected instruction, a jailbreak or personal data.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-guardrail.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_agent#guardrail_configuration-block
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `guardrail_configuration { guardrail_identifier = aws_bedrock_guardrail.<name>.guardrail_id, guardrail_version =
#     aws_bedrock_guardrail_version.<name>.version }` to the `aws_bedrockagent_agent`
#   resource_types: [aws_bedrockagent_agent]
#   frameworks:
#     nist_800_53: [SI-10, SI-15]
#     mitre_atlas: [AML.T0051, AML.T0054]
#     owasp_llm: ["LLM01:2025", "LLM05:2025"]
#   aliases: [BR-004, CKV_AWS_383]
package plangate.policies.agents.unguarded_agent

import data.plangate.lib.finding
import data.plangate.lib.guardrails
import data.plangate.lib.plan

deny contains finding.new(_policy, agent, _guardrail) if {
	some agent in plan.resources.aws_bedrockagent_agent
	guardrails.missing(agent, _guardrail)
}

undecided contains finding.undecided(_policy, agent, _guardrail) if {
	some agent in plan.resources.aws_bedrockagent_agent
	guardrails.undecided(agent, _guardrail)
}

_guardrail := ["guardrail_configuration"]

_policy := finding.policy(rego.metadata.chain())
