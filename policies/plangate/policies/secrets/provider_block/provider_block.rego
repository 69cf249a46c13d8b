# METADATA
# title: provider block holds a credential
# description: >-
#   A credential in a provider block can usually do everything that Terraform can. It stands in the code, in the plan and
#   in every copy of both.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
#   - ref: https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials
# custom:
#   severity: critical
#   remediation: >-
#     leave the credential out of the block and let the provider find it: `assume_role_with_web_identity`, a profile, or the
#     environment of the runner; then replace the credential
#   resource_types: [provider]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-001, CKV_AWS_41]
package plangate.policies.secrets.provider_block

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.plan

# An argument of the block, or of a block inside it.
deny contains finding.new(_policy, {"address": concat(".", ["provider", key])}, path) if {
	some key, provider in plan.document.configuration.provider_config
	walk(provider.expressions, [above, expression])
	some inner in credentials.paths(_name(above), expression.constant_value)
	path := array.concat(above, inner)
}

_name(path) := name if {
	names := [name | some name in path; is_string(name)]
	name := names[count(names) - 1]
} else := ""

_policy := finding.policy(rego.metadata.chain())
