# METADATA
# title: model artefact comes from a place that is not approved
# description: >-
#   An artefact is code: unpickling it, or the scripts in it, run with the role of the model. From a bucket or a web host
#   that somebody else writes to, they decide what runs, today or after the review.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     copy the artefact to an approved bucket and set `model_data_url = "s3://${aws_s3_bucket.<name>.bucket}/<key>"`, or
#     add its bucket to `approved_model_buckets`
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [SI-7, SR-3]
#     mitre_atlas: [AML.T0010.003, AML.T0058]
#     owasp_llm: ["LLM03:2025", "LLM04:2025"]
#   aliases: [SM-014]
#   parameters:
#     approved_model_buckets:
#       type: array
#       description: Names of the buckets that model artefacts may come from; entries are globs.
package plangate.policies.model_endpoints.foreign_model_artefact

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.model_sources
import data.plangate.lib.plan
import data.plangate.lib.s3.location

deny contains finding.new(_policy, model, path) if {
	some model in plan.resources.aws_sagemaker_model
	some path in _locations(model)
	location.foreign(model, path, _approved)
}

undecided contains finding.undecided(_policy, model, path) if {
	some model in plan.resources.aws_sagemaker_model
	some path in _locations(model)
	location.open(model, path, _approved)
}

undecided contains finding.undecided(_policy, model, path) if {
	is_array(_approved)
	some model in plan.resources.aws_sagemaker_model
	some path in model_sources.unseen(model)
}

_locations(model) := {array.concat(container, ["model_data_url"]) | some container in model_sources.containers(model)} | {array.concat(source, ["s3_uri"]) |
	some source in model_sources.objects(model)
}

_approved := config.parameter(_policy, "approved_model_buckets")

_policy := finding.policy(rego.metadata.chain())
