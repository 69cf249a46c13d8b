package plangate.policies.foundation_models.throughput_commitment_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.foundation_models.throughput_commitment as policy

test_deny_commitment_that_is_not_approved if {
	_given(["OneMonth"], [_throughput("SixMonths")]) == _denied
	_given([], [_throughput("OneMonth")]) == _denied
}

test_allow_approved if {
	every entries in [["OneMonth"], ["SixMonths", "OneMonth"], ["*Month"]] {
		_given(entries, [_throughput("OneMonth")]) == _passed
	}
}

test_allow_no_commitment if {
	_given(["OneMonth"], [_throughput(null)]) == _passed
	_given(["OneMonth"], [_throughput("")]) == _passed
	_given(["OneMonth"], [fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_given(["OneMonth"], [fixture.deleted(_address, {"commitment_duration": "SixMonths"})]) == _passed
}

test_undecided_unknown if {
	_given(["OneMonth"], [_unknown]) == _open
}

test_inactive_without_a_list if {
	_answers([_throughput("SixMonths"), _unknown]) == _passed
}

_address := "aws_bedrock_provisioned_model_throughput.this"

_denied := {"deny": {[_address, ["commitment_duration"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["commitment_duration"]]}}

_passed := {"deny": set(), "undecided": set()}

_throughput(commitment) := fixture.known(_address, {"commitment_duration": commitment})

_unknown := fixture.resource(
	_address, {}, {"commitment_duration": true},
	{"commitment_duration": fixture.refers(["aws_cloudformation_stack.platform.outputs"])},
)

_given(entries, resources) := answers if {
	answers := _answers(resources) with data.plangate.config as {"parameters": {"BR-024": {"approved_commitments": entries}}}
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
