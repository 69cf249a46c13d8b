# METADATA
# title: guardrail neither blocks nor masks personal data
# description: >-
#   Models repeat what they were shown: in their context, in their training, by other users of a conversation. A guardrail
#   that blocks or masks personal data is what stands between that and the log, the screen and the next prompt.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add a `sensitive_information_policy_config` to the `aws_bedrock_guardrail`, with a `pii_entities_config` of
#     `action = "BLOCK"` or `"ANONYMIZE"` for each type of personal data that users may bring
#   resource_types: [aws_bedrock_guardrail]
#   frameworks:
#     nist_800_53: [PT-2, AC-4]
#     mitre_atlas: [AML.T0057]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [BR-013]
package plangate.policies.guardrails.unprotected_pii

import data.plangate.lib.finding
import data.plangate.lib.guardrail_filters
import data.plangate.lib.plan

deny contains finding.new(_policy, r, [_sensitive]) if {
	some r in plan.resources.aws_bedrock_guardrail
	not _may_protect(r)
}

undecided contains finding.undecided(_policy, r, [_sensitive]) if {
	some r in plan.resources.aws_bedrock_guardrail
	_may_protect(r)
	not "acts" in _effects(r)
}

_may_protect(r) if {
	some name in _filters
	guardrail_filters.open(r, _sensitive, name)
}

_may_protect(r) if {
	some effect in _effects(r)
	effect != "nothing"
}

_effects(r) := {guardrail_filters.effect(r, filter, direction) |
	some name in _filters
	some filter in guardrail_filters.filters(r, _sensitive, name)
	some direction in ["input", "output"]
}

_filters := ["pii_entities_config", "regexes_config"]

_sensitive := "sensitive_information_policy_config"

_policy := finding.policy(rego.metadata.chain())
