package plangate.policies.identity.unscoped_pass_role_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.unscoped_pass_role as policy

test_deny_any_role if {
	every resource in [
		"*", ["arn:aws:iam::111122223333:role/training", "*"],
		"arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:*", "arn:aws:iam::111122223333:role*",
	] {
		_given({"Action": "iam:PassRole", "Resource": resource}) == _denied
	}
	_given({"Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/admin"}) == _denied
}

test_deny_actions_that_cover_it if {
	every action in ["iam:*", "iam:Pass*", "*", ["iam:GetRole", "IAM:passrole"]] {
		_given({"Action": action, "Resource": "*"}) == _denied
	}
	_given({"NotAction": "s3:*", "Resource": "*"}) == _denied
}

test_deny_condition_that_binds_something_else if {
	_given({"Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}) == _denied
}

test_allow_bound if {
	every resource in ["arn:aws:iam::111122223333:role/training-*", "arn:aws:iam::111122223333:role/service-role/*"] {
		_given({"Action": "iam:PassRole", "Resource": resource}) == _passed
	}
	every key in ["iam:PassedToService", "iam:AssociatedResourceArn"] {
		_given({"Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {key: "sagemaker.amazonaws.com"}}}) == _passed
	}
}

test_deny_condition_that_lets_everything_through if {
	every condition in [
		{"StringLike": {"iam:PassedToService": "*"}}, {"StringLike": {"iam:PassedToService": ["sagemaker.amazonaws.com", "*.amazonaws.com"]}},
		{"StringNotEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}, {"Null": {"iam:PassedToService": "false"}},
		{"ArnLike": {"iam:AssociatedResourceArn": "*"}},
	] {
		_given({"Action": "iam:PassRole", "Resource": "*", "Condition": condition}) == _denied
	}
	_given({"Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEqualsIfExists": {"iam:PassedToService": "sagemaker.amazonaws.com"}}}) == _passed
}

test_allow_a_policy_that_is_only_a_boundary if {
	role := fixture.resource(
		"aws_iam_role.bounded", {"name": "bounded", "assume_role_policy": "{}"}, {"permissions_boundary": true},
		{"permissions_boundary": fixture.refers(["aws_iam_policy.this.arn"])},
	)
	_answers([role, _policy(_any)]) == _passed
	_answers([role, _attached, _held_by("sagemaker.amazonaws.com"), _policy(_any)]) == _denied
}

test_allow_one_condition_of_two_that_binds if {
	_given({"Action": "iam:PassRole", "Resource": "*", "Condition": {
		"StringLike": {"iam:PassedToService": "sagemaker.*"},
		"Null": {"iam:PassedToService": "false"},
		"Bool": {"aws:SecureTransport": "true"},
	}}) == _passed
}

test_allow_other_actions if {
	_given({"Action": ["iam:GetRole", "sagemaker:CreateTrainingJob"], "Resource": "*"}) == _passed
	_given({"NotAction": "iam:*", "Resource": "*"}) == _passed
	_given({"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}) == _passed
}

test_allow_taken_back if {
	_answers([_policy(json.marshal({"Statement": [
		{"Effect": "Allow", "Action": "*", "Resource": "*"},
		{"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"},
	]}))]) == _passed
	_answers([_policy(json.marshal({"Statement": [
		{"Effect": "Allow", "Action": "*", "Resource": "*"},
		{"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*"},
	]}))]) == _denied
	every denial in [
		{"Action": "iam:PassRole", "NotResource": "arn:aws:iam::*:role/training-*"},
		{"Action": "iam:PassRole", "Resource": "*", "Condition": {"StringNotEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}},
	] {
		_beside(denial) == _passed
	}
	every denial in [
		{"Action": "iam:PassRole", "Resource": "arn:aws:iam::*:role/admin"},
		{"Action": "iam:PassRole", "Resource": "*", "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}},
	] {
		_beside(denial) == _denied
	}
}

test_deny_roles_of_models if {
	_answers([_held_by("sagemaker.amazonaws.com"), _attached, _policy(_any)]) == _denied
}

test_deny_policies_about_models if {
	every action in ["sagemaker:CreateTrainingJob", "bedrock:CreateAgent"] {
		policy_about := _policy(json.marshal({"Statement": [
			{"Effect": "Allow", "Action": action, "Resource": "*"},
			{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
		]}))
		_answers([_held_by("lambda.amazonaws.com"), _attached, policy_about]) == {
			"deny": {["aws_iam_policy.this", ["policy", "Statement", 1]]},
			"undecided": set(),
		}
	}
}

test_allow_other_roles if {
	_answers([_held_by("lambda.amazonaws.com"), _attached, _policy(_any)]) == _passed
	_answers([_held_by("lambda.amazonaws.com"), _attached, _unknown("terraform_data.handoff.output")]) == _passed
}

test_allow_other_roles_beside_those_of_models if {
	other := fixture.known("aws_iam_role.other", {"assume_role_policy": json.marshal({"Statement": [{
		"Effect": "Allow",
		"Action": "sts:AssumeRole",
		"Principal": {"Service": "sagemaker.amazonaws.com"},
	}]})})
	_answers([_held_by("lambda.amazonaws.com"), other, _attached, _policy(_any)]) == _passed
}

test_deny_inline if {
	inline := fixture.resource(
		"aws_iam_role_policy.this", {"policy": _any}, {"role": true},
		{"role": fixture.refers(["aws_iam_role.this.id"])},
	)
	_answers([_held_by("sagemaker.amazonaws.com"), inline]) == {
		"deny": {["aws_iam_role_policy.this", ["policy", "Statement", 0]]},
		"undecided": set(),
	}
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_iam_policy.this", {"policy": _any})]) == _passed
}

test_undecided_policy_that_nobody_sees if {
	_answers([_unknown("terraform_data.handoff.output")]) == _open
	_answers([_unknown("aws_iam_role.training.arn")]) == _open
}

test_allow_policy_about_stores if {
	_answers([_unknown("aws_s3_bucket.models.arn")]) == _passed
}

test_document if {
	_made({"actions": ["iam:PassRole"], "resources": ["*"]}, {}, []) == _denied_document
	_made({"actions": ["iam:PassRole"], "resources": [null]}, {"resources": [true]}, ["aws_iam_role.training.arn"]) == _passed
	_made({"actions": ["iam:PassRole"], "resources": [null]}, {"resources": [true]}, ["terraform_data.x.output"]) == _open
	_made({"actions": ["s3:GetObject"], "resources": [null]}, {"resources": [true]}, ["terraform_data.x.output"]) == _passed
	_made({"actions": [null], "resources": ["*"]}, {"actions": [true]}, ["terraform_data.x.output"]) == _open
	_made({"actions": [null], "resources": ["arn:aws:s3:::a"]}, {"actions": [true]}, ["terraform_data.x.output"]) == _passed
	_made({"actions": ["iam:PassRole"], "not_resources": [null]}, {"not_resources": [true]}, ["terraform_data.x.output"]) == _open
}

test_document_with_conditions if {
	bound := {"actions": ["iam:PassRole"], "resources": ["*"], "condition": [{"variable": "iam:PassedToService"}]}
	_made(bound, {}, []) == _passed
	_made({"actions": ["iam:PassRole"], "resources": ["*"]}, {"condition": true}, []) == _passed
	_made(bound, {"resources": [true]}, ["terraform_data.x.output"]) == _passed
}

test_document_takes_back if {
	_answers([_unknown("data.aws_iam_policy_document.this.json"), fixture.resource(
		"data.aws_iam_policy_document.this",
		{"statement": [
			{"actions": ["iam:PassRole"], "resources": [null]},
			{"effect": "Deny", "actions": ["iam:PassRole"], "resources": ["*"]},
		]},
		{"json": true, "statement": [{"resources": [true]}]},
		{"statement": [{"resources": fixture.refers(["terraform_data.x.output"])}]},
	)]) == _passed
}

_any := json.marshal({"Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]})

_beside(denial) := _answers([_policy(json.marshal({"Statement": [
	{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
	object.union({"Effect": "Deny"}, denial),
]}))])

_policy(text) := fixture.known("aws_iam_policy.this", {"policy": text})

_given(statement) := _answers([_policy(json.marshal({"Statement": [object.union({"Effect": "Allow"}, statement)]}))])

_held_by(service) := fixture.known("aws_iam_role.this", {"name": "worker", "assume_role_policy": json.marshal({"Statement": [{
	"Effect": "Allow",
	"Action": "sts:AssumeRole",
	"Principal": {"Service": service},
}]})})

_attached := fixture.resource(
	"aws_iam_role_policy_attachment.this", {}, {"policy_arn": true, "role": true},
	{"policy_arn": fixture.refers(["aws_iam_policy.this.arn"]), "role": fixture.refers(["aws_iam_role.this.name"])},
)

_unknown(reference) := fixture.resource(
	"aws_iam_policy.this", {}, {"policy": true},
	{"policy": fixture.refers([reference])},
)

_made(block, unknown, references) := _answers([_unknown("data.aws_iam_policy_document.this.json"), fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": [block]}, {"json": true, "statement": [unknown]},
	{"statement": [{name: fixture.refers(references) | some name in ["actions", "resources", "not_resources"]}]},
)])

_denied := {"deny": {["aws_iam_policy.this", ["policy", "Statement", 0]]}, "undecided": set()}

_denied_document := {"deny": {["aws_iam_policy.this", ["policy"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_iam_policy.this", ["policy"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
