package plangate.policies.notebooks.direct_internet_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.direct_internet as policy

test_deny_default_and_anything_else if {
	_answers([fixture.known(_address, {})]) == _denied
	every value in [null, "", "Enabled"] {
		_answers([_with(value)]) == _denied
	}
}

test_deny_computed_but_not_set if {
	_answers([fixture.resource(_address, {}, {"direct_internet_access": true}, {})]) == _denied
}

test_allow if {
	_answers([_with("Disabled")]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"direct_internet_access": true},
		{"direct_internet_access": fixture.refers(["terraform_data.handoff.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["direct_internet_access"]]}}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_with(null)])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_sagemaker_notebook_instance.this"

_with(value) := fixture.known(_address, {"direct_internet_access": value})

_denied := {"deny": {[_address, ["direct_internet_access"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
