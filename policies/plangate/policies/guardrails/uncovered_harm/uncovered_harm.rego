# METADATA
# title: guardrail does not filter all kinds of harmful content both ways
# description: >-
#   Hate, insults, sexual content, violence and misconduct come in with questions and go out with answers. A kind without a
#   filter that blocks it in both directions reaches users, or comes back to them, under the name of whoever runs the model.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-content-filters.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     give the `content_policy_config` of the `aws_bedrock_guardrail` a `filters_config` for each of `HATE`, `INSULTS`,
#     `SEXUAL`, `VIOLENCE` and `MISCONDUCT`, with an `input_strength` and an `output_strength` other than `"NONE"`
#   resource_types: [aws_bedrock_guardrail]
#   frameworks:
#     nist_800_53: [SI-15]
#     mitre_atlas: [AML.T0048.003]
#   aliases: [BR-012]
package plangate.policies.guardrails.uncovered_harm

import data.plangate.lib.finding
import data.plangate.lib.guardrail_filters
import data.plangate.lib.plan

deny contains finding.new(_policy, r, [_content]) if {
	some r in plan.resources.aws_bedrock_guardrail
	not _all_may_be_covered(r)
}

undecided contains finding.undecided(_policy, r, [_content]) if {
	some r in plan.resources.aws_bedrock_guardrail
	_all_may_be_covered(r)
	not _all_are_covered(r)
}

_all_are_covered(r) if {
	every way in _ways {
		_covers(r, way)
	}
}

_all_may_be_covered(r) if guardrail_filters.open(r, _content, "filters_config")

_all_may_be_covered(r) if {
	every way in _ways {
		_may_cover(r, way)
	}
}

_covers(r, way) if {
	some filter in guardrail_filters.filters(r, _content, "filters_config")
	filter.value.type == way.kind
	filter.value[way.strength] in _strengths
	guardrail_filters.effect(r, filter, way.direction) == "acts"
}

_may_cover(r, way) if {
	some filter in guardrail_filters.filters(r, _content, "filters_config")
	guardrail_filters.may_be(r, filter, "type", way.kind)
	some strength in _strengths
	guardrail_filters.may_be(r, filter, way.strength, strength)
	guardrail_filters.effect(r, filter, way.direction) != "nothing"
}

_ways := [{"kind": kind, "direction": direction, "strength": concat("", [direction, "_strength"])} |
	some kind in ["HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT"]
	some direction in ["input", "output"]
]

_strengths := {"LOW", "MEDIUM", "HIGH"}

_content := "content_policy_config"

_policy := finding.policy(rego.metadata.chain())
