# METADATA
# title: module call holds a credential
# description: >-
#   A literal in the arguments of a module stands in the code and in the plan, whatever the module does with it.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data
# custom:
#   severity: critical
#   remediation: pass the module a secret's name or ARN, `aws_secretsmanager_secret.<name>.arn`, instead of its value, and replace the credential
#   resource_types: [module]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-001]
package plangate.policies.secrets.module_input

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.plan.modules

# At the call, however many instances it makes.
deny contains finding.new(_policy, {"address": path}, array.concat([name], inner)) if {
	some path, call in _calls
	some name, expression in call.expressions
	some inner in credentials.paths(name, expression.constant_value)
}

_calls[m.path] := m.call if {
	some m in modules.instances
	is_object(m.call)
}

_policy := finding.policy(rego.metadata.chain())
