# METADATA
# title: MLflow registers models without a review
# description: >-
#   With automatic registration every model that anybody logs to the tracking server becomes a version in the SageMaker
#   Model Registry, from where pipelines deploy. Whoever may log a run then may put a model into production's way.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-track-experiments-model-registration.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_mlflow_tracking_server
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: remove `automatic_model_registration` from the `aws_sagemaker_mlflow_tracking_server`, or set it to `false`
#   resource_types: [aws_sagemaker_mlflow_tracking_server]
#   frameworks:
#     nist_800_53: [CM-3]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-038]
package plangate.policies.mlops.mlflow_auto_registration

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, server, _path) if {
	some server in plan.resources.aws_sagemaker_mlflow_tracking_server
	plan.known(server, _path) == true
}

undecided contains finding.undecided(_policy, server, _path) if {
	some server in plan.resources.aws_sagemaker_mlflow_tracking_server
	plan.unknown(server, _path)
}

_path := ["automatic_model_registration"]

_policy := finding.policy(rego.metadata.chain())
