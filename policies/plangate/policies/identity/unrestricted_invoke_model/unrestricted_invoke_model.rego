# METADATA
# title: any model of Bedrock, or one without a guardrail, can be called
# description: >-
#   Whoever holds the policy chooses the model, its price and its terms, and leaves out the guardrail that was agreed on. A
#   condition on `bedrock:GuardrailIdentifier` makes Bedrock refuse calls without it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     name the models in `Resource`, and add
#     `Condition = { StringEquals = { "bedrock:GuardrailIdentifier" = aws_bedrock_guardrail.<name>.guardrail_arn } }`
#   resource_types: [aws_iam_policy, aws_iam_role_policy, aws_iam_role]
#   frameworks:
#     nist_800_53: [AC-3, AC-6]
#     mitre_atlas: [AML.T0040, AML.T0051]
#     owasp_llm: ["LLM01:2025", "LLM10:2025"]
#   aliases: [IA-007]
#   parameters:
#     approved_models:
#       type: array
#       description: >-
#         Models that may be called, as ARNs or as the ids in them; entries are globs. Without any only wildcards and
#         guardrails are judged.
#       default: []
package plangate.policies.identity.unrestricted_invoke_model

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.iam
import data.plangate.lib.iam.conditions
import data.plangate.lib.iam.roles
import data.plangate.lib.plan

deny contains finding.new(_policy, held.policy, statement.path) if {
	some held in roles.held
	some statement in held.statements
	_invokes(statement)
	_wrong(held, statement)
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in roles.held
	some statement in held.statements
	_may_invoke(statement)
	_may_be_wrong(held, statement)
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in roles.hidden
}

# Statements about Bedrock; those that allow everything are found by other policies.
_invokes(statement) if {
	some pattern in statement.actions
	startswith(lower(pattern), "bedrock:")
	some action in ["bedrock:invokemodel", "bedrock:invokemodelwithresponsestream"]
	iam.covers(pattern, action)
}

_may_invoke(statement) if {
	_invokes(statement)
	count(statement.open) > 0
}

_may_invoke(statement) if "actions" in statement.open

_wrong(_, statement) if _any_model(statement)

_wrong(_, statement) if {
	models := config.parameter(_policy, "approved_models")
	count(models) > 0
	some resource in statement.resources
	not _approved(resource, models)
}

_wrong(held, statement) if {
	not _guarded(held, statement)
	not _embeds(statement)
	not "resources" in statement.open
}

_may_be_wrong(held, statement) if _wrong(held, statement)

_may_be_wrong(_, statement) if "resources" in statement.open

_any_model(statement) if {
	some resource in statement.resources
	regex.match(`^(\*|arn:[a-z*-]+:bedrock:(\*|[^:]*:[^:]*:(\*|(foundation-model|inference-profile|\*)/\*)))$`, resource)
}

_any_model(statement) if count(statement.not_resources) > 0

_approved(resource, models) if approved.fits(resource, models)

_approved(resource, models) if {
	segments := split(resource, "/")
	approved.fits(segments[count(segments) - 1], models)
}

_guarded(_, statement) if {
	some condition in statement.conditions
	_asks_for_guardrail(condition)
	conditions.narrows(condition)
}

_guarded(_, statement) if plan.computed(statement.source, array.concat(statement.at, ["condition"]))

# Calls without the guardrail are refused by another statement.
_guarded(held, _) if {
	some denial in held.denied
	iam.acts(denial, "bedrock:invokemodel")
	some condition in denial.conditions
	_asks_for_guardrail(condition)
}

# Agents and knowledge bases have guardrails of their own, and Bedrock refuses some of their calls under the condition.
_guarded(held, _) if {
	some role in held.roles
	roles.used_for.other[role]
}

# No guardrail reads what models for embeddings and for ranking are given.
_embeds(statement) if {
	count(statement.resources) > 0
	every resource in statement.resources {
		regex.match(`embed|rerank`, resource)
	}
}

_asks_for_guardrail(condition) if condition.key == "bedrock:guardrailidentifier"

_policy := finding.policy(rego.metadata.chain())
