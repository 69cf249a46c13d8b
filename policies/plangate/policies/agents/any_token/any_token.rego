# METADATA
# title: authorizer accepts every token of its issuer
# description: >-
#   An authorizer that only knows the issuer lets in whoever gets a token from it, for whatever application: every
#   account of a shared identity provider, every other client of one's own. The audience or the client is what ties a
#   token to this agent.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_agent_runtime
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_gateway
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `allowed_audience` or `allowed_clients` in the `custom_jwt_authorizer`
#   resource_types: [aws_bedrockagentcore_agent_runtime, aws_bedrockagentcore_gateway]
#   frameworks:
#     nist_800_53: [AC-3, IA-2]
#     mitre_atlas: [AML.T0040]
#     owasp_llm: ["LLM06:2025"]
#     soc_2: [CC6.1]
#   aliases: [AC-002]
package plangate.policies.agents.any_token

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, r, authorizer) if {
	some [r, authorizer] in _authorizers
	count(_limits(r, authorizer)) == 0
	count(_open(r, authorizer)) == 0
}

undecided contains finding.undecided(_policy, r, authorizer) if {
	some [r, authorizer] in _authorizers
	count(_limits(r, authorizer)) == 0
	count(_open(r, authorizer)) > 0
}

# A dynamic block decides during apply whether there is an authorizer; without one AgentCore asks for IAM.
undecided contains finding.undecided(_policy, r, _block) if {
	some r in _guarded
	plan.computed(r, _block)
}

_authorizers := [[r, authorizer.path] |
	some r in _guarded
	some authorizer in plan.blocks(r, _block)
]

# Of gateways only those that ask for tokens; the others ignore the block.
_guarded := array.concat(
	[r | some r in plan.resources.aws_bedrockagentcore_agent_runtime],
	[r |
		some r in plan.resources.aws_bedrockagentcore_gateway
		plan.known(r, ["authorizer_type"]) == "CUSTOM_JWT"
	],
)

_limits(r, authorizer) := {name | some name in _names; _limited(r, array.concat(authorizer, [name]))}

_limited(r, path) if count(plan.known(r, path)) > 0

_limited(r, path) if plan.settled(r, path, {"aws_cognito_user_pool_client"})

_open(r, authorizer) := {name | some name in _names; plan.unknown(r, array.concat(authorizer, [name]))}

_names := {"allowed_audience", "allowed_clients", "allowed_scopes", "custom_claim"}

_block := ["authorizer_configuration", 0, "custom_jwt_authorizer"]

_policy := finding.policy(rego.metadata.chain())
