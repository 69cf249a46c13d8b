# METADATA
# title: guardrail does not block prompt attacks at high strength
# description: >-
#   Jailbreaks and injected instructions are what an assistant meets first. Below `HIGH` the filter lets those pass that it
#   is less sure of, and one that is turned off on the input, or only reports, lets all of them pass.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-prompt-attack.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `filters_config { type = "PROMPT_ATTACK", input_strength = "HIGH", output_strength = "NONE" }`, one argument a
#     line, to the `content_policy_config` of the `aws_bedrock_guardrail`
#   resource_types: [aws_bedrock_guardrail]
#   frameworks:
#     nist_800_53: [SI-10]
#     mitre_atlas: [AML.T0051, AML.T0054]
#     owasp_llm: ["LLM01:2025"]
#   aliases: [BR-011]
package plangate.policies.guardrails.weak_prompt_attack_filter

import data.plangate.lib.finding
import data.plangate.lib.guardrail_filters
import data.plangate.lib.plan

deny contains finding.new(_policy, r, [_content]) if {
	some r in plan.resources.aws_bedrock_guardrail
	not _may_block(r)
}

undecided contains finding.undecided(_policy, r, [_content]) if {
	some r in plan.resources.aws_bedrock_guardrail
	_may_block(r)
	not _blocks(r)
}

_blocks(r) if {
	some filter in guardrail_filters.filters(r, _content, "filters_config")
	filter.value.type == "PROMPT_ATTACK"
	filter.value.input_strength == "HIGH"
	guardrail_filters.effect(r, filter, "input") == "acts"
}

_may_block(r) if guardrail_filters.open(r, _content, "filters_config")

_may_block(r) if {
	some filter in guardrail_filters.filters(r, _content, "filters_config")
	guardrail_filters.may_be(r, filter, "type", "PROMPT_ATTACK")
	guardrail_filters.may_be(r, filter, "input_strength", "HIGH")
	guardrail_filters.effect(r, filter, "input") != "nothing"
}

_content := "content_policy_config"

_policy := finding.policy(rego.metadata.chain())
