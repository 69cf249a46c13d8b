package plangate.policies.vector_stores.domain_access_control_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.domain_access_control as policy

test_deny_off if {
	every value in [[{"enabled": false}], [{"enabled": null}], [{}], [], null] {
		_answers([fixture.known(_address, {"advanced_security_options": value})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

# What the provider computes and nobody writes.
test_deny_block_that_nobody_writes if {
	_answers([fixture.resource(_address, {}, {"advanced_security_options": true}, {})]) == _denied
}

test_allow_on if {
	_answers([fixture.known(_address, {"advanced_security_options": [{"enabled": true}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_unknown_switch if {
	_answers([fixture.resource(
		_address,
		{"advanced_security_options": [{}]},
		{"advanced_security_options": [{"enabled": true}]},
		{"advanced_security_options": [{"enabled": fixture.refers(["terraform_data.switch.output"])}]},
	)]) == {"deny": set(), "undecided": {[_address, _enabled]}}
}

_address := "aws_opensearch_domain.this"

_enabled := ["advanced_security_options", 0, "enabled"]

_denied := {"deny": {[_address, _enabled]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
