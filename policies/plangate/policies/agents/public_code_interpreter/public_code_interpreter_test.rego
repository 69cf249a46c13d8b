package plangate.policies.agents.public_code_interpreter_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.public_code_interpreter as policy

test_deny_public if {
	_answers([_network({"network_mode": "PUBLIC"})]) == _denied
}

test_deny_public_beside_subnets if {
	_answers([_network({
		"network_mode": "PUBLIC",
		"vpc_config": [{"subnets": ["subnet-1"], "security_groups": ["sg-1"]}],
	})]) == _denied
}

test_allow_other_modes if {
	every mode in ["SANDBOX", "VPC"] {
		_answers([_network({"network_mode": mode})]) == _passed
	}
}

test_allow_nothing_said if {
	_answers([fixture.known(_address, {})]) == _passed
	_answers([fixture.known(_address, {"network_configuration": []})]) == _passed
	_answers([_network({"network_mode": null})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"network_configuration": [{"network_mode": "PUBLIC"}]})]) == _passed
}

test_undecided_unknown_mode if {
	_answers([fixture.resource(
		_address,
		{"network_configuration": [{}]},
		{"network_configuration": [{"network_mode": true}]},
		{"network_configuration": [{"network_mode": fixture.refers(["terraform_data.mode.output"])}]},
	)]) == _open
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"network_configuration": true}, {})]) == _open
	_answers([fixture.resource(
		_address,
		{"network_configuration": [{}]},
		{"network_configuration": [{"network_mode": true}]},
		{},
	)]) == _open
}

_address := "aws_bedrockagentcore_code_interpreter.this"

_mode := ["network_configuration", 0, "network_mode"]

_denied := {"deny": {[_address, _mode]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _mode]}}

_network(block) := fixture.known(_address, {"network_configuration": [block]})

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
