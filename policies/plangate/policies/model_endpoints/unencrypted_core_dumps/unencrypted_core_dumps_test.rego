package plangate.policies.model_endpoints.unencrypted_core_dumps_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unencrypted_core_dumps as policy

test_deny_no_customer_key if {
	every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		_answers([_variants([_dump({"kms_key_id": key})])]) == _denied(0)
	}
	_answers([_variants([{}, _dump({})])]) == _denied(1)
}

test_deny_volume_key_only if {
	_answers([fixture.known(_address, {"kms_key_arn": _customer, "production_variants": [_dump({})]})]) == _denied(0)
}

test_allow_customer_key if {
	_answers([_variants([_dump({"kms_key_id": _customer})])]) == _passed
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_no_dumps if {
	every variant in [{}, {"core_dump_config": []}, {"core_dump_config": null}] {
		_answers([_variants([variant])]) == _passed
	}
}

test_allow_shadow if {
	_answers([fixture.known(_address, {"shadow_production_variants": [_dump({})]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"production_variants": [_dump({})]})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["terraform_data.key.output"])]) == _open(_key(0))
}

test_undecided_unknown_blocks if {
	_answers([fixture.resource(_address, {}, {"production_variants": true}, {})]) == _open(["production_variants"])
	_answers([fixture.resource(
		_address,
		{"production_variants": [{}]},
		{"production_variants": [{"core_dump_config": true}]},
		{"production_variants": [{}]},
	)]) == _open(["production_variants", 0, "core_dump_config"])
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with data.plangate.config as {"environment": "dev"}
		with input as fixture.plan([_variants([_dump({})])])
	severities == {"low"}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_customer := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_key(i) := ["production_variants", i, "core_dump_config", 0, "kms_key_id"]

_denied(i) := {"deny": {[_address, _key(i)]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_variants(variants) := fixture.known(_address, {"production_variants": variants})

_dump(attributes) := {"core_dump_config": [object.union({"destination_s3_uri": "s3://acme-dumps/"}, attributes)]}

_unknown(references) := fixture.resource(
	_address,
	{"production_variants": [_dump({})]},
	{"production_variants": [{"core_dump_config": [{"kms_key_id": true}]}]},
	{"production_variants": [{"core_dump_config": [{"kms_key_id": fixture.refers(references)}]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
