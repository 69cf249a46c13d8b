package plangate.policies.agents.code_interpreter_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.code_interpreter as policy

test_deny_enabled if {
	_answers([_known("AMAZON.CodeInterpreter", "ENABLED")]) == _denied
}

test_deny_enabled_by_aws if {
	_answers([_known("AMAZON.CodeInterpreter", null)]) == _denied
	_answers([_unknown(
		{"parent_action_group_signature": "AMAZON.CodeInterpreter"}, {"action_group_state": true},
		{"parent_action_group_signature": {"constant_value": "AMAZON.CodeInterpreter"}},
	)]) == _denied
}

test_allow_disabled if {
	_answers([_known("AMAZON.CodeInterpreter", "DISABLED")]) == _passed
}

test_allow_other_groups if {
	every signature in [null, "", "AMAZON.UserInput"] {
		_answers([_known(signature, "ENABLED")]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"parent_action_group_signature": "AMAZON.CodeInterpreter"})]) == _passed
}

test_undecided_state if {
	_answers([_unknown(
		{"parent_action_group_signature": "AMAZON.CodeInterpreter"}, {"action_group_state": true},
		{"action_group_state": fixture.refers(["terraform_data.this.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["action_group_state"]]}}
	_answers([_unknown(
		{"parent_action_group_signature": "AMAZON.UserInput"}, {"action_group_state": true},
		{"action_group_state": fixture.refers(["terraform_data.this.output"])},
	)]) == _passed
}

test_undecided_signature if {
	signature := {"parent_action_group_signature": fixture.refers(["terraform_data.this.output"])}
	every state in ["ENABLED", null] {
		_answers([_unknown({"action_group_state": state}, {"parent_action_group_signature": true}, signature)]) == _signature_open
	}
	_answers([_unknown({}, {"parent_action_group_signature": true, "action_group_state": true}, signature)]) == _signature_open
	_answers([_unknown({"action_group_state": "DISABLED"}, {"parent_action_group_signature": true}, signature)]) == _passed
}

_address := "aws_bedrockagent_agent_action_group.this"

_denied := {"deny": {[_address, ["action_group_state"]]}, "undecided": set()}

_signature_open := {"deny": set(), "undecided": {[_address, ["parent_action_group_signature"]]}}

_passed := {"deny": set(), "undecided": set()}

_known(signature, state) := fixture.known(_address, {"parent_action_group_signature": signature, "action_group_state": state})

_unknown(after, unknown, expressions) := fixture.resource(_address, after, unknown, expressions)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
