package plangate.policies.model_endpoints.unapproved_instance_type_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unapproved_instance_type as policy

test_deny_other_type if {
	every type in ["ml.p5.48xlarge", "ml.m5.xlarge2", "ml.m5.2xlarge", "xml.m5.xlarge"] {
		_answers([_variants([{"instance_type": type}])]) == _denied(0)
	}
	_answers([_variants([{"instance_type": "ml.m5.xlarge"}, {"instance_type": "ml.p5.48xlarge"}])]) == _denied(1)
}

test_deny_everything_where_the_list_is_empty if {
	_answers_with({"SM-009": {"approved_instance_types": []}}, [_variants([{"instance_type": "ml.m5.xlarge"}])]) == _denied(0)
}

test_allow_approved_type if {
	every type in ["ml.m5.xlarge", "ml.g5.xlarge", "ml.g5.12xlarge"] {
		_answers([_variants([{"instance_type": type}])]) == _passed
	}
}

test_allow_serverless if {
	every variant in [{}, {"instance_type": null}, {"serverless_config": [{"max_concurrency": 5}]}] {
		_answers([_variants([variant])]) == _passed
	}
}

test_allow_shadow if {
	_answers([fixture.known(_address, {"shadow_production_variants": [{"instance_type": "ml.p5.48xlarge"}]})]) == _passed
}

test_allow_everything_where_no_list_is_given if {
	_answers_with({}, [_variants([{"instance_type": "ml.p5.48xlarge"}]), _unknown, _unseen]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"production_variants": [{"instance_type": "ml.p5.48xlarge"}]})]) == _passed
}

test_undecided_unknown_type if {
	_answers([_unknown]) == {
		"deny": set(),
		"undecided": {[_address, ["production_variants", 0, "instance_type"]]},
	}
}

test_undecided_unknown_variants if {
	_answers([_unseen]) == {"deny": set(), "undecided": {[_address, ["production_variants"]]}}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_denied(i) := {"deny": {[_address, ["production_variants", i, "instance_type"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_variants(variants) := fixture.known(_address, {"production_variants": variants})

_unknown := fixture.resource(
	_address,
	{"production_variants": [{}]},
	{"production_variants": [{"instance_type": true}]},
	{"production_variants": [{"instance_type": fixture.refers(["terraform_data.type.output"])}]},
)

_unseen := fixture.resource(_address, {}, {"production_variants": true}, {})

_answers(resources) := _answers_with({"SM-009": {"approved_instance_types": ["ml.m5.xlarge", "ml.g5.*"]}}, resources)

_answers_with(parameters, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": parameters}
}
