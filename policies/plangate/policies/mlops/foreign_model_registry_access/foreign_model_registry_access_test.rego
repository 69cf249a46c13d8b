package plangate.policies.mlops.foreign_model_registry_access_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.foreign_model_registry_access as policy

test_inactive_without_a_list if {
	_answers([_written(["999999999999"])]) == _passed
	_answers([_unknown]) == _passed
}

test_deny_other_accounts if {
	every name in ["999999999999", "arn:aws:iam::999999999999:root", "arn:aws:iam::999999999999:role/deploy"] {
		_answers_with(["1111*"], [_written(["111122223333", name])]) == _denied
		_answers_with([], [_written([name])]) == _denied
	}
}

test_allow_approved_accounts if {
	_answers_with(["1111*", "999999999999"], [_written(["111122223333", "arn:aws:iam::999999999999:root"])]) == _passed
}

test_allow_deleted if {
	_answers_with([], [fixture.deleted(_address, {"resource_policy": json.marshal(_document(["999999999999"]))})]) == _passed
}

test_undecided_policy_from_elsewhere if {
	_answers_with([], [_unknown]) == {"deny": set(), "undecided": {[_address, ["resource_policy"]]}}
}

_address := "aws_sagemaker_model_package_group_policy.this"

_denied := {"deny": {[_address, ["resource_policy", "Statement", 0]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_document(names) := {"Statement": [{"Effect": "Allow", "Principal": {"AWS": names}, "Action": "sagemaker:CreateModel", "Resource": "*"}]}

_written(names) := fixture.known(_address, {"resource_policy": json.marshal(_document(names))})

_unknown := fixture.resource(
	_address, {},
	{"resource_policy": true},
	{"resource_policy": fixture.refers(["terraform_data.policy.output"])},
)

_answers_with(accounts, resources) := answers if {
	answers := _answers(resources) with data.plangate.config as {"parameters": {"SM-036": {"approved_accounts": accounts}}}
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
