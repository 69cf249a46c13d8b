# METADATA
# title: model is customized with data outside the approved buckets
# description: >-
#   Whoever can write the training data writes the model: a few poisoned lines are enough, and nobody sees them in the
#   weights. What the job writes, metrics and samples, tells of the data again.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateModelCustomizationJob.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_custom_model
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     point each `s3_uri` of `training_data_config`, `validation_data_config` and `output_data_config` at an approved
#     bucket, `"s3://${aws_s3_bucket.<name>.bucket}/…"`, or have the bucket approved
#   resource_types: [aws_bedrock_custom_model]
#   frameworks:
#     nist_800_53: [SI-7, AC-3]
#     mitre_atlas: [AML.T0020]
#     owasp_llm: ["LLM04:2025"]
#   aliases: [BR-018]
#   parameters:
#     approved_buckets:
#       type: array
#       description: Names of the buckets that data for customization may come from and go to; entries are globs.
package plangate.policies.foundation_models.foreign_customization_data

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3.location

deny contains finding.new(_policy, model, path) if {
	buckets := config.parameter(_policy, "approved_buckets")
	some model in plan.resources.aws_bedrock_custom_model
	some block in _data(model)
	path := array.concat(block.path, ["s3_uri"])
	location.foreign(model, path, buckets)
}

undecided contains finding.undecided(_policy, model, path) if {
	buckets := config.parameter(_policy, "approved_buckets")
	some model in plan.resources.aws_bedrock_custom_model
	some block in _data(model)
	path := array.concat(block.path, ["s3_uri"])
	location.open(model, path, buckets)
}

# The blocks are written by a dynamic one over a collection that only the apply knows.
undecided contains finding.undecided(_policy, model, path) if {
	config.parameter(_policy, "approved_buckets")
	some model in plan.resources.aws_bedrock_custom_model
	some path in _paths(model)
	plan.computed(model, path)
}

_data(model) := [block |
	some path in _paths(model)
	some block in plan.blocks(model, path)
]

_paths(model) := array.concat(
	[["training_data_config"], ["validation_data_config"], ["output_data_config"]],
	[array.concat(block.path, ["validator"]) | some block in plan.blocks(model, ["validation_data_config"])],
)

_policy := finding.policy(rego.metadata.chain())
