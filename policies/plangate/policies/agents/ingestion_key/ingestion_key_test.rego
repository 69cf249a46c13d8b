package plangate.policies.agents.ingestion_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.ingestion_key as policy

test_deny_no_customer_key if {
	every encryption in [null, [], [{}], [{"kms_key_arn": null}], [{"kms_key_arn": ""}], [{"kms_key_arn": "alias/aws/bedrock"}]] {
		_answers([fixture.known(_address, {"server_side_encryption_configuration": encryption})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_allow_customer_key if {
	_answers([fixture.known(_address, {"server_side_encryption_configuration": [{"kms_key_arn": _arn}]})]) == _passed
	_answers([_unknown([{"kms_key_arn": true}], [{"kms_key_arn": fixture.refers(["aws_kms_key.this.arn"])}])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown([{"kms_key_arn": true}], [{"kms_key_arn": fixture.refers(["local.key"])}])]) == _open
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"server_side_encryption_configuration": true}, {})]) == _open
}

_address := "aws_bedrockagent_data_source.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_path := ["server_side_encryption_configuration", 0, "kms_key_arn"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_unknown(unknown, expressions) := fixture.resource(
	_address, {"server_side_encryption_configuration": [{}]},
	{"server_side_encryption_configuration": unknown}, {"server_side_encryption_configuration": expressions},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
