package plangate.policies.notebooks.outside_vpc_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.outside_vpc as policy

test_deny_no_subnet if {
	_answers([fixture.known(_address, {})]) == _denied
	every subnet in [null, ""] {
		_answers([fixture.known(_address, {"subnet_id": subnet})]) == _denied
	}
	_answers([fixture.resource(_address, {}, {"subnet_id": true}, {})]) == _denied
}

test_deny_security_groups_without_a_subnet if {
	_answers([fixture.known(_address, {"subnet_id": null, "security_groups": ["sg-0f1e2d3c4b5a69788"]})]) == _denied
}

test_allow_known_subnet if {
	_answers([fixture.known(_address, {"subnet_id": "subnet-0a1b2c3d4e5f60718"})]) == _passed
}

test_allow_reference_to_a_subnet if {
	every reference in [
		"aws_subnet.this.id", "aws_subnet.this[0].id", "aws_default_subnet.this.id", "data.aws_subnet.this.id",
		"data.aws_subnets.this.ids",
	] {
		_answers([_refers(reference)]) == _passed
	}
}

test_undecided_unknown if {
	every reference in ["aws_cloudformation_stack.network.outputs", "terraform_data.handoff.output", "local.subnet"] {
		_answers([_refers(reference)]) == {"deny": set(), "undecided": {[_address, ["subnet_id"]]}}
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([fixture.known(_address, {})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_sagemaker_notebook_instance.this"

_refers(reference) := fixture.resource(
	_address, {}, {"subnet_id": true},
	{"subnet_id": fixture.refers([reference])},
)

_denied := {"deny": {[_address, ["subnet_id"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
