package plangate.policies.model_endpoints.unsafe_shadow_variant_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unsafe_shadow_variant as policy

test_deny_each_fault if {
	_answers([_shadow({"enable_ssm_access": true})]) == _denied([["enable_ssm_access"]])
	_answers([_shadow({"core_dump_config": [{"kms_key_id": ""}]})]) == _denied([_key])
	_answers([_shadow({"instance_type": "ml.p5.48xlarge"})]) == _denied([["instance_type"]])
	_answers([_shadow({
		"enable_ssm_access": true,
		"core_dump_config": [{"kms_key_id": "alias/aws/s3"}],
		"instance_type": "ml.p5.48xlarge",
	})]) == _denied([["enable_ssm_access"], _key, ["instance_type"]])
}

test_allow_plain_shadow if {
	every shadow in [
		{},
		{"enable_ssm_access": false, "core_dump_config": [], "instance_type": "ml.m5.xlarge"},
		{"core_dump_config": [{"kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/1111"}]},
	] {
		_answers([_shadow(shadow)]) == _passed
	}
}

test_allow_production_variants if {
	_answers([fixture.known(_address, {
		"production_variants": [{"enable_ssm_access": true, "core_dump_config": [{}], "instance_type": "ml.p5.48xlarge"}],
		"shadow_production_variants": [],
	})]) == _passed
}

test_allow_any_type_where_no_list_is_given if {
	every parameters in [{}, {"SM-010": {"approved_instance_types": []}}] {
		_answers_with(parameters, [_shadow({"instance_type": "ml.p5.48xlarge"})]) == _passed
		_answers_with(parameters, [_shadow({"enable_ssm_access": true})]) == _denied([["enable_ssm_access"]])
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"shadow_production_variants": [{"enable_ssm_access": true}]})]) == _passed
}

test_undecided_each_doubt if {
	_answers([_unknown("enable_ssm_access", {"enable_ssm_access": true})]) == _open([["enable_ssm_access"]])
	_answers([_unknown("core_dump_config", {"core_dump_config": true})]) == _open([["core_dump_config"]])
	_answers([_unknown("instance_type", {"instance_type": true})]) == _open([["instance_type"]])
}

test_undecided_unknown_variants if {
	every parameters in [{}, _parameters] {
		_answers_with(parameters, [fixture.resource(_address, {}, {"shadow_production_variants": true}, {})]) == {
			"deny": set(),
			"undecided": {[_address, ["shadow_production_variants"]]},
		}
	}
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with data.plangate.config as {"environment": "dev"}
		with input as fixture.plan([_shadow({"enable_ssm_access": true})])
	severities == {"low"}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_key := ["core_dump_config", 0, "kms_key_id"]

_at(path) := array.concat(["shadow_production_variants", 0], path)

_denied(paths) := {"deny": {[_address, _at(path)] | some path in paths}, "undecided": set()}

_open(paths) := {"deny": set(), "undecided": {[_address, _at(path)] | some path in paths}}

_passed := {"deny": set(), "undecided": set()}

_shadow(variant) := fixture.known(_address, {"shadow_production_variants": [variant]})

_unknown(name, unknown) := fixture.resource(
	_address,
	{"shadow_production_variants": [{}]},
	{"shadow_production_variants": [unknown]},
	{"shadow_production_variants": [{name: fixture.refers(["terraform_data.a.output"])}]},
)

_parameters := {"SM-010": {"approved_instance_types": ["ml.m5.xlarge"]}}

_answers(resources) := _answers_with(_parameters, resources)

_answers_with(parameters, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": parameters}
}
