package plangate.policies.notebooks.untraced_identity_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.untraced_identity as policy

test_deny_not_set if {
	_answers([fixture.known(_address, {})]) == _denied
	every settings in [
		null, [], [{}], [{"execution_role_identity_config": null}],
		[{"execution_role_identity_config": ""}], [{"execution_role_identity_config": "DISABLED"}],
	] {
		_answers([fixture.known(_address, {"domain_settings": settings})]) == _denied
	}
}

test_allow_profile_name if {
	_answers([fixture.known(
		_address,
		{"domain_settings": [{"execution_role_identity_config": "USER_PROFILE_NAME"}]},
	)]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {"domain_settings": [{}]}, {"domain_settings": [{"execution_role_identity_config": true}]},
		{"domain_settings": [{"execution_role_identity_config": fixture.refers(["terraform_data.handoff.output"])}]},
	)]) == _open
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"domain_settings": true}, {})]) == _open
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

_address := "aws_sagemaker_domain.this"

_at := ["domain_settings", 0, "execution_role_identity_config"]

_denied := {"deny": {[_address, _at]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _at]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
