package plangate.policies.agents.gateway_debug_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.gateway_debug as policy

test_deny_debug if {
	_answers([fixture.known(_address, {"exception_level": "DEBUG"})]) == {
		"deny": {[_address, ["exception_level"]]},
		"undecided": set(),
	}
}

test_allow_default if {
	every level in [null, "", "ERROR"] {
		_answers([fixture.known(_address, {"exception_level": level})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
	_answers([fixture.resource(_address, {}, {"exception_level": true}, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"exception_level": "DEBUG"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {},
		{"exception_level": true},
		{"exception_level": fixture.refers(["terraform_data.level.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["exception_level"]]}}
}

_address := "aws_bedrockagentcore_gateway.this"

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
