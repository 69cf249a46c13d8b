package plangate.lib.iam.boundaries_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.boundaries

test_boundary_of_this_plan_by_reference if {
	every type in ["aws_iam_role", "aws_iam_user"] {
		address := concat(".", [type, "this"])
		_actions([_bound(type, ["aws_iam_policy.limit.arn"]), _limit, _other]) == {address: {"s3:GetObject"}}
	}
}

test_boundary_of_this_plan_by_name if {
	every arn in ["arn:aws:iam::111122223333:policy/limit", "arn:aws:iam::111122223333:policy/ml/teams/limit"] {
		_actions([_named(arn), _limit, _other]) == {"aws_iam_role.this": {"s3:GetObject"}}
	}
}

test_boundary_from_elsewhere_is_open if {
	elsewhere := {"aws_iam_role.this": {"statements": [], "denied": [], "open": true}}
	_of_holder([_named("arn:aws:iam::111122223333:policy/gone"), _limit]) == elsewhere
	_of_holder([_named("arn:aws:iam::aws:policy/PowerUserAccess"), _limit]) == elsewhere
	_of_holder([_bound("aws_iam_role", ["terraform_data.limit.output"]), _limit]) == elsewhere
	_of_holder([_bound("aws_iam_role", ["aws_iam_policy.gone.arn"]), _limit]) == elsewhere
}

test_one_of_two_boundaries_is_open if {
	_of_holder([_bound("aws_iam_role", ["aws_iam_policy.limit.arn", "aws_iam_policy.other.arn"]), _limit, _other]) == {"aws_iam_role.this": {
		"statements": [],
		"denied": [],
		"open": true,
	}}
}

test_no_boundary if {
	every arn in [null, "", "arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws-cn:iam::aws:policy/AdministratorAccess"] {
		_of_holder([_named(arn), _limit]) == {}
	}
	_of_holder([_named("arn:aws:iam::111122223333:policy/AdministratorAccess"), _limit]) != {}
	_of_holder([fixture.deleted("aws_iam_role.this", {"permissions_boundary": "arn:aws:iam::1:policy/limit"}), _limit]) == {}
}

test_policies_that_are_a_boundary if {
	_policies([_bound("aws_iam_user", ["aws_iam_policy.limit.arn"]), _limit, _other]) == {"aws_iam_policy.limit"}
	_policies([_named("arn:aws:iam::111122223333:policy/limit"), _limit, _other]) == {"aws_iam_policy.limit"}
	_policies([_bound("aws_iam_role", ["aws_iam_policy.limit.arn", "aws_iam_policy.other.arn"]), _limit, _other]) == {
		"aws_iam_policy.limit",
		"aws_iam_policy.other",
	}
	_policies([_named(null), _limit]) == set()
	_policies([_named("arn:aws:iam::111122223333:policy/gone"), _limit]) == set()
}

_limit := _policy("limit", "s3:GetObject")

_other := _policy("other", "s3:PutObject")

_policy(name, action) := fixture.known(concat(".", ["aws_iam_policy", name]), {
	"name": name,
	"policy": json.marshal({"Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}),
})

_named(arn) := fixture.known("aws_iam_role.this", {"permissions_boundary": arn})

_bound(type, references) := fixture.resource(
	concat(".", [type, "this"]), {},
	{"permissions_boundary": true},
	{"permissions_boundary": fixture.refers(references)},
)

_of_holder(resources) := found if {
	found := boundaries.of_holder with input as fixture.plan(resources)
}

_policies(resources) := found if {
	found := boundaries.policies with input as fixture.plan(resources)
}

_actions(resources) := {address: {action | some statement in limit.statements; some action in statement.actions} |
	some address, limit in _of_holder(resources)
}
