# METADATA
# title: variable holds a credential
# description: >-
#   The plan file keeps the value of every variable in clear, and without `sensitive = true` every log does as well. A
#   credential that is a default stands in the sources besides, marked or not.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data
#   - ref: https://developer.hashicorp.com/terraform/language/block/variable#ephemeral
# custom:
#   severity: critical
#   remediation: >-
#     pass the name or ARN of a secret instead of its value, or declare the variable `ephemeral = true` and use it in
#     write-only arguments and provider blocks only, and replace the credential
#   resource_types: [variable]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-001]
package plangate.policies.secrets.variable

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, {"address": concat(".", ["variable", name])}, path) if {
	some name, variable in plan.variables
	some value in _judged(variable)
	some path in credentials.paths(name, value)
}

# The default stands in the sources, whatever is given instead. A value from outside is judged unless the variable is
# marked sensitive: passing a credential that way is what the mark is for.
_judged(variable) := {object.get(variable, "default", null)} if {
	variable.sensitive
} else := {object.get(variable, part, null) | some part in ["value", "default"]}

_policy := finding.policy(rego.metadata.chain())
