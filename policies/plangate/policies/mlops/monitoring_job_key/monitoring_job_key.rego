# METADATA
# title: model monitoring job keeps data without a customer managed key
# description: >-
#   A monitoring job reads what an endpoint was asked and answered, unpacks it on its volume, and writes statistics of it.
#   Only a customer managed key lets its owner decide who can read either, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringClusterConfig.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringOutputConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_data_quality_job_definition
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `kms_key_id = aws_kms_key.<name>.arn` in `data_quality_job_output_config` and
#     `volume_kms_key_id = aws_kms_key.<name>.arn` in `job_resources { cluster_config { ... } }`
#   resource_types: [aws_sagemaker_data_quality_job_definition]
#   frameworks:
#     nist_800_53: [SC-28]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-037, CKV_AWS_367, CKV_AWS_368]
package plangate.policies.mlops.monitoring_job_key

import data.plangate.lib.finding
import data.plangate.lib.instances
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, job, path) if {
	some job in plan.resources.aws_sagemaker_data_quality_job_definition
	some path in _keys(job)
	kms.missing(job, path)
	not _of_unknown_type(job, path)
}

undecided contains finding.undecided(_policy, job, path) if {
	some job in plan.resources.aws_sagemaker_data_quality_job_definition
	some path in _keys(job)
	kms.undecided(job, path)
}

undecided contains finding.undecided(_policy, job, path) if {
	some job in plan.resources.aws_sagemaker_data_quality_job_definition
	some path in _keys(job)
	kms.missing(job, path)
	_of_unknown_type(job, path)
}

# Instances with local storage take no volume, and AWS refuses a key for them.
_keys(job) := [_output] if {
	instances.local_storage(plan.known(job, _type))
} else := [_output, _volume]

_of_unknown_type(job, path) if {
	path == _volume
	plan.unknown(job, _type)
}

_output := ["data_quality_job_output_config", 0, "kms_key_id"]

_volume := ["job_resources", 0, "cluster_config", 0, "volume_kms_key_id"]

_type := ["job_resources", 0, "cluster_config", 0, "instance_type"]

_policy := finding.policy(rego.metadata.chain())
