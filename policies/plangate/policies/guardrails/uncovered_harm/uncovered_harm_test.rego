package plangate.policies.guardrails.uncovered_harm_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.guardrails.uncovered_harm as policy

test_deny_no_filter if {
	every after in [{}, {"content_policy_config": []}, {"content_policy_config": [{"filters_config": []}]}] {
		_answers([fixture.known(_address, after)]) == _denied
	}
}

test_deny_a_kind_left_out if {
	every kind in _kinds {
		_answers([_guardrail([filter | some filter in _all; filter.type != kind])]) == _denied
	}
}

test_deny_a_kind_that_one_way_does_nothing if {
	every kind in _kinds {
		every settings in [
			{"input_strength": "NONE"}, {"output_strength": "NONE"}, {"input_action": "NONE"}, {"output_action": "NONE"},
			{"input_enabled": false}, {"output_enabled": false},
		] {
			_answers([_guardrail(_with(kind, settings))]) == _denied
		}
	}
}

test_deny_prompt_attack_alone if {
	_answers([_guardrail([{"type": "PROMPT_ATTACK", "input_strength": "HIGH", "output_strength": "NONE"}])]) == _denied
}

test_deny_a_kind_left_out_beside_another_that_is_unknown if {
	others := [filter | some filter in _all; not filter.type in {"HATE", "SEXUAL"}]
	_answers([_unknown({"type": "HATE", "output_strength": "LOW"}, {"input_strength": true}, others)]) == _denied
}

test_allow_all_kinds if {
	_answers([_guardrail(_all)]) == _passed
	_answers([_guardrail(array.concat(
		[{"type": "PROMPT_ATTACK", "input_strength": "NONE", "output_strength": "NONE"}],
		_all,
	))]) == _passed
}

test_allow_each_strength if {
	every strength in ["LOW", "MEDIUM", "HIGH"] {
		_answers([_guardrail(_with("HATE", {"input_strength": strength, "output_strength": strength}))]) == _passed
	}
}

test_allow_settings if {
	every settings in [
		{"input_action": "BLOCK", "output_action": "BLOCK"}, {"input_enabled": true, "output_enabled": true},
		{"input_action": null, "output_action": null, "input_enabled": null, "output_enabled": null},
	] {
		_answers([_guardrail(_with("SEXUAL", settings))]) == _passed
	}
}

test_allow_dynamic_filters if {
	_answers([fixture.resource(
		_address, {"content_policy_config": [{"filters_config": _all}]},
		{"content_policy_config": [{"filters_config": [{} | some _ in _all], "tier_config": true}]},
		{"content_policy_config": [{}]},
	)]) == _passed
}

test_allow_unknown_filter_beside_all if {
	_answers([_unknown({"type": "PROMPT_ATTACK"}, {"input_strength": true}, _all)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"content_policy_config": []})]) == _passed
}

test_undecided_attribute if {
	others := [filter | some filter in _all; filter.type != "MISCONDUCT"]
	every name in [
		"type", "input_strength", "output_strength", "input_action", "output_action",
		"input_enabled", "output_enabled",
	] {
		known := object.remove({"type": "MISCONDUCT", "input_strength": "LOW", "output_strength": "LOW"}, [name])
		_answers([_unknown(known, {name: true}, others)]) == _open
	}
}

test_undecided_filters if {
	_answers([fixture.resource(
		_address, {"content_policy_config": [{}]},
		{"content_policy_config": [{"filters_config": true, "tier_config": true}]},
		{"content_policy_config": [{}]},
	)]) == _open
}

test_undecided_policy if {
	_answers([fixture.resource(_address, {}, {"content_policy_config": true}, {})]) == _open
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_guardrail([])])
		with data.plangate.config as {"environment": "dev"}
	severities == {"low"}
}

_address := "aws_bedrock_guardrail.this"

_denied := {"deny": {[_address, ["content_policy_config"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["content_policy_config"]]}}

_passed := {"deny": set(), "undecided": set()}

_kinds := ["HATE", "INSULTS", "SEXUAL", "VIOLENCE", "MISCONDUCT"]

_all := [{"type": kind, "input_strength": "HIGH", "output_strength": "MEDIUM"} | some kind in _kinds]

_with(kind, settings) := [object.union(filter, own) |
	some filter in _all
	own := {name: value | some name, value in settings; filter.type == kind}
]

_guardrail(filters) := fixture.known(_address, {"content_policy_config": [{"filters_config": filters}]})

# One filter of which something is unknown, beside others.
_unknown(known, unknown, others) := fixture.resource(
	_address,
	{"content_policy_config": [{"filters_config": array.concat(others, [known])}]},
	{"content_policy_config": [{"filters_config": array.concat([{} | some _ in others], [unknown])}]},
	{"content_policy_config": [{"filters_config": array.concat(
		[object.union(
			{name: {"constant_value": value} | some name, value in known},
			{name: fixture.refers(["aws_cloudformation_stack.platform.outputs"]) | some name, _ in unknown},
		)],
		[{name: {"constant_value": value} | some name, value in other} | some other in others],
	)}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
