# METADATA
# title: agent runs on a model that is not approved
# description: >-
#   Which model an agent runs on decides whose licence holds, what it was tested for and where requests are sent. A model
#   that nobody reviewed brings its own weaknesses to everything the agent may do.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_agent
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `foundation_model` to a model of `allowed_models`, or have the model reviewed and add its id there
#   resource_types: [aws_bedrockagent_agent]
#   frameworks:
#     nist_800_53: [SR-3, CM-7]
#     owasp_llm: ["LLM03:2025"]
#     nist_ai_rmf: ["MANAGE 3.1"]
#     iso_42001: [A.10.3]
#   aliases: [BR-025]
#   parameters:
#     allowed_models:
#       type: array
#       description: >-
#         Ids of models that agents may run on, as `anthropic.claude-sonnet-4-5-20250929-v1:0`; entries are globs. An id
#         allows the model also by its ARN and through the inference profiles of all geographies; a whole ARN or the id of
#         an inference profile allows that alone.
package plangate.policies.agents.foreign_model

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

deny contains finding.new(_policy, agent, _model) if {
	_entries
	some agent in plan.resources.aws_bedrockagent_agent
	_foreign(agent)
}

undecided contains finding.undecided(_policy, agent, _model) if {
	_entries
	some agent in plan.resources.aws_bedrockagent_agent
	plan.unknown(agent, _model)
	not _foreign(agent)
	not _allowed(agent)
}

_foreign(agent) if {
	models := _models(agent)
	count(models) > 0
	every model in models {
		model != null
		not _fits(model)
	}
}

_allowed(agent) if {
	models := _models(agent)
	count(models) > 0
	every model in models {
		_fits(model)
	}
}

# An inference profile of this plan stands for the model that it copies from.
_models(agent) := {model} if {
	model := plan.known(agent, _model)
} else := {object.get(profile.change.after, ["model_source", 0, "copy_from"], null) |
	some profile in configuration.instances(agent, _model, _profile)
} if {
	plan.settled(agent, _model, {_profile})
}

_fits(model) if approved.fits(model, _entries)

_fits(model) if approved.fits(_id(model), _entries)

_fits(model) if {
	id := _id(model)
	geography := split(id, ".")[0]
	geography in _geographies
	approved.fits(trim_prefix(id, concat("", [geography, "."])), _entries)
}

# What an ARN of a foundation model, or of an inference profile of AWS, names.
_id(model) := id if {
	some kind in [":foundation-model/", ":inference-profile/"]
	[_, id] := split(model, kind)
} else := model

_geographies := {"us", "us-gov", "eu", "apac", "jp", "au", "ca", "global"}

_profile := "aws_bedrock_inference_profile"

_entries := config.parameter(_policy, "allowed_models")

_model := ["foundation_model"]

_policy := finding.policy(rego.metadata.chain())
