# METADATA
# title: version of a provider has no upper bound
# description: >-
#   Without a bound the next `terraform init -upgrade` takes whatever is the newest then, a new major version with other
#   defaults included, and so does every run that has no lock file.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/expressions/version-constraints
#   - ref: https://developer.hashicorp.com/terraform/language/files/dependency-lock
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: 'add a bounded version to the provider in `required_providers` of the root module, such as `version = "~> 6.0"`'
#   resource_types: [provider]
#   frameworks:
#     nist_800_53: [SR-3, CM-2]
#     mitre_atlas: [AML.T0010.001]
#   aliases: [PL-007]
package plangate.policies.governance.unbounded_provider

import data.plangate.lib.finding
import data.plangate.lib.providers

deny contains finding.new(_policy, {"address": concat(".", ["provider", key])}, ["version"]) if {
	some key, provider in providers.blocks
	not providers.built_in(provider)
	not _bounded[providers.name(provider)]
}

# A configuration has one version of a provider, which all constraints hold for, wherever they stand. Modules that others
# call had better name the lowest version only.
_bounded contains providers.name(provider) if {
	some provider in providers.blocks
	some part in split(provider.version_constraint, ",")
	regex.match(`^(~>|<|=|v?[0-9])`, trim_space(part))
}

_policy := finding.policy(rego.metadata.chain())
