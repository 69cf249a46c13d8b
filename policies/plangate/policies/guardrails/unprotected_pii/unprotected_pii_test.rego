package plangate.policies.guardrails.unprotected_pii_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.guardrails.unprotected_pii as policy

test_deny_no_entity if {
	every after in [
		{}, {_sensitive: []}, {_sensitive: [{}]},
		{_sensitive: [{"pii_entities_config": [], "regexes_config": []}]},
	] {
		_answers([fixture.known(_address, after)]) == _denied
	}
}

test_deny_entities_that_only_report if {
	_answers([_entities([{"type": "EMAIL", "action": "NONE"}, {"type": "PHONE", "action": "NONE"}])]) == _denied
	_answers([_entity({"action": "BLOCK", "input_action": "NONE", "output_action": "NONE"})]) == _denied
}

test_deny_entities_that_are_turned_off if {
	_answers([_entity({"action": "BLOCK", "input_enabled": false, "output_enabled": false})]) == _denied
	_answers([_entity({"action": "ANONYMIZE", "input_enabled": false, "output_action": "NONE"})]) == _denied
}

test_deny_regexes_that_only_report if {
	_answers([fixture.known(_address, {_sensitive: [{"regexes_config": [{"name": "id", "action": "NONE"}]}]})]) == _denied
}

test_deny_computed_directions_of_what_only_reports if {
	_answers([_unknown({"type": "EMAIL", "action": "NONE"}, _computed, {"action": {"constant_value": "NONE"}})]) == _denied
}

test_allow_each_action if {
	every action in ["BLOCK", "ANONYMIZE"] {
		_answers([_entity({"action": action})]) == _passed
	}
}

test_allow_one_of_many if {
	_answers([_entities([{"type": "EMAIL", "action": "NONE"}, {"type": "PHONE", "action": "BLOCK"}])]) == _passed
}

test_allow_one_direction if {
	every settings in [
		{"input_enabled": false}, {"output_enabled": false}, {"input_action": "NONE"}, {"output_action": "NONE"},
		{"action": "NONE", "input_action": "BLOCK"}, {"action": "NONE", "output_action": "ANONYMIZE"},
	] {
		_answers([_entity(object.union({"action": "BLOCK"}, settings))]) == _passed
	}
}

test_allow_regex if {
	_answers([fixture.known(_address, {_sensitive: [{"regexes_config": [{"name": "id", "action": "BLOCK"}]}]})]) == _passed
}

test_allow_computed_directions if {
	_answers([_unknown({"type": "EMAIL", "action": "BLOCK"}, _computed, {"action": {"constant_value": "BLOCK"}})]) == _passed
}

test_allow_dynamic_entities if {
	_answers([fixture.resource(
		_address,
		{_sensitive: [{"pii_entities_config": [{"type": "EMAIL", "action": "BLOCK"}]}]},
		{_sensitive: [{"pii_entities_config": [_computed], "regexes_config": []}]},
		{_sensitive: [{}]},
	)]) == _passed
}

test_allow_known_beside_unknown_entities if {
	_answers([fixture.resource(
		_address,
		{_sensitive: [{"regexes_config": [{"name": "id", "action": "BLOCK"}]}]},
		{_sensitive: [{"pii_entities_config": true, "regexes_config": [{}]}]},
		{_sensitive: [{"regexes_config": [{"action": {"constant_value": "BLOCK"}}]}]},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {_sensitive: []})]) == _passed
}

test_undecided_action if {
	unknown := object.union(_computed, {"action": true})
	_answers([_unknown({"type": "EMAIL"}, unknown, {"action": fixture.refers(["local.action"])})]) == _open
}

test_undecided_direction if {
	_answers([_unknown(
		{"type": "EMAIL", "action": "BLOCK", "output_enabled": false},
		{"input_action": true},
		{"action": {"constant_value": "BLOCK"}, "input_action": fixture.refers(["local.action"])},
	)]) == _open
}

test_undecided_filters if {
	every name in ["pii_entities_config", "regexes_config"] {
		_answers([fixture.resource(_address, {_sensitive: [{}]}, {_sensitive: [{name: true}]}, {_sensitive: [{}]})]) == _open
	}
}

test_undecided_policy if {
	_answers([fixture.resource(_address, {}, {_sensitive: true}, {})]) == _open
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_entities([])])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_bedrock_guardrail.this"

_sensitive := "sensitive_information_policy_config"

_denied := {"deny": {[_address, [_sensitive]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, [_sensitive]]}}

_passed := {"deny": set(), "undecided": set()}

# What the provider plans for directions that nobody sets.
_computed := {"input_action": true, "input_enabled": true, "output_action": true, "output_enabled": true}

_entities(entities) := fixture.known(_address, {_sensitive: [{"pii_entities_config": entities, "regexes_config": []}]})

_entity(settings) := _entities([object.union({"type": "EMAIL"}, settings)])

_unknown(known, unknown, expressions) := fixture.resource(
	_address,
	{_sensitive: [{"pii_entities_config": [known], "regexes_config": []}]},
	{_sensitive: [{"pii_entities_config": [unknown], "regexes_config": []}]},
	{_sensitive: [{"pii_entities_config": [expressions]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
