# METADATA
# title: Containers of Batch jobs
# description: >-
#   A job definition holds its containers in one of four places: JSON for one container, for the nodes of a job or for
#   tasks of ECS, and blocks for pods of EKS. This package finds them in each.
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
package plangate.lib.batch

import data.plangate.lib.environment
import data.plangate.lib.plan

# METADATA
# description: The attributes that hold containers as JSON, each of which is unknown as a whole when one part of it is.
documents := ["container_properties", "node_properties", "ecs_properties"]

# METADATA
# description: The containers in the JSON of a job definition, each as `{"path", "value"}`.
containers(job) := array.concat(array.concat(_single(job), _on_nodes(job)), array.concat(_in_tasks(job), _in_tasks_on_nodes(job)))

# METADATA
# description: The paths of the container blocks in the pods of a job definition.
pod_containers(job) := [container.path |
	some properties in plan.blocks(job, ["eks_properties"])
	some pod in plan.blocks(job, array.concat(properties.path, ["pod_properties"]))
	some name in ["containers", "init_containers"]
	some container in plan.blocks(job, array.concat(pod.path, [name]))
]

_single(job) := [{"path": ["container_properties"], "value": container} |
	container := environment.json_at(job, ["container_properties"])
	is_object(container)
]

_on_nodes(job) := [{"path": ["node_properties", "nodeRangeProperties", i, "container"], "value": range.container} |
	some i, range in environment.json_at(job, ["node_properties"]).nodeRangeProperties
	is_object(range.container)
]

_in_tasks(job) := [{"path": ["ecs_properties", "taskProperties", i, "containers", j], "value": container} |
	some i, task in environment.json_at(job, ["ecs_properties"]).taskProperties
	some j, container in task.containers
	is_object(container)
]

_in_tasks_on_nodes(job) := [{"path": path, "value": container} |
	some i, range in environment.json_at(job, ["node_properties"]).nodeRangeProperties
	some j, task in range.ecsProperties.taskProperties
	some k, container in task.containers
	is_object(container)
	path := ["node_properties", "nodeRangeProperties", i, "ecsProperties", "taskProperties", j, "containers", k]
]
