# METADATA
# title: model invocations are not logged
# description: >-
#   Bedrock writes down prompts and answers only where its logging is configured, with a place to write to and with the
#   delivery of text. Without them nobody can tell later what an attacker asked, or what a model gave away.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_model_invocation_logging_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     give the `logging_config` an `s3_config { bucket_name = aws_s3_bucket.<name>.id }` or a `cloudwatch_config`, and leave
#     `text_data_delivery_enabled` at `true`
#   resource_types: [aws_bedrock_model_invocation_logging_configuration]
#   frameworks:
#     nist_800_53: [AU-2, AU-12]
#     mitre_atlas: [AML.T0051, AML.T0034]
#     owasp_llm: ["LLM01:2025", "LLM10:2025"]
#     iso_42001: [A.6.2.8]
#   aliases: [BR-001]
package plangate.policies.foundation_models.unlogged_invocations

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, r, _logging) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	_none(r, _logging)
}

deny contains finding.new(_policy, r, block.path) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some block in plan.blocks(r, _logging)
	every path in _destinations(block) {
		_none(r, path)
	}
}

deny contains finding.new(_policy, r, path) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some block in plan.blocks(r, _logging)
	path := array.concat(block.path, ["text_data_delivery_enabled"])
	plan.known(r, path) == false
}

undecided contains finding.undecided(_policy, r, _logging) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	plan.computed(r, _logging)
}

# The destination is written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, r, path) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some block in plan.blocks(r, _logging)
	every destination in _destinations(block) {
		count(plan.blocks(r, destination)) == 0
	}
	some path in _destinations(block)
	plan.computed(r, path)
}

undecided contains finding.undecided(_policy, r, path) if {
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some block in plan.blocks(r, _logging)
	path := array.concat(block.path, ["text_data_delivery_enabled"])
	plan.unknown(r, path)
}

_destinations(block) := [array.concat(block.path, [name]) | some name in ["s3_config", "cloudwatch_config"]]

_none(r, path) if {
	count(plan.blocks(r, path)) == 0
	not plan.computed(r, path)
}

_logging := ["logging_config"]

_policy := finding.policy(rego.metadata.chain())
