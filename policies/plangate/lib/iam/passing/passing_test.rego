package plangate.lib.iam.passing_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.passing

test_policies_that_nobody_holds if {
	_concerned([_policy("own", ["iam:PassRole"])]) == {"aws_iam_policy.own"}
	_concerned([_policy("own", ["iam:PassRole"]), _bounded("own")]) == set()
}

test_policies_of_roles_of_models if {
	_concerned([_role("sagemaker.amazonaws.com"), _inline(["iam:PassRole"])]) == {"aws_iam_role_policy.this"}
	_concerned([_role("lambda.amazonaws.com"), _inline(["iam:PassRole"])]) == set()
}

test_policies_about_models if {
	every action in ["sagemaker:CreateTrainingJob", "SageMaker:*", "bedrock:InvokeModel", "bedrock-agentcore:*"] {
		_concerned([_role("lambda.amazonaws.com"), _inline(["iam:PassRole", action])]) == {"aws_iam_role_policy.this"}
	}
	every action in ["s3:GetObject", "*", "s3:sagemaker", "iam:bedrock*"] {
		_concerned([_role("lambda.amazonaws.com"), _inline(["iam:PassRole", action])]) == set()
	}
	not passing.of_models(_held(
		{"aws_iam_role.this"},
		"aws_iam_policy.own", ["iam:PassRole"],
	)) with input as fixture.plan([_bounded("own")])
	not passing.of_models(_held(
		set(),
		"aws_iam_policy.own", ["sagemaker:*"],
	)) with input as fixture.plan([_bounded("own"), _policy("own", ["sagemaker:*"])])
}

test_any_role if {
	every resource in [
		"*", "**", "arn:aws:*", "arn:aws-cn:**", "arn:*:iam:*", "arn:aws:*:*", "arn:aws:iam::*", "arn:aws:iam::*:*", "arn:aws:iam::111122223333:*",
		"arn:aws:*::111122223333:*", "arn:aws:iam::111122223333:role*", "arn:aws:iam::111122223333:role/*", "arn:aws:iam:::role/**",
	] {
		passing.any_role({"resources": ["arn:aws:iam::111122223333:role/a", resource], "not_resources": []})
	}
	every resource in [
		"", "?", "a*", "*a", "arn:*", "xarn:aws:*", "arn:aws:s3:*", "arn:aws:iam::111122223333:role/a*", "arn:aws:iam::111122223333:role/a/*",
		"arn:aws:iam::111122223333:role/*/a", "arn:aws:iam::111122223333:role", "arn:aws:iam::111122223333:role/", "arn:aws:iam::111122223333:user/*",
	] {
		not passing.any_role({"resources": [resource], "not_resources": []})
	}
	passing.any_role({"resources": [], "not_resources": ["a"]})
	not passing.any_role({"resources": [], "not_resources": []})
}

test_may_be_any_role if {
	every case in [
		[["*"], [], set(), true], [[], ["a"], set(), true], [["a"], [], {"resources"}, true], [["a"], [], {"not_resources"}, true],
		[["a"], [], set(), false], [["a"], [], {"actions", "not_actions"}, false],
	] {
		_may_be(case[0], case[1], case[2]) == case[3]
	}
}

test_unbound if {
	every conditions in [
		[], [_condition("stringlike", "iam:passedtoservice", ["*"])], [_condition("stringequals", "aws:resourcetag/team", ["ml"])],
		[_condition("stringlike", "iam:passedtoservice", ["*"]), _condition("stringnotequals", "iam:associatedresourcearn", ["a"])],
	] {
		passing.unbound({"conditions": conditions})
	}
	every conditions in [
		[_condition("stringequals", "iam:passedtoservice", ["ec2.amazonaws.com"])], [_condition("arnlike", "iam:associatedresourcearn", ["arn:aws:ec2:*:1:a"])],
		[_condition("stringlike", "iam:passedtoservice", ["*"]), _condition("stringequals", "iam:passedtoservice", ["a"])],
		[_condition("stringequals", "iam:passedtoservice", ["a"]), _condition("bool", "aws:securetransport", ["true"])],
	] {
		not passing.unbound({"conditions": conditions})
	}
	document := fixture.resource("data.aws_iam_policy_document.this", {"statement": [{}]}, {"statement": [{"condition": true}]}, {})
	not passing.unbound({"conditions": [], "source": document.change, "at": ["statement", 0]})
}

_condition(operator, key, values) := {"operator": operator, "key": key, "values": values, "unclear": false}

_may_be(resources, not_resources, open) if {
	passing.may_be_any_role({"resources": resources, "not_resources": not_resources, "open": open})
} else := false

_held(roles, address, actions) := {"roles": roles, "policy": {"address": address}, "statements": [{"actions": actions}]}

_text(statement) := json.marshal({"Statement": [object.union({"Effect": "Allow"}, statement)]})

_policy(name, actions) := fixture.known(
	concat(".", ["aws_iam_policy", name]),
	{"name": name, "policy": _text({"Action": actions, "Resource": "*"})},
)

_role(service) := fixture.known(
	"aws_iam_role.this",
	{"name": "worker", "assume_role_policy": _text({"Action": "sts:AssumeRole", "Principal": {"Service": service}})},
)

_bounded(name) := fixture.known(
	"aws_iam_role.bounded",
	{"assume_role_policy": "{}", "permissions_boundary": concat("", ["arn:aws:iam::111122223333:policy/", name])},
)

_inline(actions) := fixture.resource(
	"aws_iam_role_policy.this", {"policy": _text({"Action": actions, "Resource": "*"})}, {"role": true},
	{"role": fixture.refers(["aws_iam_role.this.id"])},
)

_concerned(resources) := found if {
	found := {held.policy.address | some held in passing.concerned} with input as fixture.plan(resources)
}
