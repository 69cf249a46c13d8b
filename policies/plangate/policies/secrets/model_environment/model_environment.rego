# METADATA
# title: model container environment carries a credential
# description: >-
#   `DescribeModel` returns the environment in clear to everyone who may call it, and the plan and the state keep it as
#   well. Whoever has the token reads the hub, the tracker or the database in the model's name.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeModel.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
# custom:
#   severity: critical
#   remediation: >-
#     pass the ARN of the secret (`HF_TOKEN_SECRET_ARN = aws_secretsmanager_secret.<name>.arn`), let the container read it
#     with its execution role, and replace the credential
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [IA-5(7), SC-28]
#     mitre_atlas: [AML.T0055, AML.T0083]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-016, PL-001]
package plangate.policies.secrets.model_environment

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, model, path) if {
	some model in plan.resources.aws_sagemaker_model
	some place in _places(model)
	some path in environment.in_map(model, place)
}

undecided contains finding.undecided(_policy, model, place) if {
	some model in plan.resources.aws_sagemaker_model
	some place in _places(model)
	environment.open_map(model, place)
}

# Containers that come from a dynamic block over something unknown.
undecided contains finding.undecided(_policy, model, [name]) if {
	some model in plan.resources.aws_sagemaker_model
	some name in _containers
	plan.computed(model, [name])
}

_containers := ["primary_container", "container"]

_places(model) := [array.concat(container.path, ["environment"]) |
	some name in _containers
	some container in plan.blocks(model, [name])
]

_policy := finding.policy(rego.metadata.chain())
