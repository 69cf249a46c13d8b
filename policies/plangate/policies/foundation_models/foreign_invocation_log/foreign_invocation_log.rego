# METADATA
# title: log of model invocations goes to a place of somebody else
# description: >-
#   The log holds every prompt and every answer in full. In a bucket or log group that is neither managed here nor approved,
#   whoever owns it reads all of them, and decides how long they last.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_model_invocation_logging_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `bucket_name = aws_s3_bucket.<name>.id` and `log_group_name = aws_cloudwatch_log_group.<name>.name`, or have the
#     bucket or log group approved
#   resource_types: [aws_bedrock_model_invocation_logging_configuration]
#   frameworks:
#     nist_800_53: [AU-9, SC-28]
#     mitre_atlas: [AML.T0085]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [BR-002]
#   parameters:
#     approved_destinations:
#       type: array
#       description: >-
#         Names of buckets and log groups outside the plan that the log may go to; entries are globs. An empty list approves
#         what the plan itself manages.
package plangate.policies.foundation_models.foreign_invocation_log

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, r, place.path) if {
	destinations := config.parameter(_policy, "approved_destinations")
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some place in _places(r)
	approved.foreign(r, place.path, destinations)
	not plan.known(r, place.path) in _managed[place.type]
}

undecided contains finding.undecided(_policy, r, place.path) if {
	config.parameter(_policy, "approved_destinations")
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some place in _places(r)
	plan.unknown(r, place.path)
	not plan.settled(r, place.path, {place.type})
}

# The destination is written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, r, path) if {
	config.parameter(_policy, "approved_destinations")
	some r in plan.resources.aws_bedrock_model_invocation_logging_configuration
	some path in _paths(r)
	plan.computed(r, path)
}

_places(r) := array.concat(
	[{"type": "aws_cloudwatch_log_group", "path": array.concat(block.path, ["log_group_name"])} |
		some block in _inside(r, _logging(r), "cloudwatch_config")
	],
	[{"type": "aws_s3_bucket", "path": array.concat(block.path, ["bucket_name"])} |
		some block in array.concat(
			_inside(r, _logging(r), "s3_config"),
			_inside(r, _inside(r, _logging(r), "cloudwatch_config"), "large_data_delivery_s3_config"),
		)
	],
)

_paths(r) := ({["logging_config"]} | {array.concat(block.path, [name]) |
	some block in _logging(r)
	some name in ["s3_config", "cloudwatch_config"]
}) | {array.concat(block.path, ["large_data_delivery_s3_config"]) |
	some block in _inside(r, _logging(r), "cloudwatch_config")
}

_logging(r) := plan.blocks(r, ["logging_config"])

_inside(r, blocks, name) := [inner |
	some block in blocks
	some inner in plan.blocks(r, array.concat(block.path, [name]))
]

# The names of what this plan manages.
_managed := {
	"aws_s3_bucket": {name |
		some bucket in plan.resources.aws_s3_bucket
		name := plan.known(bucket, ["bucket"])
	},
	"aws_cloudwatch_log_group": {name |
		some group in plan.resources.aws_cloudwatch_log_group
		name := plan.known(group, ["name"])
	},
}

_policy := finding.policy(rego.metadata.chain())
