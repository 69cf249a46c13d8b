package plangate.policies.notebooks.domain_without_sso_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.domain_without_sso as policy

test_deny_iam if {
	_answers([fixture.known(_address, {"auth_mode": "IAM"})]) == {"deny": {[_address, ["auth_mode"]]}, "undecided": set()}
}

test_allow_sso if {
	_answers([fixture.known(_address, {"auth_mode": "SSO"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"auth_mode": true},
		{"auth_mode": fixture.refers(["terraform_data.handoff.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["auth_mode"]]}}
}

# The provider requires it, so this is no plan of Terraform's.
test_allow_what_no_plan_has if {
	_answers([fixture.known(_address, {})]) == _passed
	_answers([fixture.known(_address, {"auth_mode": null})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"auth_mode": "IAM"})]) == _passed
}

_address := "aws_sagemaker_domain.this"

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
