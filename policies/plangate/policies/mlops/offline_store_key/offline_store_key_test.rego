package plangate.policies.mlops.offline_store_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.offline_store_key as policy

test_deny_no_customer_key if {
	every storage in [
		{},
		{"kms_key_id": null},
		{"kms_key_id": ""},
		{"kms_key_id": "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"},
	] {
		_answers([_known(storage)]) == _denied
	}
}

test_deny_key_of_the_online_store_alone if {
	_answers([fixture.known(_address, {
		"offline_store_config": [{"s3_storage_config": [{"kms_key_id": null}]}],
		"online_store_config": [{"security_config": [{"kms_key_id": _arn}]}],
	})]) == _denied
}

test_deny_variable_that_is_null if {
	resources := [_unknown(["var.key"])]
	answers := {[f.address, f.path] | some f in policy.deny} with input as object.union(
		fixture.plan(resources),
		{"variables": {"key": {"value": null}}},
	)
	answers == _denied.deny
}

test_allow_key if {
	_answers([_known({"kms_key_id": _arn})]) == _passed
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
	_answers([_unknown(["aws_kms_alias.this.arn"])]) == _passed
}

test_allow_no_offline_store if {
	_answers([fixture.known(_address, {"offline_store_config": []})]) == _passed
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"offline_store_config": [{"s3_storage_config": [{}]}]})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["local.key"])]) == _open
	_answers([_unknown(["aws_cloudformation_stack.this.outputs"])]) == _open
}

test_undecided_dynamic_blocks if {
	_answers([fixture.resource(_address, {}, {"offline_store_config": true}, {})]) == _open
	_answers([fixture.resource(
		_address,
		{"offline_store_config": [{"s3_storage_config": [{}]}]},
		{"offline_store_config": [{"s3_storage_config": [{"kms_key_id": true}]}]},
		{},
	)]) == _open
}

_address := "aws_sagemaker_feature_group.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_path := ["offline_store_config", 0, "s3_storage_config", 0, "kms_key_id"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_known(storage) := fixture.known(_address, {"offline_store_config": [{"s3_storage_config": [storage]}]})

_unknown(references) := fixture.resource(
	_address,
	{"offline_store_config": [{"s3_storage_config": [{}]}]},
	{"offline_store_config": [{"s3_storage_config": [{"kms_key_id": true}]}]},
	{"offline_store_config": [{"s3_storage_config": [{"kms_key_id": fixture.refers(references)}]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
