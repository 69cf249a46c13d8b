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
#   aliases: [PL-001, CP-011]
package plangate.policies.secrets.job_environment

import data.plangate.lib.batch
import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some path in environment.in_containers(batch.containers(job))
}

# Part of it came from a sensitive variable or attribute, which marks the whole.
deny contains finding.new(_policy, job, [name]) if {
	some job in plan.resources.aws_batch_job_definition
	some name in batch.documents
	environment.marked(job, [name])
}

deny contains finding.new(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some place in _pod_environments(job)
	some path in environment.in_blocks(job, place)
}

deny contains finding.new(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some container in batch.pod_containers(job)
	some name in ["command", "args"]
	path := array.concat(container, [name])
	environment.started(plan.known(job, path))
}

undecided contains finding.undecided(_policy, job, [name]) if {
	some job in plan.resources.aws_batch_job_definition
	some name in batch.documents
	plan.unknown(job, [name])
}

undecided contains finding.undecided(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some place in _pod_environments(job)
	some path in environment.open_blocks(job, place)
}

_pod_environments(job) := [array.concat(path, ["env"]) | some path in batch.pod_containers(job)]

_policy := finding.policy(rego.metadata.chain())
