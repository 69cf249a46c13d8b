package plangate.policies.model_endpoints.data_capture_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.data_capture as policy

test_deny_no_block if {
	every attributes in [{}, {"data_capture_config": null}, {"data_capture_config": []}] {
		_answers([fixture.known(_address, attributes)]) == _denied([["data_capture_config"]])
	}
}

test_deny_switched_off if {
	every value in [false, null, ""] {
		_answers([_capture({"enable_capture": value})]) == _denied([_at(["enable_capture"])])
	}
	_answers([_config(object.remove(_complete, ["enable_capture"]))]) == _denied([_at(["enable_capture"])])
}

test_deny_no_samples if {
	_answers([_capture({"initial_sampling_percentage": 0})]) == _denied([_at(["initial_sampling_percentage"])])
}

test_deny_one_side_only if {
	every options in [[], null, [{"capture_mode": "Input"}], [{"capture_mode": "Output"}], [{"capture_mode": "Other"}]] {
		_answers([_capture({"capture_options": options})]) == _denied([_at(["capture_options"])])
	}
}

test_deny_everything_wrong if {
	_answers([_config({"initial_sampling_percentage": 0})]) == _denied([
		_at(["capture_options"]),
		_at(["enable_capture"]),
		_at(["initial_sampling_percentage"]),
	])
}

test_allow_complete if {
	_answers([_config(_complete)]) == _passed
}

test_allow_both_sides_in_one if {
	_answers([_capture({"capture_options": [{"capture_mode": "InputAndOutput"}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"data_capture_config": []})]) == _passed
}

test_allow_elsewhere_than_in_prod if {
	every environment in ["dev", "stage"] {
		answers := _answers([fixture.known(_address, {})]) with data.plangate.config as {"environment": environment}
		answers == _passed
	}
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"data_capture_config": true}, {})]) == _open([["data_capture_config"]])
}

test_undecided_unknown_switch if {
	_answers([_unknown("enable_capture")]) == _open([_at(["enable_capture"])])
}

test_undecided_unknown_samples if {
	_answers([_unknown("initial_sampling_percentage")]) == _open([_at(["initial_sampling_percentage"])])
}

test_undecided_unknown_options if {
	_answers([_unknown("capture_options")]) == _open([_at(["capture_options"])])
}

test_undecided_unknown_mode if {
	every mode in ["Input", "Output"] {
		_answers([_with_unknown_mode({"capture_mode": mode})]) == _open([_at(["capture_options"])])
	}
}

test_allow_unknown_mode_beside_both_sides if {
	_answers([_with_unknown_mode({"capture_mode": "InputAndOutput"})]) == _passed
}

test_deny_leaves_no_doubt_open if {
	_answers([fixture.resource(
		_address,
		{"data_capture_config": [object.remove(object.union(_complete, {"enable_capture": false}), ["capture_options"])]},
		{"data_capture_config": [{"capture_options": true}]},
		{},
	)]) == _denied([_at(["enable_capture"])])
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "model_endpoints/data_capture",
		"severity": "medium",
		"title": "production endpoint does not capture requests and responses",
		"msg": concat(": ", [
			_address,
			"production endpoint does not capture requests and responses (data_capture_config)",
		]),
		"remediation": concat(" ", [
			"add a `data_capture_config` block with `enable_capture = true`, a positive `initial_sampling_percentage` and",
			"`capture_options` for `Input` and `Output`",
		]),
		"address": _address,
		"path": ["data_capture_config"],
		"frameworks": {
			"nist_800_53": ["AU-2", "AU-12", "SI-4"],
			"mitre_atlas": ["AML.T0024"],
			"owasp_llm": ["LLM10:2025"],
		},
		"aliases": ["SM-002"],
	}} with input as fixture.plan([fixture.known(_address, {})])
}

_address := "aws_sagemaker_endpoint_configuration.this"

_complete := {
	"enable_capture": true,
	"initial_sampling_percentage": 100,
	"capture_options": [{"capture_mode": "Input"}, {"capture_mode": "Output"}],
}

_at(path) := array.concat(["data_capture_config", 0], path)

_denied(paths) := {"deny": {[_address, path] | some path in paths}, "undecided": set()}

_open(paths) := {"deny": set(), "undecided": {[_address, path] | some path in paths}}

_passed := {"deny": set(), "undecided": set()}

_config(block) := fixture.known(_address, {"data_capture_config": [block]})

_capture(attributes) := _config(object.union(_complete, attributes))

_unknown(name) := fixture.resource(
	_address,
	{"data_capture_config": [object.remove(_complete, [name])]},
	{"data_capture_config": [{name: true}]},
	{"data_capture_config": [{name: fixture.refers(["terraform_data.capture.output"])}]},
)

_with_unknown_mode(option) := fixture.resource(
	_address,
	{"data_capture_config": [object.union(_complete, {"capture_options": [option, {}]})]},
	{"data_capture_config": [{"capture_options": [{}, {"capture_mode": true}]}]},
	{"data_capture_config": [{"capture_options": [
		{"capture_mode": {"constant_value": option.capture_mode}},
		{"capture_mode": fixture.refers(["terraform_data.mode.output"])},
	]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
