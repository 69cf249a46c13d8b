# METADATA
# title: gateway lets anybody call its tools
# description: >-
#   A gateway turns functions and services into tools and calls them with its own role. With the authorizer type
#   `NONE` whoever has the URL can list those tools and call them; there is no identity left to log or to refuse.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateGateway.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_gateway
# custom:
#   severity: critical
#   remediation: >-
#     set `authorizer_type = "AWS_IAM"`, or `"CUSTOM_JWT"` with an `authorizer_configuration` that names the audience
#     or the clients
#   resource_types: [aws_bedrockagentcore_gateway]
#   frameworks:
#     nist_800_53: [AC-3, IA-2]
#     mitre_atlas: [AML.T0053, AML.T0040]
#     owasp_llm: ["LLM06:2025"]
#     soc_2: [CC6.1]
#   aliases: [AC-007]
package plangate.policies.agents.open_gateway

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, gateway, _type) if {
	some gateway in plan.resources.aws_bedrockagentcore_gateway
	plan.known(gateway, _type) == "NONE"
}

undecided contains finding.undecided(_policy, gateway, _type) if {
	some gateway in plan.resources.aws_bedrockagentcore_gateway
	plan.unknown(gateway, _type)
}

_type := ["authorizer_type"]

_policy := finding.policy(rego.metadata.chain())
