package plangate.policies.vector_stores.public_domain_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.public_domain as policy

test_deny_without_vpc if {
	_answers([fixture.known(_address, {})]) == _denied
	_answers([fixture.known(_address, {"vpc_options": []})]) == _denied
	_answers([fixture.known(_address, {"vpc_options": null})]) == _denied
}

test_allow_vpc if {
	_answers([fixture.known(_address, {"vpc_options": [{"subnet_ids": ["subnet-1"]}]})]) == _passed
}

test_allow_subnets_of_this_plan if {
	_answers([fixture.resource(
		_address,
		{"vpc_options": [{}]},
		{"vpc_options": [{"subnet_ids": true}]},
		{"vpc_options": [{"subnet_ids": fixture.refers(["aws_subnet.this.id"])}]},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"vpc_options": []})]) == _passed
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"vpc_options": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["vpc_options"]]},
	}
}

_address := "aws_opensearch_domain.this"

_denied := {"deny": {[_address, ["vpc_options"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
