# METADATA
# title: log of model invocations leaves a kind of data out
# description: >-
#   Instructions hide in pictures as well as in text, and embeddings are how documents get into a search. A log without
#   images, embeddings or videos shows that there was an invocation and not what it was about.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_LoggingConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_model_invocation_logging_configuration
# custom:
#   severity: low
#   remediation: >-
#     leave `image_data_delivery_enabled`, `embedding_data_delivery_enabled` and `video_data_delivery_enabled` of the
#     `logging_config` at `true`
#   resource_types: [aws_bedrock_model_invocation_logging_configuration]
#   frameworks:
#     nist_800_53: [AU-3, AU-12]
#     mitre_atlas: [AML.T0051]
#     owasp_llm: ["LLM01:2025"]
#     iso_42001: [A.6.2.8]
#   aliases: [BR-001]
package plangate.policies.foundation_models.unlogged_modality

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, r, path) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some path in _flags(r)
	plan.known(r, path) == false
}

undecided contains finding.undecided(_policy, r, path) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some path in _flags(r)
	plan.unknown(r, path)
}

_flags(r) := [array.concat(block.path, [concat("", [kind, "_data_delivery_enabled"])]) |
	some block in plan.blocks(r, ["logging_config"])
	some kind in ["image", "embedding", "video"]
]

_policy := finding.policy(rego.metadata.chain())
