# METADATA
# title: production endpoint does not capture requests and responses
# description: >-
#   Without captured traffic nobody can see abuse, drift or extraction of a model, nor say afterwards what it was asked
#   and what it answered.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: medium
#   environments: [prod]
#   remediation: >-
#     add a `data_capture_config` block with `enable_capture = true`, a positive `initial_sampling_percentage` and
#     `capture_options` for `Input` and `Output`
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [AU-2, AU-12, SI-4]
#     mitre_atlas: [AML.T0024]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [SM-002]
package plangate.policies.model_endpoints.data_capture

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in _faults(config)
}

undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	count(_faults(config)) == 0
	some path in _doubts(config)
}

_faults(config) := {["data_capture_config"]} if {
	count(_captures(config)) == 0
	not plan.computed(config, ["data_capture_config"])
} else := {path |
	some capture in _captures(config)
	some path in _capture_faults(config, capture.path)
}

_capture_faults(config, at) := ({path |
	path := array.concat(at, ["enable_capture"])
	not plan.known(config, path)
	not plan.unknown(config, path)
} | {path |
	path := array.concat(at, ["initial_sampling_percentage"])
	plan.known(config, path) == 0
}) | {path |
	path := array.concat(at, ["capture_options"])
	modes := _modes(config, path)
	some mode in {"Input", "Output"}
	not mode in modes.known
	not modes.open
}

_doubts(config) := {["data_capture_config"]} if {
	plan.computed(config, ["data_capture_config"])
} else := {path |
	some capture in _captures(config)
	some path in ({array.concat(capture.path, [name]) |
		some name in ["enable_capture", "initial_sampling_percentage"]
	} | {option_path |
		option_path := array.concat(capture.path, ["capture_options"])
		modes := _modes(config, option_path)
		count({"Input", "Output"} - modes.known) > 0
		modes.open
	})
	_unclear(config, path)
}

_unclear(config, path) if plan.unknown(config, path)

_unclear(_, path) if path[count(path) - 1] == "capture_options"

_modes(config, path) := {
	"known": {mode |
		some option in plan.blocks(config, path)
		some mode in object.get(_covers, plan.known(config, array.concat(option.path, ["capture_mode"])), set())
	},
	"open": _open(config, path),
}

_open(config, path) if {
	plan.computed(config, path)
} else if {
	some option in plan.blocks(config, path)
	plan.unknown(config, array.concat(option.path, ["capture_mode"]))
} else := false

_covers := {"Input": {"Input"}, "Output": {"Output"}, "InputAndOutput": {"Input", "Output"}}

_captures(config) := plan.blocks(config, ["data_capture_config"])

_policy := finding.policy(rego.metadata.chain())
