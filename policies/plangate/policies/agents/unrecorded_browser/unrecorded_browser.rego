# METADATA
# title: browser sessions are not recorded
# description: >-
#   What an agent did in a browser, where it signed in and what it typed, is in no log of the sites it visited. The
#   recording is the only account of a session that went wrong.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-session-recording.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_browser
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: add `recording { enabled = true }` with an `s3_location` to the `aws_bedrockagentcore_browser`
#   resource_types: [aws_bedrockagentcore_browser]
#   frameworks:
#     nist_800_53: [AU-12, AU-14]
#     mitre_atlas: [AML.T0053]
#     owasp_llm: ["LLM06:2025"]
#     soc_2: [CC7.2]
#   aliases: [AC-006]
package plangate.policies.agents.unrecorded_browser

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, browser, _enabled) if {
	some browser in plan.resources.aws_bedrockagentcore_browser
	not plan.known(browser, _enabled)
	not plan.unknown(browser, _enabled)
}

undecided contains finding.undecided(_policy, browser, _enabled) if {
	some browser in plan.resources.aws_bedrockagentcore_browser
	plan.unknown(browser, _enabled)
}

_enabled := ["recording", 0, "enabled"]

_policy := finding.policy(rego.metadata.chain())
