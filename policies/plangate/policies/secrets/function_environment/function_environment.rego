# METADATA
# title: function environment carries a credential
# description: >-
#   `GetFunctionConfiguration` returns the environment in clear to everyone who may call it, and every published version
#   keeps its own copy.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
# custom:
#   severity: critical
#   remediation: >-
#     pass the ARN of the secret (`API_KEY_SECRET_ARN = aws_secretsmanager_secret.<name>.arn`), read it in the function
#     with its role, and replace the credential
#   resource_types: [aws_lambda_function]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-001, CKV_AWS_45]
package plangate.policies.secrets.function_environment

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, function, path) if {
	some function in plan.resources.aws_lambda_function
	some block in plan.blocks(function, ["environment"])
	some path in environment.in_map(function, array.concat(block.path, ["variables"]))
}

undecided contains finding.undecided(_policy, function, path) if {
	some function in plan.resources.aws_lambda_function
	some block in plan.blocks(function, ["environment"])
	path := array.concat(block.path, ["variables"])
	environment.open_map(function, path)
}

undecided contains finding.undecided(_policy, function, ["environment"]) if {
	some function in plan.resources.aws_lambda_function
	plan.computed(function, ["environment"])
}

_policy := finding.policy(rego.metadata.chain())
