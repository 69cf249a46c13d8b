package plangate.policies.model_endpoints.unencrypted_async_output_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unencrypted_async_output as policy

test_deny_no_customer_key if {
	every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		_answers([_output({"kms_key_id": key})]) == _denied
	}
	_answers([_output({})]) == _denied
}

test_deny_volume_key_only if {
	_answers([fixture.known(_address, {
		"kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1111",
		"async_inference_config": [{"output_config": [{"s3_output_path": "s3://acme-async/"}]}],
	})]) == _denied
}

test_allow_customer_key if {
	_answers([_output({"kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/1111"})]) == _passed
	_answers([_key(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_not_asynchronous if {
	every blocks in [null, []] {
		_answers([fixture.known(_address, {"async_inference_config": blocks})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"async_inference_config": [{"output_config": [{}]}]})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_key(["terraform_data.key.output"])]) == _open(_path)
	_answers([_key(["aws_kms_key.this.arn", "local.key"])]) == _open(_path)
}

test_undecided_unknown_blocks if {
	_answers([fixture.resource(_address, {}, {"async_inference_config": true}, {})]) == _open(["async_inference_config"])
	_answers([fixture.resource(
		_address,
		{"async_inference_config": [{}]},
		{"async_inference_config": [{"output_config": true}]},
		{},
	)]) == _open(["async_inference_config", 0, "output_config"])
}

test_deny_input_of_a_module_that_is_null if {
	_module({"constant_value": null}) == {["module.m.aws_sagemaker_endpoint_configuration.this", _path]}
	_module(fixture.refers(["aws_kms_key.this.arn"])) == set()
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_output({})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_path := ["async_inference_config", 0, "output_config", 0, "kms_key_id"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_output(attributes) := fixture.known(_address, {"async_inference_config": [{"output_config": [attributes]}]})

_key(references) := fixture.resource(
	_address,
	{"async_inference_config": [{"output_config": [{}]}]},
	{"async_inference_config": [{"output_config": [{"kms_key_id": true}]}]},
	{"async_inference_config": [{"output_config": [{"kms_key_id": fixture.refers(references)}]}]},
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
