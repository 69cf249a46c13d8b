# METADATA
# title: browser tool is not attached to a VPC
# description: >-
#   A browser that an agent steers opens whatever a page tells it to open. In `PUBLIC` mode its traffic leaves past
#   the firewalls, proxies and flow logs of its owner.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-tool.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_browser
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `network_mode = "VPC"` in `network_configuration` and give `network_mode_config` the `subnets` and the
#     `security_groups` of the browser
#   resource_types: [aws_bedrockagentcore_browser]
#   frameworks:
#     nist_800_53: [SC-7, AC-4]
#     mitre_atlas: [AML.T0053, AML.T0086]
#     owasp_llm: ["LLM06:2025"]
#     soc_2: [CC6.6]
#   aliases: [AC-006]
package plangate.policies.agents.public_browser

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, browser, _mode) if {
	some browser in plan.resources.aws_bedrockagentcore_browser
	plan.known(browser, _mode) == "PUBLIC"
}

undecided contains finding.undecided(_policy, browser, _mode) if {
	some browser in plan.resources.aws_bedrockagentcore_browser
	plan.unknown(browser, _mode)
}

_mode := ["network_configuration", 0, "network_mode"]

_policy := finding.policy(rego.metadata.chain())
