# METADATA
# title: value of a secret stands in the plan
# description: >-
#   A secret that Terraform writes is in the plan and in the state as well, in clear, and both are read by more people and
#   machines than the secret. Only a write-only argument that is fed from something ephemeral keeps it out.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
# custom:
#   severity: critical
#   remediation: >-
#     use `secret_string_wo` with an `ephemeral` variable or resource and `secret_string_wo_version`, or fill the secret outside
#     of Terraform, and replace the credential
#   resource_types: [aws_secretsmanager_secret_version]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SE-002, PL-001]
package plangate.policies.secrets.secret_value

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

deny contains finding.new(_policy, version, [name]) if {
	some version in plan.resources.aws_secretsmanager_secret_version
	some name in _stored
	_is_value(plan.known(version, [name]))
}

# Null in the plan, in clear in the configuration.
deny contains finding.new(_policy, version, _write_only) if {
	some version in plan.resources.aws_secretsmanager_secret_version
	some literal in configuration.literals(version, _write_only)
	_is_value(literal)
}

undecided contains finding.undecided(_policy, version, [name]) if {
	some version in plan.resources.aws_secretsmanager_secret_version
	some name in _stored
	plan.unknown(version, [name])
}

# A first value that somebody replaces outside of Terraform.
_is_value(value) if {
	is_string(value)
	not credentials.placeholder(trim_space(value))
	trim_space(value) != "{}"
}

_stored := ["secret_string", "secret_binary"]

_write_only := ["secret_string_wo"]

_policy := finding.policy(rego.metadata.chain())
