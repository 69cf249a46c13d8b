package plangate.policies.notebooks.canvas_direct_deploy_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.canvas_direct_deploy as policy

test_deny_enabled if {
	_answers([_domain("ENABLED")]) == {"deny": {[_address, _at]}, "undecided": set()}
}

test_deny_user_profile if {
	_answers([fixture.known("aws_sagemaker_user_profile.this", {"user_settings": [_canvas({"status": "ENABLED"})]})]) == {
		"deny": {["aws_sagemaker_user_profile.this", array.concat(["user_settings"], array.slice(_at, 1, 7))]},
		"undecided": set(),
	}
}

test_allow_disabled_or_nothing_said if {
	every status in ["DISABLED", null] {
		_answers([_domain(status)]) == _passed
	}
	every settings in [[], [{}], [{"canvas_app_settings": []}], [{"canvas_app_settings": [{"direct_deploy_settings": []}]}]] {
		_answers([fixture.known(_address, {"default_user_settings": settings})]) == _passed
	}
}

test_undecided_unknown if {
	_answers([_unknown(
		_canvas({"status": true}),
		_canvas({"status": fixture.refers(["terraform_data.handoff.output"])}),
	)]) == _open
}

test_undecided_dynamic_block if {
	_answers([_unknown({"canvas_app_settings": true}, {})]) == _open
	_answers([_unknown({"canvas_app_settings": [{"direct_deploy_settings": true}]}, {"canvas_app_settings": [{}]})]) == _open
}

test_allow_outside_production if {
	every environment in ["dev", "stage"] {
		resources := [_domain("ENABLED"), fixture.resource("aws_sagemaker_domain.open", {}, {"default_user_settings": true}, {})]
		answers := _answers(resources) with data.plangate.config as {"environment": environment}
		answers == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

_address := "aws_sagemaker_domain.this"

_at := ["default_user_settings", 0, "canvas_app_settings", 0, "direct_deploy_settings", 0, "status"]

_open := {"deny": set(), "undecided": {[_address, _at]}}

_canvas(settings) := {"canvas_app_settings": [{"direct_deploy_settings": [settings]}]}

_domain(status) := fixture.known(_address, {"default_user_settings": [_canvas({"status": status})]})

_unknown(unknown, expressions) := fixture.resource(
	_address, {"default_user_settings": [_canvas({})]},
	{"default_user_settings": [unknown]},
	{"default_user_settings": [expressions]},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
