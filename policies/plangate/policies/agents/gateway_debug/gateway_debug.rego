# METADATA
# title: gateway returns debug detail to its callers
# description: >-
#   With the exception level `DEBUG` a failing call answers with what went wrong inside: names of targets, roles and
#   functions, and what they said. A caller who provokes errors reads the inside of the tools from them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-debug-messages.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_gateway
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: remove `exception_level` from the `aws_bedrockagentcore_gateway`
#   resource_types: [aws_bedrockagentcore_gateway]
#   frameworks:
#     nist_800_53: [SI-11]
#     mitre_atlas: [AML.T0069]
#     owasp_llm: ["LLM07:2025", "LLM02:2025"]
#   aliases: [AC-008]
package plangate.policies.agents.gateway_debug

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, gateway, _level) if {
	some gateway in plan.resources.aws_bedrockagentcore_gateway
	plan.known(gateway, _level) == "DEBUG"
}

undecided contains finding.undecided(_policy, gateway, _level) if {
	some gateway in plan.resources.aws_bedrockagentcore_gateway
	plan.unknown(gateway, _level)
}

_level := ["exception_level"]

_policy := finding.policy(rego.metadata.chain())
