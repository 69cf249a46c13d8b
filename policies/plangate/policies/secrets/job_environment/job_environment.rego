# METADATA
# title: training job carries a credential
# description: >-
#   `DescribeJobDefinitions` and `DescribeJobs` return environments and commands in clear, and so does every log of the
#   job that prints its environment.
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
# custom:
#   severity: critical
#   remediation: >-
#     move the variable from `environment` to `secrets` (`{ name = "WANDB_API_KEY", valueFrom = aws_secretsmanager_secret.<name>.arn }`),
#     on EKS mount a secret, and replace the credential
#   resource_types: [aws_batch_job_definition]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#   aliases: [PL-001]
package plangate.policies.secrets.job_environment

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some path in environment.in_containers(_containers(job))
}

# Part of it came from a sensitive variable or attribute, which marks the whole.
deny contains finding.new(_policy, job, [name]) if {
	some job in plan.resources.aws_batch_job_definition
	some name in _documents
	environment.marked(job, [name])
}

deny contains finding.new(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some place in _pod_environments(job)
	some path in environment.in_blocks(job, place)
}

undecided contains finding.undecided(_policy, job, [name]) if {
	some job in plan.resources.aws_batch_job_definition
	some name in _documents
	plan.unknown(job, [name])
}

undecided contains finding.undecided(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some place in _pod_environments(job)
	some path in environment.open_blocks(job, place)
}

_documents := ["container_properties", "node_properties", "ecs_properties"]

_containers(job) := array.concat(array.concat(_single(job), _nodes(job)), _tasks(job))

_single(job) := [{"path": ["container_properties"], "value": container} |
	container := environment.json_at(job, ["container_properties"])
	is_object(container)
]

_nodes(job) := [{"path": ["node_properties", "nodeRangeProperties", i, "container"], "value": range.container} |
	some i, range in environment.json_at(job, ["node_properties"]).nodeRangeProperties
	is_object(range.container)
]

_tasks(job) := [{"path": ["ecs_properties", "taskProperties", i, "containers", j], "value": container} |
	some i, task in environment.json_at(job, ["ecs_properties"]).taskProperties
	some j, container in task.containers
	is_object(container)
]

_pod_environments(job) := [array.concat(container.path, ["env"]) |
	some properties in plan.blocks(job, ["eks_properties"])
	some pod in plan.blocks(job, array.concat(properties.path, ["pod_properties"]))
	some name in ["containers", "init_containers"]
	some container in plan.blocks(job, array.concat(pod.path, [name]))
]

_policy := finding.policy(rego.metadata.chain())
