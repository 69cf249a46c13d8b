# METADATA
# title: MLflow artefacts lie in a bucket that nobody approved
# description: >-
#   Whoever can write to the artefact store can replace a model between its training and its deployment, and whoever can
#   read it has every model. It belongs in a bucket of this plan or in one that the team has named.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-create-tracking-server.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_mlflow_tracking_server
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `artifact_store_uri = "s3://${aws_s3_bucket.<name>.id}/<prefix>"`, or name the bucket in `approved_artifact_buckets` of
#     this policy
#   resource_types: [aws_sagemaker_mlflow_tracking_server]
#   frameworks:
#     nist_800_53: [AC-3]
#     mitre_atlas: [AML.T0035]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-038]
#   parameters:
#     approved_artifact_buckets:
#       type: array
#       description: >-
#         Names of buckets, as globs, that may hold artefacts beside the buckets of the plan. The default takes any bucket
#         that is known by name.
#       default: ["*"]
package plangate.policies.mlops.mlflow_artifact_store

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration
import data.plangate.lib.s3.location

deny contains finding.new(_policy, server, _uri) if {
	some server in plan.resources.aws_sagemaker_mlflow_tracking_server
	location.foreign(server, _uri, config.parameter(_policy, "approved_artifact_buckets"))
	not _of_this_plan(server)
}

undecided contains finding.undecided(_policy, server, _uri) if {
	some server in plan.resources.aws_sagemaker_mlflow_tracking_server
	location.open(server, _uri, config.parameter(_policy, "approved_artifact_buckets"))
	not _of_this_plan(server)
}

_of_this_plan(server) if configuration.settles(server, _uri, {"aws_s3_bucket"})

_uri := ["artifact_store_uri"]

_policy := finding.policy(rego.metadata.chain())
