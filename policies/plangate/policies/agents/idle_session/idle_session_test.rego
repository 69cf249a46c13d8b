package plangate.policies.agents.idle_session_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.idle_session as policy

test_deny_above_the_bound if {
	every ttl in [1801, 3600, 5400] {
		_answers([fixture.known(_address, {"idle_session_ttl_in_seconds": ttl})]) == _denied
	}
}

test_allow_within_the_bound if {
	every ttl in [60, 600, 1800] {
		_answers([fixture.known(_address, {"idle_session_ttl_in_seconds": ttl})]) == _passed
	}
}

test_allow_default_of_aws if {
	_answers([fixture.known(_address, {"idle_session_ttl_in_seconds": null})]) == _passed
	_answers([fixture.resource(_address, {}, {"idle_session_ttl_in_seconds": true}, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"idle_session_ttl_in_seconds": 5400})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"idle_session_ttl_in_seconds": true},
		{"idle_session_ttl_in_seconds": fixture.refers(["terraform_data.this.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["idle_session_ttl_in_seconds"]]}}
}

test_bound_can_be_set if {
	answers := _answers([fixture.known(_address, {"idle_session_ttl_in_seconds": 900})]) with data.plangate.config as {"parameters": {"BR-006": {"max_idle_session_ttl": 600}}}
	answers == _denied
}

_address := "aws_bedrockagent_agent.this"

_denied := {"deny": {[_address, ["idle_session_ttl_in_seconds"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
