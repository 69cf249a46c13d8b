package plangate.policies.mlops.public_model_registry_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.public_model_registry as policy

test_deny_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": [_root, "*"]}] {
		_answers([_written(principal, {})]) == _denied
	}
	_answers([_written("*", {"Bool": {"aws:SecureTransport": "true"}})]) == _denied
}

test_allow_accounts_and_organizations if {
	_answers([_written({"AWS": _root}, {})]) == _passed
	_answers([_written("*", {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"resource_policy": json.marshal({"Statement": [{"Effect": "Allow", "Principal": "*"}]})})]) == _passed
}

test_undecided_policy_from_elsewhere if {
	_answers([fixture.resource(
		_address, {},
		{"resource_policy": true},
		{"resource_policy": fixture.refers(["terraform_data.policy.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["resource_policy"]]}}
}

_address := "aws_sagemaker_model_package_group_policy.this"

_root := "arn:aws:iam::111122223333:root"

_denied := {"deny": {[_address, ["resource_policy", "Statement", 0]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_written(principal, condition) := fixture.known(_address, {"resource_policy": json.marshal({"Statement": [{
	"Effect": "Allow",
	"Principal": principal,
	"Action": "sagemaker:DescribeModelPackage",
	"Resource": "*",
	"Condition": condition,
}]})})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
