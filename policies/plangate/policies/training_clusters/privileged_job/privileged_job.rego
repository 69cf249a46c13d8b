# METADATA
# title: training job runs privileged or as root
# description: >-
#   A privileged container is root on its host: it reads the credentials of the instance and the data of every other job
#   there. Training code comes with a hundred packages from the internet, any of which may try.
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
#   - ref: https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerSecurityContext.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_job_definition
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     leave `privileged` out and name a user that is not root: `user = "1000"` in the container of an
#     `aws_batch_job_definition`, `run_as_user = 1000` in the `security_context` of a pod
#   resource_types: [aws_batch_job_definition]
#   frameworks:
#     nist_800_53: [AC-6]
#     mitre_atlas: [AML.T0105]
#   aliases: [CP-011, CKV_AWS_210]
package plangate.policies.training_clusters.privileged_job

import data.plangate.lib.batch
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, job, array.concat(container.path, [name])) if {
	some job in plan.resources.aws_batch_job_definition
	some container in batch.containers(job)
	some name in ["privileged", "user"]
	_as_root(name, container.value[name])
}

deny contains finding.new(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some path in _of_pods(job)
	_as_root(path[count(path) - 1], plan.known(job, path))
}

undecided contains finding.undecided(_policy, job, [name]) if {
	some job in plan.resources.aws_batch_job_definition
	some name in batch.documents
	plan.unknown(job, [name])
}

undecided contains finding.undecided(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some path in _of_pods(job)
	plan.unknown(job, path)
}

# Containers are written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, job, path) if {
	some job in plan.resources.aws_batch_job_definition
	some name in ["containers", "init_containers"]
	path := ["eks_properties", 0, "pod_properties", 0, name]
	plan.computed(job, path)
}

_of_pods(job) := {array.concat(path, ["security_context", 0, name]) |
	some path in batch.pod_containers(job)
	some name in ["privileged", "run_as_user"]
}

_as_root("privileged", true)

_as_root("run_as_user", 0)

# Docker takes a user and a group.
_as_root("user", user) if split(user, ":")[0] in {"root", "0"}

_policy := finding.policy(rego.metadata.chain())
