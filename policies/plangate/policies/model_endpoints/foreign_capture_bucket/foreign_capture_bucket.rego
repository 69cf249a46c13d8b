# METADATA
# title: captured inference data goes to a bucket that is not approved
# description: >-
#   Captured requests and responses hold what users said to the model. In a bucket that nobody reviewed, or that belongs
#   to somebody else, they leave the controls that were agreed for them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     point `destination_s3_uri` in the `data_capture_config` block to an approved bucket, as in
#     `"s3://${aws_s3_bucket.<name>.bucket}/<prefix>"`, or add the bucket to `approved_capture_buckets`
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [AC-4, AC-3]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-004]
#   parameters:
#     approved_capture_buckets:
#       type: array
#       description: Names of the buckets that may hold captured inference data; entries are globs.
package plangate.policies.model_endpoints.foreign_capture_bucket

import data.plangate.lib.capture
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3.location

deny contains finding.new(_policy, endpoint, path) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.certain(endpoint, "destination_s3_uri")
	location.foreign(endpoint, path, _approved)
}

undecided contains finding.undecided(_policy, endpoint, path) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.certain(endpoint, "destination_s3_uri")
	location.open(endpoint, path, _approved)
}

undecided contains finding.undecided(_policy, endpoint, path) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.uncertain(endpoint, "destination_s3_uri")
	_may_be_foreign(endpoint, path)
}

undecided contains finding.undecided(_policy, endpoint, ["data_capture_config"]) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint_configuration
	capture.unseen(endpoint)
	is_array(_approved)
}

_may_be_foreign(endpoint, path) if location.foreign(endpoint, path, _approved)

_may_be_foreign(endpoint, path) if location.open(endpoint, path, _approved)

_approved := config.parameter(_policy, "approved_capture_buckets")

_policy := finding.policy(rego.metadata.chain())
