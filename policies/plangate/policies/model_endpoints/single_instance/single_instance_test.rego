package plangate.policies.model_endpoints.single_instance_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.single_instance as policy

test_deny_one_instance if {
	_answers([_variants([{"initial_instance_count": 1}])]) == _denied([_initial(0)])
	_answers([_variants([{"initial_instance_count": 2}, {"initial_instance_count": 1}])]) == _denied([_initial(1)])
}

test_deny_no_count if {
	every variant in [{}, {"initial_instance_count": null}, {"initial_instance_count": null, "managed_instance_scaling": []}] {
		_answers([_variants([variant])]) == _denied([_initial(0)])
	}
}

test_deny_scaling_to_one if {
	every minimum in [0, 1] {
		_answers([_scaled(2, {"status": "ENABLED", "min_instance_count": minimum})]) == _denied([_minimum])
		_answers([_scaled(2, {"status": null, "min_instance_count": minimum})]) == _denied([_minimum])
	}
}

test_deny_one_instance_where_scaling_does_not_say if {
	every scaling in [
		{"status": "ENABLED"},
		{"status": "ENABLED", "min_instance_count": null},
		{"status": "DISABLED", "min_instance_count": 2},
	] {
		_answers([_scaled(1, scaling)]) == _denied([_initial(0)])
	}
}

test_allow_two_instances if {
	every count_ in [2, 7] {
		_answers([_variants([{"initial_instance_count": count_}])]) == _passed
		_answers([_scaled(count_, {"status": "ENABLED"})]) == _passed
		_answers([_scaled(count_, {"status": "DISABLED", "min_instance_count": 1})]) == _passed
		_answers([_scaled(null, {"status": "ENABLED", "min_instance_count": count_})]) == _passed
	}
}

test_allow_serverless if {
	_answers([_variants([{"serverless_config": [{"max_concurrency": 5}]}])]) == _passed
}

test_allow_shadows if {
	_answers([fixture.known(_address, {"shadow_production_variants": [{"initial_instance_count": 1}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"production_variants": [{"initial_instance_count": 1}]})]) == _passed
}

test_allow_elsewhere_than_in_prod if {
	every environment in ["dev", "stage"] {
		answers := _answers([_variants([{"initial_instance_count": 1}])]) with data.plangate.config as {"environment": environment}
		answers == _passed
	}
}

test_undecided_unknown_count if {
	_answers([_unknown({}, {"initial_instance_count": true})]) == _open([_initial(0)])
}

test_undecided_unknown_minimum if {
	_answers([_unknown(
		{"initial_instance_count": 2, "managed_instance_scaling": [{"status": "ENABLED"}]},
		{"managed_instance_scaling": [{"min_instance_count": true}]},
	)]) == _open([_minimum])
	_answers([_unknown(
		{"initial_instance_count": 2},
		{"managed_instance_scaling": true},
	)]) == _open([_minimum])
}

test_undecided_whether_scaling_is_on if {
	_answers([_unknown_status(2, 1)]) == _open([_minimum])
	_answers([_unknown_status(1, 2)]) == _open([_initial(0)])
	_answers([_unknown_status(2, 2)]) == _passed
	_answers([_unknown_status(1, 1)]) == _denied([_initial(0), _minimum])
}

test_undecided_whether_it_is_serverless if {
	_answers([_unknown({}, {"serverless_config": true})]) == _open([_initial(0)])
	_answers([_unknown({"initial_instance_count": 1}, {"serverless_config": true})]) == _denied([_initial(0)])
}

test_undecided_unknown_variants if {
	_answers([fixture.resource(_address, {}, {"production_variants": true}, {})]) == _open([["production_variants"]])
}

_address := "aws_sagemaker_endpoint_configuration.this"

_initial(i) := ["production_variants", i, "initial_instance_count"]

_minimum := ["production_variants", 0, "managed_instance_scaling", 0, "min_instance_count"]

_denied(paths) := {"deny": {[_address, path] | some path in paths}, "undecided": set()}

_open(paths) := {"deny": set(), "undecided": {[_address, path] | some path in paths}}

_passed := {"deny": set(), "undecided": set()}

_variants(variants) := fixture.known(_address, {"production_variants": variants})

_scaled(initial, scaling) := _variants([{"initial_instance_count": initial, "managed_instance_scaling": [scaling]}])

# Written by a dynamic block, as far as the configuration goes.
_unknown(after, unknown) := fixture.resource(
	_address,
	{"production_variants": [after]},
	{"production_variants": [unknown]},
	{},
)

_unknown_status(initial, minimum) := _unknown(
	{"initial_instance_count": initial, "managed_instance_scaling": [{"min_instance_count": minimum}]},
	{"managed_instance_scaling": [{"status": true}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
