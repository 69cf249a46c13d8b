package plangate.policies.guardrails.weak_prompt_attack_filter_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.guardrails.weak_prompt_attack_filter as policy

test_deny_no_filter if {
	every after in [{}, {"content_policy_config": []}, {"content_policy_config": [{"filters_config": []}]}] {
		_answers([fixture.known(_address, after)]) == _denied
	}
}

test_deny_other_filters if {
	_answers([_guardrail([_filter("HATE", "HIGH", {}), _filter("MISCONDUCT", "HIGH", {})])]) == _denied
}

test_deny_weak if {
	every strength in ["NONE", "LOW", "MEDIUM"] {
		_answers([_guardrail([_filter("PROMPT_ATTACK", strength, {}), _filter("HATE", "HIGH", {})])]) == _denied
	}
}

test_deny_what_does_nothing if {
	every settings in [{"input_action": "NONE"}, {"input_enabled": false}, {"input_action": "BLOCK", "input_enabled": false}] {
		_answers([_guardrail([_filter("PROMPT_ATTACK", "HIGH", settings)])]) == _denied
	}
}

test_deny_weak_beside_unknown_other_filter if {
	_answers([_unknown({"type": "HATE"}, {"input_strength": true}, [_filter("PROMPT_ATTACK", "LOW", {})])]) == _denied
}

test_allow_high if {
	every settings in [
		{}, {"input_action": null, "input_enabled": null}, {"input_action": "BLOCK", "input_enabled": true},
		{"output_enabled": false, "output_action": "NONE"},
	] {
		_answers([_guardrail([_filter("HATE", "MEDIUM", {}), _filter("PROMPT_ATTACK", "HIGH", settings)])]) == _passed
	}
}

test_allow_high_beside_unknown_filters if {
	strong := [_filter("PROMPT_ATTACK", "HIGH", {})]
	_answers([_unknown({"type": "INSULTS"}, {"input_strength": true}, strong)]) == _passed
	_answers([_unknown({}, {"type": true, "input_strength": true}, strong)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"content_policy_config": []})]) == _passed
}

test_undecided_attribute if {
	every name in ["type", "input_strength", "input_action", "input_enabled"] {
		known := object.remove(_filter("PROMPT_ATTACK", "HIGH", {"input_action": "BLOCK", "input_enabled": true}), [name])
		_answers([_unknown(known, {name: true}, [])]) == _open
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
	severities == {"medium"}
}

_address := "aws_bedrock_guardrail.this"

_denied := {"deny": {[_address, ["content_policy_config"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["content_policy_config"]]}}

_passed := {"deny": set(), "undecided": set()}

_guardrail(filters) := fixture.known(_address, {"content_policy_config": [{"filters_config": filters}]})

_filter(type, strength, settings) := object.union(
	{"type": type, "input_strength": strength, "output_strength": "NONE"},
	settings,
)

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
