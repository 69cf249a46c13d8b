package plangate.policies.agents.agent_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.agent_key as policy

test_deny_no_customer_key if {
	every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/bedrock"] {
		_answers([fixture.known(_address, {"customer_encryption_key_arn": key})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_allow_customer_key if {
	_answers([fixture.known(_address, {"customer_encryption_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1111"})]) == _passed
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
	_answers([_unknown(["aws_kms_external_key.this.arn"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_key_from_elsewhere if {
	every reference in ["local.key", "data.aws_kms_key.this.arn", "aws_cloudformation_stack.this.outputs"] {
		_answers([_unknown([reference])]) == {"deny": set(), "undecided": {[_address, ["customer_encryption_key_arn"]]}}
	}
}

_address := "aws_bedrockagent_agent.this"

_denied := {"deny": {[_address, ["customer_encryption_key_arn"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_unknown(references) := fixture.resource(
	_address, {}, {"customer_encryption_key_arn": true},
	{"customer_encryption_key_arn": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
