package plangate.policies.model_endpoints.unencrypted_capture_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unencrypted_capture as policy

test_deny_no_customer_key if {
	every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		_answers([_capture({"kms_key_id": key})]) == _denied
	}
	_answers([_capture({})]) == _denied
}

test_deny_volume_key_only if {
	_answers([fixture.known(_address, {
		"kms_key_arn": _customer,
		"data_capture_config": [{"enable_capture": true}],
	})]) == _denied
}

test_allow_customer_key if {
	_answers([_capture({"kms_key_id": _customer})]) == _passed
	_answers([_key(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_nothing_captured if {
	every blocks in [null, [], [{}], [{"enable_capture": false}], [{"enable_capture": null}]] {
		_answers([fixture.known(_address, {"data_capture_config": blocks})]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"data_capture_config": [{"enable_capture": true}]})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_key(["terraform_data.key.output"])]) == _open
	_answers([_key(["local.key"])]) == _open
}

test_undecided_switch_without_a_key if {
	_answers([_switch({}, {}, {})]) == _open
	_answers([_switch({}, {"kms_key_id": true}, {"kms_key_id": fixture.refers(["local.key"])})]) == _open
}

test_allow_unknown_switch_with_a_key if {
	_answers([_switch({"kms_key_id": _customer}, {}, {"kms_key_id": {"constant_value": _customer}})]) == _passed
	_answers([_switch({}, {"kms_key_id": true}, {"kms_key_id": fixture.refers(["aws_kms_key.this.arn"])})]) == _passed
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"data_capture_config": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["data_capture_config"]]},
	}
}

test_deny_input_of_a_module_that_is_null if {
	_module({"constant_value": null}) == {["module.m.aws_sagemaker_endpoint_configuration.this", _path]}
	_module(fixture.refers(["aws_kms_key.this.arn"])) == set()
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_capture({})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_customer := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_path := ["data_capture_config", 0, "kms_key_id"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_capture(attributes) := fixture.known(_address, {"data_capture_config": [object.union(
	{"enable_capture": true},
	attributes,
)]})

_key(references) := fixture.resource(
	_address,
	{"data_capture_config": [{"enable_capture": true}]},
	{"data_capture_config": [{"kms_key_id": true}]},
	{"data_capture_config": [{
		"enable_capture": {"constant_value": true},
		"kms_key_id": fixture.refers(references),
	}]},
)

_switch(after, unknown, expressions) := fixture.resource(
	_address,
	{"data_capture_config": [after]},
	{"data_capture_config": [object.union({"enable_capture": true}, unknown)]},
	{"data_capture_config": [object.union(
		{"enable_capture": fixture.refers(["terraform_data.switch.output"])},
		expressions,
	)]},
)

_module(key) := addresses if {
	config := _key(["var.key"])
	plan := fixture.plan_with_modules(
		[fixture.resource("aws_kms_key.this", {}, {}, {})],
		{"m": fixture.call({"key": key}, [config], {})},
		[fixture.within("module.m", config)],
	)
	addresses := {[f.address, f.path] | some f in policy.deny} with input as plan
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
