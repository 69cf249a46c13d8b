# METADATA
# title: code interpreter can reach the internet
# description: >-
#   A code interpreter runs what a model wrote, and the model wrote what its input made it write. In `PUBLIC` mode
#   such code can fetch tools, send data away and wait for commands.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_code_interpreter
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `network_mode = "SANDBOX"` in `network_configuration`, or `"VPC"` with a `vpc_config` whose security groups
#     restrict egress
#   resource_types: [aws_bedrockagentcore_code_interpreter]
#   frameworks:
#     nist_800_53: [SC-7, CM-7]
#     mitre_atlas: [AML.T0072, AML.T0086]
#     owasp_llm: ["LLM06:2025"]
#     soc_2: [CC6.6]
#   aliases: [AC-005]
package plangate.policies.agents.public_code_interpreter

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, interpreter, _mode) if {
	some interpreter in plan.resources.aws_bedrockagentcore_code_interpreter
	plan.known(interpreter, _mode) == "PUBLIC"
}

undecided contains finding.undecided(_policy, interpreter, _mode) if {
	some interpreter in plan.resources.aws_bedrockagentcore_code_interpreter
	plan.unknown(interpreter, _mode)
}

_mode := ["network_configuration", 0, "network_mode"]

_policy := finding.policy(rego.metadata.chain())
