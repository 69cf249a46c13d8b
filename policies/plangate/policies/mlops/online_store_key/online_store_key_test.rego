package plangate.policies.mlops.online_store_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.online_store_key as policy

test_deny_no_customer_key if {
	every security in [
		[], [{}], [{"kms_key_id": null}], [{"kms_key_id": ""}],
		[{"kms_key_id": "arn:aws:kms:eu-west-1:111122223333:alias/aws/sagemaker"}],
	] {
		_answers([_known(true, security)]) == _denied
	}
	_answers([fixture.known(_address, {"online_store_config": [{"enable_online_store": true}]})]) == _denied
}

test_deny_key_of_the_offline_store_alone if {
	_answers([fixture.known(_address, {
		"offline_store_config": [{"s3_storage_config": [{"kms_key_id": _arn}]}],
		"online_store_config": [{"enable_online_store": true, "storage_type": "InMemory", "security_config": []}],
	})]) == _denied
}

test_allow_key if {
	_answers([_known(true, [{"kms_key_id": _arn}])]) == _passed
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_no_online_store if {
	every enabled in [false, null] {
		_answers([_known(enabled, [])]) == _passed
	}
	_answers([fixture.known(_address, {"online_store_config": []})]) == _passed
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"online_store_config": [{"enable_online_store": true}]})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["local.key"])]) == _open
	_answers([_unknown(["aws_cloudformation_stack.this.outputs"])]) == _open
}

test_switch_that_comes_with_the_apply if {
	_answers([_switched([], [])]) == _open
	_answers([_switched([{"kms_key_id": _arn}], [{}])]) == _passed
	_answers([_switched([{}], [{"kms_key_id": true}])]) == _open
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"online_store_config": true}, {})]) == _open
	_answers([fixture.resource(
		_address,
		{"online_store_config": [{"enable_online_store": true}]},
		{"online_store_config": [{"security_config": true}]},
		{"online_store_config": [{"enable_online_store": {"constant_value": true}}]},
	)]) == _open
}

test_allow_unknown_key_of_a_store_that_is_off if {
	_answers([fixture.resource(
		_address,
		{"online_store_config": [{"enable_online_store": false, "security_config": [{}]}]},
		{"online_store_config": [{"security_config": [{"kms_key_id": true}]}]},
		{"online_store_config": [{
			"enable_online_store": {"constant_value": false},
			"security_config": [{"kms_key_id": fixture.refers(["local.key"])}],
		}]},
	)]) == _passed
}

_address := "aws_sagemaker_feature_group.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_path := ["online_store_config", 0, "security_config", 0, "kms_key_id"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_known(enabled, security) := fixture.known(_address, {"online_store_config": [{
	"enable_online_store": enabled,
	"security_config": security,
}]})

_unknown(references) := fixture.resource(
	_address,
	{"online_store_config": [{"enable_online_store": true, "security_config": [{}]}]},
	{"online_store_config": [{"security_config": [{"kms_key_id": true}]}]},
	{"online_store_config": [{
		"enable_online_store": {"constant_value": true},
		"security_config": [{"kms_key_id": fixture.refers(references)}],
	}]},
)

_switched(security, unknown) := fixture.resource(
	_address,
	{"online_store_config": [{"security_config": security}]},
	{"online_store_config": [{"enable_online_store": true, "security_config": unknown}]},
	{"online_store_config": [{
		"enable_online_store": fixture.refers(["terraform_data.switch.output"]),
		"security_config": [{"kms_key_id": fixture.refers(["local.key"])} | count(security) > 0],
	}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
