# METADATA
# title: guardrail is evaluated outside the allowed geographies
# description: >-
#   A guardrail profile lets Bedrock evaluate prompts and answers in any region of its geography. What users say then leaves
#   the region that was agreed with them, and with the wrong profile the continent.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region-support.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `guardrail_profile_identifier` to the profile of an allowed geography, such as `"eu.guardrail.v1:0"`, or leave
#     `cross_region_config` out
#   resource_types: [aws_bedrock_guardrail]
#   frameworks:
#     nist_800_53: [AC-20, SA-9(5)]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [BR-015]
#   parameters:
#     allowed_geographies:
#       type: array
#       description: Geographies as profiles begin with them, such as `eu`, `us` or `apac`; entries are globs.
package plangate.policies.guardrails.foreign_geography

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, guardrail, path) if {
	geographies := config.parameter(_policy, "allowed_geographies")
	some guardrail in plan.resources.aws_bedrock_guardrail
	some path in _profiles(guardrail)
	profile := plan.known(guardrail, path)
	not approved.fits(_geography(profile), [lower(entry) | some entry in geographies])
}

undecided contains finding.undecided(_policy, guardrail, path) if {
	config.parameter(_policy, "allowed_geographies")
	some guardrail in plan.resources.aws_bedrock_guardrail
	some path in _profiles(guardrail)
	plan.unknown(guardrail, path)
}

undecided contains finding.undecided(_policy, guardrail, _block) if {
	config.parameter(_policy, "allowed_geographies")
	some guardrail in plan.resources.aws_bedrock_guardrail
	plan.computed(guardrail, _block)
}

_profiles(guardrail) := [array.concat(block.path, ["guardrail_profile_identifier"]) |
	some block in plan.blocks(guardrail, _block)
]

# A profile is `<geography>.guardrail.v1:0`, or an ARN that ends in it after the last slash.
_geography(profile) := lower(split(segments[count(segments) - 1], ".")[0]) if {
	segments := split(profile, "/")
}

_block := ["cross_region_config"]

_policy := finding.policy(rego.metadata.chain())
