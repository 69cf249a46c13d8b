package plangate.policies.vector_stores.kendra_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.kendra_key as policy

test_deny_without_key if {
	every value in [null, [], [{}], [{"kms_key_id": null}], [{"kms_key_id": ""}], [{"kms_key_id": "alias/aws/kendra"}]] {
		_answers([fixture.known(_address, {"server_side_encryption_configuration": value})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_allow_key if {
	_answers([fixture.known(_address, {"server_side_encryption_configuration": [{"kms_key_id": "1111-2222"}]})]) == _passed
}

test_allow_key_of_this_plan if {
	_answers([_unknown(["aws_kms_key.this.key_id"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["terraform_data.key.output"])]) == _open
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"server_side_encryption_configuration": true}, {})]) == _open
}

_address := "aws_kendra_index.this"

_key := ["server_side_encryption_configuration", 0, "kms_key_id"]

_denied := {"deny": {[_address, _key]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _key]}}

_unknown(references) := fixture.resource(
	_address,
	{"server_side_encryption_configuration": [{}]},
	{"server_side_encryption_configuration": [{"kms_key_id": true}]},
	{"server_side_encryption_configuration": [{"kms_key_id": fixture.refers(references)}]},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
