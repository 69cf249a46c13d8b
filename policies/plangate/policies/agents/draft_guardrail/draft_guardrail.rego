# METADATA
# title: guardrail of an agent is not pinned to a version
# description: >-
#   `DRAFT` is the guardrail as it is being edited: each edit, also the one that switches a filter off, holds for the agent
#   at once and without a deployment. A numbered version cannot be changed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-versions.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail_version
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `guardrail_version = aws_bedrock_guardrail_version.<name>.version`, not `"DRAFT"` and not
#     `aws_bedrock_guardrail.<name>.version`
#   resource_types: [aws_bedrockagent_agent]
#   frameworks:
#     nist_800_53: [CM-2, CM-3]
#     mitre_atlas: [AML.T0081]
#     owasp_llm: ["LLM01:2025"]
#   aliases: [BR-005]
package plangate.policies.agents.draft_guardrail

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, agent, version) if {
	some agent in plan.resources.aws_bedrockagent_agent
	some version in _versions(agent)
	_draft(agent, version)
}

undecided contains finding.undecided(_policy, agent, version) if {
	some agent in plan.resources.aws_bedrockagent_agent
	some version in _versions(agent)
	_open(agent, version)
}

# A list over a collection that only the apply knows.
undecided contains finding.undecided(_policy, agent, ["guardrail_configuration"]) if {
	some agent in plan.resources.aws_bedrockagent_agent
	_open(agent, ["guardrail_configuration"])
}

_draft(agent, version) if plan.known(agent, version) == "DRAFT"

_draft(agent, version) if {
	plan.absent(agent, version)
	not plan.absent(agent, array.concat(array.slice(version, 0, 2), ["guardrail_identifier"]))
}

# The version of the guardrail itself is always the draft; all that the block refers to is listed together.
_draft(agent, version) if plan.settled(agent, version, {"aws_bedrock_guardrail"})

_open(agent, path) if {
	plan.unknown(agent, path)
	not plan.settled(agent, path, {"aws_bedrock_guardrail", "aws_bedrock_guardrail_version"})
}

_versions(agent) := {array.concat(block.path, ["guardrail_version"]) |
	some block in plan.blocks(agent, ["guardrail_configuration"])
}

_policy := finding.policy(rego.metadata.chain())
