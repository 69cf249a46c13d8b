# METADATA
# title: provider does not come from an approved source
# description: >-
#   A provider is a program that runs with the credentials of the pipeline and sees every secret of the state. Somebody
#   else's fork, or a namespace that looks like the right one, can do anything with both.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses
#   - ref: https://developer.hashicorp.com/terraform/internals/provider-registry-protocol
# custom:
#   severity: medium
#   remediation: >-
#     give the provider an approved `source` in `required_providers`, such as `source = "hashicorp/aws"`, and run
#     `terraform state replace-provider` where the state names another one
#   resource_types: [provider]
#   frameworks:
#     nist_800_53: [SR-3, CM-14]
#     mitre_atlas: [AML.T0010.001]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [PL-007]
#   parameters:
#     approved_providers:
#       type: array
#       description: >-
#         Full names of providers, or globs over them, that may be used, such as `registry.terraform.io/hashicorp/*`. Without
#         a host the public registry is meant.
package plangate.policies.governance.unapproved_provider

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.providers

deny contains finding.new(_policy, {"address": concat(".", ["provider", key])}, ["source"]) if {
	entries := config.parameter(_policy, "approved_providers")
	some key, provider in providers.blocks
	not providers.built_in(provider)
	not _approved(provider.full_name, entries)
	provider.full_name
}

# Terraform before 1.1 does not print which provider is meant.
undecided contains finding.undecided(_policy, {"address": concat(".", ["provider", key])}, ["source"]) if {
	config.parameter(_policy, "approved_providers")
	some key, provider in providers.blocks
	not provider.full_name
}

_approved(name, entries) if approved.fits(name, entries)

_approved(name, entries) if {
	startswith(name, "registry.terraform.io/")
	approved.fits(trim_prefix(name, "registry.terraform.io/"), entries)
}

_policy := finding.policy(rego.metadata.chain())
