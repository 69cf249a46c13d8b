package plangate.policies.network.unthrottled_api_stage_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.network.unthrottled_api_stage as policy

test_deny_no_settings if {
	every settings in [[], null, [{}], [{"detailed_metrics_enabled": true, "throttling_rate_limit": null}]] {
		_answers([_stage({"default_route_settings": settings})]) == {"deny": {[_address, _rate], [_address, _burst]}, "undecided": set()}
	}
	_answers([_stage({})]) == {"deny": {[_address, _rate], [_address, _burst]}, "undecided": set()}
}

test_deny_one_of_two if {
	_answers([_stage({"default_route_settings": [{"throttling_rate_limit": 20}]})]) == {
		"deny": {[_address, _burst]},
		"undecided": set(),
	}
	_answers([_stage({"default_route_settings": [{"throttling_burst_limit": 20}]})]) == {
		"deny": {[_address, _rate]},
		"undecided": set(),
	}
}

test_deny_limits_of_one_route if {
	_answers([_stage({"route_settings": [{"throttling_rate_limit": 5, "throttling_burst_limit": 10}]})]) == {
		"deny": {[_address, _rate], [_address, _burst]},
		"undecided": set(),
	}
}

test_allow_limits if {
	_answers([_stage({"default_route_settings": [{"throttling_rate_limit": 0.5, "throttling_burst_limit": 5}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_limits if {
	_answers([fixture.resource(
		_address, {"default_route_settings": [{"throttling_burst_limit": 5}]},
		{"default_route_settings": [{"throttling_rate_limit": true}]},
		{"default_route_settings": [{"throttling_rate_limit": fixture.refers(["terraform_data.rate.output"])}]},
	)]) == {"deny": set(), "undecided": {[_address, _rate]}}
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"default_route_settings": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["default_route_settings"]]},
	}
}

_address := "aws_apigatewayv2_stage.this"

_rate := ["default_route_settings", 0, "throttling_rate_limit"]

_burst := ["default_route_settings", 0, "throttling_burst_limit"]

_stage(attributes) := fixture.known(_address, attributes)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
