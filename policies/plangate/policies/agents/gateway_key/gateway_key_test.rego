package plangate.policies.agents.gateway_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.gateway_key as policy

test_deny_without_key if {
	_answers([fixture.known(_address, {})]) == _denied
	every key in [null, "", "alias/aws/s3"] {
		_answers([fixture.known(_address, {"kms_key_arn": key})]) == _denied
	}
	_answers([fixture.resource(_address, {}, {"kms_key_arn": true}, {})]) == _denied
}

test_allow_key if {
	_answers([fixture.known(_address, {"kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1111"})]) == _passed
}

test_allow_key_of_this_plan if {
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["terraform_data.key.output"])]) == {"deny": set(), "undecided": {[_address, ["kms_key_arn"]]}}
}

_address := "aws_bedrockagentcore_gateway.this"

_denied := {"deny": {[_address, ["kms_key_arn"]]}, "undecided": set()}

_unknown(references) := fixture.resource(_address, {}, {"kms_key_arn": true}, {"kms_key_arn": fixture.refers(references)})

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
