# METADATA
# title: agent runtime is not attached to a VPC
# description: >-
#   In `PUBLIC` mode the traffic of an agent leaves through the internet, past the security groups, endpoints and flow
#   logs of its owner. Whatever talks the agent into sending data away meets nothing on the way. In `VPC` mode its
#   interfaces lie in subnets whose routes and groups say where it may connect to.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_agent_runtime
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `network_mode = "VPC"` in `network_configuration` and give `network_mode_config` the private `subnets` and
#     the `security_groups` of the agent
#   resource_types: [aws_bedrockagentcore_agent_runtime]
#   frameworks:
#     nist_800_53: [SC-7, AC-4]
#     mitre_atlas: [AML.T0086]
#     owasp_llm: ["LLM06:2025"]
#     soc_2: [CC6.6]
#   aliases: [AC-001]
package plangate.policies.agents.public_runtime

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, runtime, _mode) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	plan.known(runtime, _mode) == "PUBLIC"
}

undecided contains finding.undecided(_policy, runtime, _mode) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	plan.unknown(runtime, _mode)
}

_mode := ["network_configuration", 0, "network_mode"]

_policy := finding.policy(rego.metadata.chain())
