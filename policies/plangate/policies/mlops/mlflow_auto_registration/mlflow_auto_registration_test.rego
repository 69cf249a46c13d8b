package plangate.policies.mlops.mlflow_auto_registration_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.mlflow_auto_registration as policy

test_deny_on if {
	_answers([fixture.known(_address, {"automatic_model_registration": true})]) == {
		"deny": {[_address, ["automatic_model_registration"]]},
		"undecided": set(),
	}
}

test_allow_off if {
	every off in [false, null] {
		_answers([fixture.known(_address, {"automatic_model_registration": off})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"automatic_model_registration": true})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {},
		{"automatic_model_registration": true},
		{"automatic_model_registration": fixture.refers(["terraform_data.switch.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["automatic_model_registration"]]}}
}

_address := "aws_sagemaker_mlflow_tracking_server.this"

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
