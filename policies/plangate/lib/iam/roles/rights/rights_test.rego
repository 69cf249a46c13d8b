package plangate.lib.iam.roles.rights_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.roles.rights

test_administrators if {
	every resources in [
		[_attached("own", "arn:aws:iam::aws:policy/AdministratorAccess")],
		[_holding("arn:aws:iam::aws:policy/PowerUserAccess")],
		[_allows("own", _grant(["*"], ["*"]))],
		[_allows("own", _grant(["s3:GetObject", "*"], ["arn:aws:s3:::a/*", "*"]))],
	] {
		_administrators(resources) == {"aws_iam_role.own"}
	}
	every resources in [
		[],
		[_attached("own", "arn:aws:iam::aws:policy/AmazonSageMakerReadOnly")],
		[_allows("own", _grant(["s3:*"], ["*"]))],
		[_allows("own", _grant(["*"], ["arn:aws:s3:::a/*"]))],
	] {
		_administrators(resources) == set()
	}
}

test_more if {
	every pair in [
		[_grant(["s3:PutObject"], ["*"]), _grant(["s3:GetObject"], ["*"])],
		[_grant(["s3:*"], ["*"]), _grant(["s3:Get*"], ["*"])],
		[_grant(["s3:GetObject"], ["*"]), _grant(["s3:GetObject"], ["arn:aws:s3:::a/*"])],
		[_grant(["s3:GetObject", "iam:PassRole"], ["*"]), _grant(["s3:*"], ["*"])],
		[_all_but("iam:*"), _grant(["s3:*"], ["*"])],
		[_grant(["*"], ["*"]), _grant(["s3:*", "sagemaker:*"], ["*"])],
	] {
		_compared([_allows("own", pair[0]), _allows("base", pair[1])]) == "fail"
	}
}

test_less_or_the_same if {
	every pair in [
		[_grant(["s3:GetObject"], ["*"]), _grant(["s3:GetObject"], ["*"])],
		[_grant(["s3:GetObject"], ["arn:aws:s3:::a/*"]), _grant(["s3:GetObject"], ["*"])],
		[_grant(["s3:GetObject"], ["arn:aws:s3:::a/*"]), _grant(["S3:get*"], ["arn:aws:s3:::b/*"])],
		[_grant(["s3:Get*"], ["*"]), _grant(["s3:*"], ["*"])],
		[_grant(["*"], ["*"]), _grant(["*"], ["*"])],
	] {
		_compared([_allows("own", pair[0]), _allows("base", pair[1])]) == "pass"
	}
	_compared([_allows("base", _grant(["*"], ["*"]))]) == "pass"
}

test_managed_policies if {
	read := "arn:aws:iam::aws:policy/AmazonSageMakerReadOnly"
	write := "arn:aws:iam::aws:policy/AmazonS3FullAccess"
	_compared([_attached("own", read), _attached("base", read)]) == "pass"
	_compared([_attached("own", write), _attached("base", read)]) == "fail"
	_compared([_holding(write), _attached("base", read)]) == "fail"
	_compared([_attached("own", "arn:aws:iam::aws:policy/AdministratorAccess"), _attached("base", read)]) == "fail"
	_compared([_attached("own", read)]) == "pass"
}

test_nothing_shown if {
	_compared([]) == "fail"
	_compared([_allows("base", _grant(["s3:*"], ["*"]))]) == "fail"
}

test_nothing_to_compare_with if {
	_compared([_allows("own", _grant(["s3:GetObject"], ["*"]))]) == "pass"
	_compared([_allows("own", _grant(["s3:*"], ["arn:aws:s3:::a", "arn:aws:s3:::a/*"]))]) == "pass"
	_compared([_allows("own", _grant(["sagemaker:*"], ["*"]))]) == "fail"
	_compared([_allows("own", _all_but("iam:*"))]) == "fail"
	some_bucket := {"Effect": "Allow", "NotAction": "s3:Delete*", "Resource": "arn:aws:s3:::a/*"}
	_compared([_allows("own", json.marshal({"Statement": [some_bucket]}))]) == "pass"
	_compared([_allows("own", _grant(["*"], ["*"]))]) == "fail"
}

