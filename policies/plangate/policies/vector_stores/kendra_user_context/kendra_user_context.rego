# METADATA
# title: Kendra index shows every document to every user
# description: >-
#   With the policy `ATTRIBUTE_FILTER` all indexed content can be searched and shown to all users, unless each query
#   filters for itself; an application, or an agent, that forgets to do so answers from documents that the user may
#   not read. With `USER_TOKEN` the index itself checks who asks.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kendra/latest/APIReference/API_CreateIndex.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kendra_index
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `user_context_policy = "USER_TOKEN"` with `user_token_configurations` on the `aws_kendra_index`
#   resource_types: [aws_kendra_index]
#   frameworks:
#     nist_800_53: [AC-3, AC-6]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025", "LLM02:2025"]
#     soc_2: [CC6.1]
#   aliases: [VS-007]
package plangate.policies.vector_stores.kendra_user_context

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, index, _context) if {
	some index in plan.resources.aws_kendra_index
	_for_everybody(index)
	not _only_filters(index)
	not plan.unknown(index, ["edition"])
}

undecided contains finding.undecided(_policy, index, _context) if {
	some index in plan.resources.aws_kendra_index
	plan.unknown(index, _context)
	not _only_filters(index)
}

undecided contains finding.undecided(_policy, index, ["edition"]) if {
	some index in plan.resources.aws_kendra_index
	_for_everybody(index)
	plan.unknown(index, ["edition"])
}

_for_everybody(index) if plan.known(index, _context) != "USER_TOKEN"

_for_everybody(index) if plan.absent(index, _context)

# AWS refuses tokens for indexes of this edition.
_only_filters(index) if plan.known(index, ["edition"]) == "GEN_AI_ENTERPRISE_EDITION"

_context := ["user_context_policy"]

_policy := finding.policy(rego.metadata.chain())
