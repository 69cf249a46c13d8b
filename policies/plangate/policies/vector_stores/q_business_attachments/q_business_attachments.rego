# METADATA
# title: Q Business application lets users attach files to the chat
# description: >-
#   A file that somebody drops into the chat is read like a source: what is hidden in it steers the answers, and what
#   is confidential in it leaves the place that guarded it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/amazonq/latest/api-reference/API_AttachmentsConfiguration.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/qbusiness_application
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `attachments_control_mode = "DISABLED"` in `attachments_configuration`
#   resource_types: [aws_qbusiness_application]
#   frameworks:
#     nist_800_53: [AC-4, SI-10]
#     mitre_atlas: [AML.T0051.001]
#     owasp_llm: ["LLM01:2025", "LLM02:2025"]
#   aliases: [VS-008]
package plangate.policies.vector_stores.q_business_attachments

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, application, _mode) if {
	some application in plan.resources.aws_qbusiness_application
	plan.known(application, _mode) == "ENABLED"
}

undecided contains finding.undecided(_policy, application, _mode) if {
	some application in plan.resources.aws_qbusiness_application
	plan.unknown(application, _mode)
}

_mode := ["attachments_configuration", 0, "attachments_control_mode"]

_policy := finding.policy(rego.metadata.chain())
