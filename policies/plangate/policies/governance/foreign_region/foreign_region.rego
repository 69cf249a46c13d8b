# METADATA
# title: AI resource lies in a region that is not allowed
# description: >-
#   Prompts, training data and what a model answers are processed and stored where the resource lies. A region decides which
#   law holds for them, and a contract or a regulator may name the ones that are allowed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/general/latest/gr/rande.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
# custom:
#   severity: medium
#   remediation: >-
#     set `region` of the resource (AWS provider 6), or `provider` to one whose `region` is allowed, to one of the allowed
#     regions
#   resource_types: ["*"]
#   frameworks:
#     nist_800_53: [SA-9(5)]
#     iso_42001: [A.4.5]
#   aliases: [PL-010]
#   parameters:
#     allowed_regions:
#       type: array
#       description: Regions, or globs over them, in which AI resources may lie, such as `eu-*`.
package plangate.policies.governance.foreign_region

import data.plangate.lib.ai
import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.providers

deny contains finding.new(_policy, r, path) if {
	allowed := config.parameter(_policy, "allowed_regions")
	some r in ai.resources
	some path in _told(r)
	approved.foreign(r, path, allowed)
}

# Before version 6 of the AWS provider the region stands in the provider block alone.
deny contains finding.new(_policy, r, []) if {
	allowed := config.parameter(_policy, "allowed_regions")
	some r in ai.resources
	_by_provider(r)
	not approved.fits(_of_provider(r), allowed)
	_of_provider(r)
}

undecided contains finding.undecided(_policy, r, path) if {
	config.parameter(_policy, "allowed_regions")
	some r in ai.resources
	some path in _attributes
	plan.unknown(r, path)
}

# Where no block names the region, the environment of Terraform does.
undecided contains finding.undecided(_policy, r, []) if {
	config.parameter(_policy, "allowed_regions")
	some r in ai.resources
	_by_provider(r)
	not _of_provider(r)
}

_told(r) := {path | some path in _attributes; plan.known(r, path)}

_by_provider(r) if {
	startswith(r.type, "aws")
	count(_told(r)) == 0
	every path in _attributes {
		not plan.unknown(r, path)
	}
}

# What is put together around a variable cannot be seen, but is no region then.
_of_provider(r) := region if {
	region := providers.value(providers.arguments(r).region)
	regex.match(`^[a-z]{2,3}(-[a-z]+)+-[0-9]+$`, region)
}

_attributes := {["region"], ["location"]}

_policy := finding.policy(rego.metadata.chain())
