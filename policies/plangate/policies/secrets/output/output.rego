# METADATA
# title: output holds a credential
# description: >-
#   Outputs are made to be handed on: to other states, to pipelines, to people. The plan and the state keep them in clear,
#   also when they are marked as sensitive.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/block/output#sensitive
# custom:
#   severity: critical
#   remediation: give out the secret's name or ARN, `aws_secretsmanager_secret.<name>.arn`, instead of its value, and replace the credential
#   resource_types: [output]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-001]
package plangate.policies.secrets.output

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, {"address": concat(".", ["output", name])}, path) if {
	some name, change in plan.document.output_changes
	some path in credentials.paths(name, change.after)
}

_policy := finding.policy(rego.metadata.chain())
