package plangate.policies.notebooks.retired_platform_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.retired_platform as policy

test_deny_retired if {
	every platform in ["notebook-al1-v1", "notebook-al2-v1", "notebook-al2-v2", "notebook-al2-v3"] {
		_answers([_with(platform)]) == {"deny": {[_address, ["platform_identifier"]]}, "undecided": set()}
	}
}

test_allow_supported if {
	_answers([_with("notebook-al2023-v1")]) == _passed
}

test_allow_default_of_aws if {
	_answers([fixture.known(_address, {})]) == _passed
	_answers([_with(null)]) == _passed
	_answers([fixture.resource(_address, {}, {"platform_identifier": true}, {})]) == _passed
	_answers([fixture.resource(
		_address, {}, {"platform_identifier": true},
		{"platform_identifier": {"constant_value": null}},
	)]) == _passed
}

test_platforms_can_be_set_by_alias if {
	given := {"parameters": {"SM-024": {"supported_platforms": ["notebook-al2-v3", "notebook-al2023-*"]}}}
	every platform in ["notebook-al2-v3", "notebook-al2023-v2"] {
		answers := _answers([_with(platform)]) with data.plangate.config as given
		answers == _passed
	}
	other := _answers([_with("notebook-al2-v2")]) with data.plangate.config as given
	count(other.deny) == 1
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"platform_identifier": true},
		{"platform_identifier": fixture.refers(["terraform_data.handoff.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["platform_identifier"]]}}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"platform_identifier": "notebook-al1-v1"})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_with("notebook-al1-v1")])
		with data.plangate.config as {"environment": "dev"}
	severities == {"low"}
}

_address := "aws_sagemaker_notebook_instance.this"

_with(platform) := fixture.known(_address, {"platform_identifier": platform})

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
