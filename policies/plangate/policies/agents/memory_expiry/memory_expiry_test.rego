package plangate.policies.agents.memory_expiry_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.memory_expiry as policy

test_deny_above_the_bound if {
	_answers([_memory(366)]) == _denied
	_answers_within(30, [_memory(31)]) == _denied
}

test_allow_within_the_bound if {
	_answers([_memory(365)]) == _passed
	_answers_within(30, [_memory(30)]) == _passed
}

test_allow_nothing_said if {
	_answers([_memory(null)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"event_expiry_duration": 366})]) == _passed
}

test_undecided_unknown_below_what_aws_accepts if {
	_answers_within(364, [_unknown]) == {"deny": set(), "undecided": {[_address, ["event_expiry_duration"]]}}
}

test_allow_unknown_within_what_aws_accepts if {
	_answers([_unknown]) == _passed
}

_address := "aws_bedrockagentcore_memory.this"

_denied := {"deny": {[_address, ["event_expiry_duration"]]}, "undecided": set()}

_memory(days) := fixture.known(_address, {"event_expiry_duration": days})

_unknown := fixture.resource(
	_address, {},
	{"event_expiry_duration": true},
	{"event_expiry_duration": fixture.refers(["terraform_data.days.output"])},
)

_answers_within(days, resources) := answers if {
	answers := _answers(resources) with data.plangate.config as {"parameters": {"AC-009": {"max_event_expiry_days": days}}}
}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
