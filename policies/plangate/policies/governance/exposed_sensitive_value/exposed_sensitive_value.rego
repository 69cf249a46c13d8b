# METADATA
# title: sensitive value reaches an attribute that is not made for it
# description: >-
#   Terraform hides a sensitive value in its own output only. In an environment, in user data, in a tag or a definition,
#   consoles, APIs, logs and everybody who may describe the resource show it.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data
#   - ref: https://developer.hashicorp.com/terraform/language/functions/nonsensitive
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     put the value into a secret (`aws_secretsmanager_secret_version`, a `SecureString` of `aws_ssm_parameter`) and hand on its
#     ARN, which the workload reads with a role of its own
#   resource_types: ["*"]
#   frameworks:
#     nist_800_53: [SC-28, IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-002]
package plangate.policies.governance.exposed_sensitive_value

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.sensitivity

deny contains finding.new(_policy, r, path) if {
	some type, resources in plan.resources
	some r in resources
	some path in sensitivity.marked(r)
	not sensitivity.meant(type, path)
}

# Where `nonsensitive` took the mark off, the value itself tells.
deny contains finding.new(_policy, r, [name]) if {
	some [r, name, variable] in sensitivity.unmarked
	sensitivity.shows(r, name, variable)
}

undecided contains finding.undecided(_policy, r, [name]) if {
	some [r, name, _] in sensitivity.unmarked
	plan.computed(r, [name])
}

_policy := finding.policy(rego.metadata.chain())
