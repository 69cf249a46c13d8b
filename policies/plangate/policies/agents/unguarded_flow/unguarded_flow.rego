# METADATA
# title: node of a flow calls a model without a guardrail
# description: >-
#   A guardrail holds for the node it is written in, not for the flow. One prompt or knowledge base node without it lets an
#   injected instruction in, or what it brought about out to the nodes that follow.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/flows-guardrails.html
#   - ref: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_KnowledgeBaseFlowNodeConfiguration.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_flow
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `guardrail_configuration { guardrail_identifier = aws_bedrock_guardrail.<name>.guardrail_id, guardrail_version =
#     aws_bedrock_guardrail_version.<name>.version }` to the `prompt` or `knowledge_base` block of the node
#   resource_types: [aws_bedrockagent_flow]
#   frameworks:
#     nist_800_53: [SI-10]
#     mitre_atlas: [AML.T0051]
#     owasp_llm: ["LLM01:2025"]
#   aliases: [BR-023]
package plangate.policies.agents.unguarded_flow

import data.plangate.lib.finding
import data.plangate.lib.guardrails
import data.plangate.lib.plan

deny contains finding.new(_policy, flow, guardrail) if {
	some flow in plan.resources.aws_bedrockagent_flow
	some guardrail in _guardrails(flow)
	guardrails.missing(flow, guardrail)
}

undecided contains finding.undecided(_policy, flow, guardrail) if {
	some flow in plan.resources.aws_bedrockagent_flow
	some guardrail in _guardrails(flow)
	guardrails.undecided(flow, guardrail)
}

undecided contains finding.undecided(_policy, flow, _nodes) if {
	some flow in plan.resources.aws_bedrockagent_flow
	plan.computed(flow, _nodes)
}

# The inside of a node is written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, flow, configuration) if {
	some flow in plan.resources.aws_bedrockagent_flow
	some node in plan.blocks(flow, _nodes)
	some configuration in _configurations(node)
	plan.computed(flow, configuration)
}

_guardrails(flow) := {array.concat(block.path, ["guardrail_configuration"]) |
	some node in plan.blocks(flow, _nodes)
	some configuration in _configurations(node)
	some block in plan.blocks(flow, configuration)
	_calls_model(flow, block)
}

_configurations(node) := {array.concat(node.path, ["configuration", 0, name]) |
	some name in {"prompt", "knowledge_base"}
}

# A knowledge base node without a model hands on what it found, and takes no guardrail.
_calls_model(_, block) if "prompt" in block.path

_calls_model(flow, block) if not plan.absent(flow, array.concat(block.path, ["model_id"]))

_nodes := ["definition", 0, "node"]

_policy := finding.policy(rego.metadata.chain())
