# METADATA
# title: agent runtime environment carries a credential
# description: >-
#   `GetAgentRuntime` returns the environment variables in clear, and an agent that runs tools can be talked into printing
#   its environment.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_GetAgentRuntime.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_agent_runtime
# custom:
#   severity: critical
#   remediation: >-
#     keep the key in `aws_bedrockagentcore_api_key_credential_provider` or in Secrets Manager, pass only its name or ARN
#     in `environment_variables`, and replace the credential
#   resource_types: [aws_bedrockagentcore_agent_runtime]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0083, AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [AC-003, PL-001]
package plangate.policies.secrets.agent_environment

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, runtime, path) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	some path in environment.in_map(runtime, _variables)
}

undecided contains finding.undecided(_policy, runtime, _variables) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	environment.open_map(runtime, _variables)
}

_variables := ["environment_variables"]

_policy := finding.policy(rego.metadata.chain())
