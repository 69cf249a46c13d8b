package plangate.policies.vector_stores.q_business_attachments_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.q_business_attachments as policy

test_deny_enabled if {
	_answers([_application("ENABLED")]) == {"deny": {[_address, _mode]}, "undecided": set()}
}

test_allow_disabled if {
	_answers([_application("DISABLED")]) == _passed
}

test_allow_nothing_said if {
	_answers([_application(null)]) == _passed
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_unknown_mode if {
	_answers([fixture.resource(
		_address,
		{"attachments_configuration": [{}]},
		{"attachments_configuration": [{"attachments_control_mode": true}]},
		{"attachments_configuration": [{"attachments_control_mode": fixture.refers(["terraform_data.mode.output"])}]},
	)]) == _open
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"attachments_configuration": true}, {})]) == _open
}

_address := "aws_qbusiness_application.this"

_mode := ["attachments_configuration", 0, "attachments_control_mode"]

_open := {"deny": set(), "undecided": {[_address, _mode]}}

_application(mode) := fixture.known(_address, {"attachments_configuration": [{"attachments_control_mode": mode}]})

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
