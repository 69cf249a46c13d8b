package plangate.policies.agents.flow_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.flow_key as policy

test_deny_no_customer_key if {
	every address in _addresses {
		every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/bedrock"] {
			_answers([fixture.known(address, {"customer_encryption_key_arn": key})]) == _denied(address)
		}
		_answers([fixture.known(address, {})]) == _denied(address)
	}
}

test_allow_customer_key if {
	every address in _addresses {
		_answers([fixture.known(address, {"customer_encryption_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1111"})]) == _passed
		_answers([_unknown(address, ["aws_kms_key.this.arn"])]) == _passed
	}
}

test_allow_deleted if {
	every address in _addresses {
		_answers([fixture.deleted(address, {})]) == _passed
	}
}

test_undecided_key_from_elsewhere if {
	every address in _addresses {
		_answers([_unknown(address, ["local.key"])]) == {"deny": set(), "undecided": {[address, ["customer_encryption_key_arn"]]}}
	}
}

test_allow_other_types if {
	every r in [fixture.known("aws_bedrockagent_agent.this", {}), fixture.resource(
		"aws_bedrockagent_agent.this", {}, {"customer_encryption_key_arn": true},
		{"customer_encryption_key_arn": fixture.refers(["local.key"])},
	)] {
		_answers([r]) == _passed
	}
}

_addresses := {"aws_bedrockagent_flow.this", "aws_bedrockagent_prompt.this"}

_denied(address) := {"deny": {[address, ["customer_encryption_key_arn"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_unknown(address, references) := fixture.resource(
	address, {}, {"customer_encryption_key_arn": true},
	{"customer_encryption_key_arn": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
