package plangate.policies.model_stores.public_image_repository_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.public_image_repository as policy

test_deny_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": [_root, "*"]}] {
		_answers([_written(principal, {})]) == _denied
	}
	_answers([_written("*", {"StringLike": {"aws:PrincipalOrgID": "*"}})]) == _denied
}

test_allow_accounts_and_organizations if {
	_answers([_written({"AWS": _root}, {})]) == _passed
	_answers([_written({"Service": "sagemaker.amazonaws.com"}, {})]) == _passed
	_answers([_written("*", {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"policy": json.marshal({"Statement": [{"Effect": "Allow", "Principal": "*"}]})})]) == _passed
}

test_undecided_policy_from_elsewhere if {
	_answers([fixture.resource(
		_address, {},
		{"policy": true},
		{"policy": fixture.refers(["terraform_data.policy.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["policy"]]}}
}

_address := "aws_ecr_repository_policy.this"

_root := "arn:aws:iam::111122223333:root"

_denied := {"deny": {[_address, ["policy", "Statement", 0]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_written(principal, condition) := fixture.known(_address, {"policy": json.marshal({"Statement": [{
	"Effect": "Allow",
	"Principal": principal,
	"Action": "ecr:BatchGetImage",
	"Condition": condition,
}]})})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