test_unknown_policies if {
	inline := fixture.resource(
		"aws_iam_role_policy.own", {"role": "own"}, {"policy": true},
		{"role": {"constant_value": "own"}, "policy": fixture.refers(["aws_s3_bucket.this.arn"])},
	)
	attached := fixture.resource(
		"aws_iam_role_policy_attachment.base", {"role": "base"}, {"policy_arn": true},
		{"role": {"constant_value": "base"}, "policy_arn": fixture.refers(["terraform_data.this.output"])},
	)
	_compared([inline]) == "undecided"
	_compared([_allows("own", _grant(["s3:*"], ["*"])), attached]) == "undecided"
	_compared([inline, _allows("base", _grant(["*"], ["*"]))]) == "pass"
	_compared([_allows("own", _grant(["*"], ["*"])), attached]) == "fail"
}

test_policy_of_this_plan if {
	policy := fixture.resource(
		"aws_iam_policy.own", {"policy": _grant(["s3:*"], ["*"])}, {"arn": true},
		{"policy": {"constant_value": "…"}},
	)
	attached := fixture.resource(
		"aws_iam_role_policy_attachment.own", {"role": "own"}, {"policy_arn": true},
		{"role": {"constant_value": "own"}, "policy_arn": fixture.refers(["aws_iam_policy.own.arn"])},
	)
	_compared([policy, attached, _allows("base", _grant(["s3:Get*"], ["*"]))]) == "fail"
	_compared([policy, attached, _allows("base", _grant(["s3:*", "ecr:*"], ["*"]))]) == "pass"
}

test_policy_of_this_plan_that_is_there_already if {
	arn := "arn:aws:iam::111122223333:policy/own"
	policy := fixture.known("aws_iam_policy.own", {"arn": arn, "policy": _grant(["s3:Get*"], ["*"])})
	attached := fixture.resource(
		"aws_iam_role_policy_attachment.own", {"role": "own", "policy_arn": arn}, {},
		{"role": {"constant_value": "own"}, "policy_arn": fixture.refers(["aws_iam_policy.own.arn"])},
	)
	repeating := fixture.resource("aws_iam_role.own", {"name": "own", "managed_policy_arns": [arn]}, {}, {})
	base := _allows("base", _grant(["s3:*"], ["*"]))
	_compared([policy, attached, base]) == "pass"
	_compared([policy, attached, base, repeating]) == "pass"
}

_role(name) := fixture.known(concat(".", ["aws_iam_role", name]), {"name": name})

_holding(arn) := fixture.known("aws_iam_role.own", {"name": "own", "managed_policy_arns": [arn]})

_attached(role, arn) := fixture.known(
	concat(".", ["aws_iam_role_policy_attachment", role]),
	{"role": role, "policy_arn": arn},
)

_allows(role, document) := fixture.known(
	concat(".", ["aws_iam_role_policy", role]),
	{"role": role, "policy": document},
)

_grant(actions, resources) := json.marshal({"Statement": [{"Effect": "Allow", "Action": actions, "Resource": resources}]})

_all_but(actions) := json.marshal({"Statement": [{"Effect": "Allow", "NotAction": actions, "Resource": "*"}]})

_with(resources) := array.concat(
	[_role(name) | some name in ["own", "base"]; not concat(".", ["aws_iam_role", name]) in _given(resources)],
	resources,
)

_given(resources) := {r.change.address | some r in resources}

_administrators(resources) := addresses if {
	addresses := rights.administrators with input as fixture.plan(_with(resources))
}

_compared(resources) := verdict if {
	verdict := rights.compared({"aws_iam_role.own"}, {"aws_iam_role.base"}) with input as fixture.plan(_with(resources))
}
