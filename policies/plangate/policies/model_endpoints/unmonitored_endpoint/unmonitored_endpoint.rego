# METADATA
# title: production endpoint has no monitoring schedule
# description: >-
#   Without a schedule of Model Monitor nobody compares what the endpoint sees and answers with its baseline, so drift,
#   broken features and poisoned input show only in what they do to people.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-scheduling.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_monitoring_schedule
# custom:
#   severity: low
#   environments: [prod]
#   remediation: >-
#     add an `aws_sagemaker_monitoring_schedule` whose job definition names
#     `endpoint_name = aws_sagemaker_endpoint.<name>.name` in its `endpoint_input` block
#   resource_types:
#     - aws_sagemaker_endpoint
#     - aws_sagemaker_monitoring_schedule
#     - aws_sagemaker_data_quality_job_definition
#   frameworks:
#     nist_800_53: [SI-4, CA-7]
#     mitre_atlas: [AML.T0031]
#     nist_ai_rmf: [MEASURE 2.4]
#     iso_42001: [A.6.2.6]
#   aliases: [SM-043]
package plangate.policies.model_endpoints.unmonitored_endpoint

import data.plangate.lib.finding
import data.plangate.lib.group
import data.plangate.lib.plan

deny contains finding.new(_policy, endpoint, []) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint
	not _monitored[endpoint.address]
	not _untraced
	not _may_be_named(endpoint)
}

undecided contains finding.undecided(_policy, endpoint, []) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint
	not _monitored[endpoint.address]
	_untraced
}

undecided contains finding.undecided(_policy, endpoint, []) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint
	not _monitored[endpoint.address]
	_may_be_named(endpoint)
}

# Its name is known only during apply, and some job reads an endpoint by a name that no other has.
_may_be_named(endpoint) if {
	plan.unknown(endpoint, ["name"])
	some input_ in _inputs
	name := plan.known(input_.of, input_.path)
	not _by_name.aws_sagemaker_endpoint[name]
}

_monitored := {address |
	some input_ in _inputs
	some address in _named(input_.of, input_.path, "aws_sagemaker_endpoint")
}

# A schedule of which nobody can tell what it runs, or on which endpoint, may watch any.
_untraced if {
	some schedule in plan.resources.aws_sagemaker_monitoring_schedule
	not plan.absent(schedule, _definition_name)
	count(_named(schedule, _definition_name, _definition)) == 0
}

_untraced if {
	some input_ in _inputs
	plan.unknown(input_.of, input_.path)
	count(_named(input_.of, input_.path, "aws_sagemaker_endpoint")) == 0
}

_untraced if {
	some job in _jobs
	plan.computed(job.of, job.path)
}

_untraced if {
	some job in _jobs
	some block in plan.blocks(job.of, job.path)
	plan.computed(job.of, array.concat(block.path, ["endpoint_input"]))
}

# Where jobs say which endpoint they read.
_inputs := [{"of": job.of, "path": array.concat(input_.path, ["endpoint_name"])} |
	some job in _jobs
	some block in plan.blocks(job.of, job.path)
	some input_ in plan.blocks(job.of, array.concat(block.path, ["endpoint_input"]))
]

# The jobs that schedules run: written in the schedule itself, or a job definition of this plan.
_jobs := array.concat(
	[{"of": schedule, "path": ["monitoring_schedule_config", 0, "monitoring_job_definition", 0, "monitoring_inputs"]} |
		some schedule in plan.resources.aws_sagemaker_monitoring_schedule
	],
	[{"of": definition, "path": ["data_quality_job_input"]} |
		some definition in plan.resources.aws_sagemaker_data_quality_job_definition
		_scheduled[definition.address]
	],
)

_scheduled := {address |
	some schedule in plan.resources.aws_sagemaker_monitoring_schedule
	some address in _named(schedule, _definition_name, _definition)
}

# A name tells one from another where a reference names all instances.
_named(r, path, type) := {address | some address in _by_name[type][plan.known(r, path)]} if {
	_by_name[type][plan.known(r, path)]
} else := plan.targets(r, path, type)

_by_name := {type: addresses |
	some type in {"aws_sagemaker_endpoint", _definition}
	addresses := group.by_key([[name, r.address] |
		some r in plan.resources[type]
		name := plan.known(r, ["name"])
	])
}

_definition := "aws_sagemaker_data_quality_job_definition"

_definition_name := ["monitoring_schedule_config", 0, "monitoring_job_definition_name"]

_policy := finding.policy(rego.metadata.chain())
