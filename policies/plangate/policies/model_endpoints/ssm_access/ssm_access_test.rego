package plangate.policies.model_endpoints.ssm_access_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.ssm_access as policy

test_deny_open_shell if {
	_answers([_variants([{"enable_ssm_access": true}])]) == _denied(0)
	_answers([_variants([{"enable_ssm_access": false}, {"enable_ssm_access": true}])]) == _denied(1)
}

test_allow_no_shell if {
	every variant in [{}, {"enable_ssm_access": null}, {"enable_ssm_access": false}, {"serverless_config": [{}]}] {
		_answers([_variants([variant])]) == _passed
	}
}

test_allow_shadow if {
	_answers([fixture.known(_address, {"shadow_production_variants": [{"enable_ssm_access": true}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"production_variants": [{"enable_ssm_access": true}]})]) == _passed
}

test_undecided_unknown_switch if {
	_answers([_unknown(["terraform_data.debug.output"])]) == {
		"deny": set(),
		"undecided": {[_address, ["production_variants", 0, "enable_ssm_access"]]},
	}
}

test_undecided_unknown_variants if {
	_answers([fixture.resource(_address, {}, {"production_variants": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["production_variants"]]},
	}
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with data.plangate.config as {"environment": "dev"}
		with input as fixture.plan([_variants([{"enable_ssm_access": true}])])
	severities == {"medium"}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_denied(i) := {"deny": {[_address, ["production_variants", i, "enable_ssm_access"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_variants(variants) := fixture.known(_address, {"production_variants": variants})

_unknown(references) := fixture.resource(
	_address,
	{"production_variants": [{}]},
	{"production_variants": [{"enable_ssm_access": true}]},
	{"production_variants": [{"enable_ssm_access": fixture.refers(references)}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
