# METADATA
# title: task definition carries a credential
# description: >-
#   `DescribeTaskDefinition` returns environments and commands in clear, for every revision that was ever registered.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_task_definition
# custom:
#   severity: critical
#   remediation: >-
#     move the variable from `environment` to `secrets` (`{ name = "API_KEY", valueFrom = aws_secretsmanager_secret.<name>.arn }`)
#     and replace the credential
#   resource_types: [aws_ecs_task_definition]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-001, AWS-0036]
package plangate.policies.secrets.task_environment

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, task, path) if {
	some task in plan.resources.aws_ecs_task_definition
	some path in environment.in_containers([{"path": array.concat(_definitions, [i]), "value": container} |
		some i, container in environment.json_at(task, _definitions)
	])
}

# Part of it came from a sensitive variable or attribute, which marks the whole.
deny contains finding.new(_policy, task, _definitions) if {
	some task in plan.resources.aws_ecs_task_definition
	environment.marked(task, _definitions)
}

undecided contains finding.undecided(_policy, task, _definitions) if {
	some task in plan.resources.aws_ecs_task_definition
	plan.unknown(task, _definitions)
}

_definitions := ["container_definitions"]

_policy := finding.policy(rego.metadata.chain())
