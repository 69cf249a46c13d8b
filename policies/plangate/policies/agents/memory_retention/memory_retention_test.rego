package plangate.policies.agents.memory_retention_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.memory_retention as policy

test_deny_above_the_bound if {
	every days in [31, 365] {
		_answers([_known(days)]) == _denied
	}
}

test_allow_within_the_bound if {
	every days in [0, 7, 30] {
		_answers([_known(days)]) == _passed
	}
}

test_allow_default_of_aws if {
	_answers([_known(null)]) == _passed
	_answers([fixture.known(_address, {"memory_configuration": [{"enabled_memory_types": ["SESSION_SUMMARY"]}]})]) == _passed
}

test_allow_no_memory if {
	every memory in [null, []] {
		_answers([fixture.known(_address, {"memory_configuration": memory})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
	_answers([fixture.resource(_address, {}, {"memory_configuration": true}, {})]) == _passed
	_answers([fixture.resource(_address, {}, {"memory_configuration": true}, {"memory_configuration": {"constant_value": null}})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"memory_configuration": [{"storage_days": 365}]})]) == _passed
}

test_undecided_unknown_days if {
	_answers([_unknown(fixture.refers(["terraform_data.this.output"]))]) == _open

	# Written by a dynamic block, the configuration shows nothing.
	_answers([fixture.resource(
		_address, {"memory_configuration": [{}]},
		{"memory_configuration": [{"enabled_memory_types": true, "storage_days": true}]}, {},
	)]) == _open
}

test_undecided_unknown_memory if {
	_answers([fixture.resource(
		_address, {}, {"memory_configuration": true},
		{"memory_configuration": fixture.refers(["terraform_data.this.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["memory_configuration"]]}}
}

test_bound_can_be_set if {
	answers := _answers([_known(14)]) with data.plangate.config as {"parameters": {"BR-009": {"max_storage_days": 7}}}
	answers == _denied
}

_address := "aws_bedrockagent_agent.this"

_path := ["memory_configuration", 0, "storage_days"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_known(days) := fixture.known(_address, {"memory_configuration": [{
	"enabled_memory_types": ["SESSION_SUMMARY"],
	"storage_days": days,
}]})

_unknown(expression) := fixture.resource(
	_address, {"memory_configuration": [{"enabled_memory_types": ["SESSION_SUMMARY"]}]},
	{"memory_configuration": [{"storage_days": true}]}, {"memory_configuration": expression},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
