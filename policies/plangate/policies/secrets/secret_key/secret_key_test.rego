package plangate.policies.secrets.secret_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.secret_key as policy

test_deny_no_customer_key if {
	every key in [null, "", "alias/aws/secretsmanager", "arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager"] {
		_answers([fixture.known(_address, {"kms_key_id": key})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_allow_key if {
	_answers([fixture.known(_address, {"kms_key_id": "alias/ai-provider-keys"})]) == _passed
	_answers([_unknown(["aws_kms_key.this.key_id"])]) == _passed
	_answers([_unknown(["aws_kms_alias.this.arn"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"kms_key_id": null})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["terraform_data.key.output"])]) == _open
}

_address := "aws_secretsmanager_secret.this"

_denied := {"deny": {[_address, ["kms_key_id"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["kms_key_id"]]}}

_passed := {"deny": set(), "undecided": set()}

_unknown(references) := fixture.resource(_address, {}, {"kms_key_id": true}, {"kms_key_id": fixture.refers(references)})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
