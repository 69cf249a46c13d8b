# METADATA
# title: guardrail sets no threshold for grounding
# description: >-
#   An answer that nothing in the given sources supports is invented. Bedrock scores how well answers are grounded, and
#   blocks those below the threshold; without one, or at 0, all of them pass.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail
# custom:
#   severity: low
#   remediation: >-
#     add a `contextual_grounding_policy_config` to the `aws_bedrock_guardrail`, with a `filters_config` of
#     `type = "GROUNDING"` and a `threshold` such as `0.7`
#   resource_types: [aws_bedrock_guardrail]
#   frameworks:
#     nist_800_53: [SI-15]
#     mitre_atlas: [AML.T0062]
#     owasp_llm: ["LLM09:2025"]
#   aliases: [BR-014]
package plangate.policies.guardrails.grounding_threshold

import data.plangate.lib.finding
import data.plangate.lib.guardrail_filters
import data.plangate.lib.plan

deny contains finding.new(_policy, r, [_grounding]) if {
	some r in plan.resources.aws_bedrock_guardrail
	not _may_set(r)
}

undecided contains finding.undecided(_policy, r, [_grounding]) if {
	some r in plan.resources.aws_bedrock_guardrail
	_may_set(r)
	not _sets(r)
}

_sets(r) if {
	some filter in guardrail_filters.filters(r, _grounding, "filters_config")
	filter.value.type == "GROUNDING"
	filter.value.threshold > 0
}

_may_set(r) if guardrail_filters.open(r, _grounding, "filters_config")

_may_set(r) if {
	some filter in guardrail_filters.filters(r, _grounding, "filters_config")
	guardrail_filters.may_be(r, filter, "type", "GROUNDING")
	_may_be_above_zero(r, filter)
}

_may_be_above_zero(_, filter) if filter.value.threshold > 0

_may_be_above_zero(r, filter) if plan.unknown(r, array.concat(filter.path, ["threshold"]))

_grounding := "contextual_grounding_policy_config"

_policy := finding.policy(rego.metadata.chain())
