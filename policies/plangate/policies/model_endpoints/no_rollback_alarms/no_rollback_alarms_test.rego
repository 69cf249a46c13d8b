package plangate.policies.model_endpoints.no_rollback_alarms_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.no_rollback_alarms as policy

test_deny_no_alarms if {
	every blocks in [
		null, [],
		[{}],
		[{"auto_rollback_configuration": []}],
		[{"auto_rollback_configuration": [{}]}],
		[{"auto_rollback_configuration": [{"alarms": []}]}],
		[{"auto_rollback_configuration": [{"alarms": null}]}],
		[{"auto_rollback_configuration": [{"alarms": [{"alarm_name": ""}]}]}],
		[{"blue_green_update_policy": [{"termination_wait_in_seconds": 300}]}],
	] {
		_answers([fixture.known(_address, {"deployment_config": blocks})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_allow_alarms if {
	every alarms in [[{"alarm_name": "errors"}], [{"alarm_name": ""}, {"alarm_name": "errors"}]] {
		_answers([fixture.known(_address, {"deployment_config": [{"auto_rollback_configuration": [{"alarms": alarms}]}]})]) == _passed
	}
}

test_allow_alarms_of_this_plan if {
	every type in ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"] {
		every alarms in [true, [{"alarm_name": true}]] {
			_answers([_unknown(alarms, [{"alarm_name": fixture.refers([concat(".", [type, "errors", "alarm_name"])])}])]) == _passed
		}
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_unknown_alarms if {
	every alarms in [true, [{"alarm_name": true}]] {
		_answers([_unknown(alarms, [{"alarm_name": fixture.refers(["terraform_data.alarm.output"])}])]) == _open
		_answers([_unknown(alarms, [])]) == _open
	}
}

test_undecided_unknown_blocks if {
	_answers([fixture.resource(_address, {}, {"deployment_config": true}, {})]) == _open
	_answers([fixture.resource(
		_address,
		{"deployment_config": [{}]},
		{"deployment_config": [{"auto_rollback_configuration": true}]},
		{},
	)]) == _open
}

test_allow_known_alarm_beside_an_unknown_one if {
	_answers([fixture.resource(
		_address,
		{"deployment_config": [{"auto_rollback_configuration": [{"alarms": [{}, {"alarm_name": "errors"}]}]}]},
		{"deployment_config": [{"auto_rollback_configuration": [{"alarms": [{"alarm_name": true}, {}]}]}]},
		{},
	)]) == _passed
}

_address := "aws_sagemaker_endpoint.this"

_path := ["deployment_config", 0, "auto_rollback_configuration", 0, "alarms"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_unknown(alarms, expressions) := fixture.resource(
	_address,
	{"deployment_config": [{"auto_rollback_configuration": [{}]}]},
	{"deployment_config": [{"auto_rollback_configuration": [{"alarms": alarms}]}]},
	{"deployment_config": [{"auto_rollback_configuration": [{"alarms": expressions}]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
