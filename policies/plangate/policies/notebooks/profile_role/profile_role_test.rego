package plangate.policies.notebooks.profile_role_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.profile_role as policy

test_deny_another_role if {
	_answers([_domain(_arn("studio")), _profile(_arn("data-admin"))]) == _denied
	_answers([_domain(_arn("studio")), _profile("arn:aws:iam::999988887777:role/studio")]) == _denied
}

test_deny_role_of_the_same_name_in_another_account if {
	_answers([_role("studio"), _domain(_arn("studio")), _profile("arn:aws:iam::999988887777:role/studio")]) == _denied
}

test_deny_known_role_that_the_same_variable_chose if {
	chosen := [{"execution_role": fixture.refers(["var.prod"])}]
	domain := object.union(_domain(_arn("studio")), {"configuration": {"expressions": {"default_user_settings": chosen}}})
	profile := object.union(_profile(_arn("admin")), {"configuration": {"expressions": {"user_settings": chosen}}})
	_answers([domain, profile]) == _denied
}

test_deny_another_role_of_this_plan if {
	_answers([
		_role("studio"), _role("admin"),
		_domain_by("aws_iam_role.studio.arn"), _profile_by("aws_iam_role.admin.arn"),
	]) == _denied
	_answers([_role("admin"), _domain(_arn("studio")), _profile_by("aws_iam_role.admin.arn")]) == _denied
	_answers([_role("studio"), _domain_by("aws_iam_role.studio.arn"), _profile(_arn("admin"))]) == _denied
}

test_deny_role_that_may_do_more if {
	_answers(array.concat(_both, [
		_allows("studio", ["s3:GetObject"], ["arn:aws:s3:::a/*"]),
		_allows("analyst", ["s3:*"], ["arn:aws:s3:::a/*"]),
	])) == _denied
}

test_allow_role_that_may_do_less if {
	_answers(array.concat(_both, [
		_allows("studio", ["s3:*"], ["arn:aws:s3:::a/*"]),
		_allows("analyst", ["s3:GetObject"], ["arn:aws:s3:::a/*"]),
	])) == _passed
}

test_allow_no_role_of_its_own if {
	every settings in [null, [], [{}], [{"execution_role": null}], [{"execution_role": ""}]] {
		profile := fixture.resource(
			_address, {"user_settings": settings}, {"domain_id": true},
			{"domain_id": fixture.refers(["aws_sagemaker_domain.this.id"])},
		)
		_answers([_domain(_arn("studio")), profile]) == _passed
	}
}

test_allow_role_of_the_domain if {
	_answers([_domain(_arn("studio")), _profile(_arn("studio"))]) == _passed
	_answers([_role("studio"), _domain_by("aws_iam_role.studio.arn"), _profile_by("aws_iam_role.studio.arn")]) == _passed
	_answers([_role("studio"), _domain_by("aws_iam_role.studio.arn"), _profile(_arn("studio"))]) == _passed
	_answers([_role("studio"), _domain(_arn("studio")), _profile_by("aws_iam_role.studio.arn")]) == _passed
}

test_allow_role_handed_on_by_the_domain if {
	handed := {"references": ["aws_sagemaker_domain.this.default_user_settings[0].execution_role", "aws_sagemaker_domain.this"]}
	_answers([_domain_by("local.role"), _profile_as(handed)]) == _passed
	other := object.union(
		_domain(_arn("studio")),
		{"change": {"address": "aws_sagemaker_domain.other", "name": "other"}, "configuration": {"address": "aws_sagemaker_domain.other"}},
	)
	elsewhere := {"references": ["aws_sagemaker_domain.other.default_user_settings[0].execution_role", "aws_sagemaker_domain.other"]}
	_answers([_domain_by("local.role"), other, _profile_as(elsewhere)]) == _open
}

test_allow_the_same_expression if {
	every reference in ["local.role", "data.aws_iam_role.studio.arn", "aws_cloudformation_stack.platform.outputs"] {
		_answers([_domain_by(reference), _profile_by(reference)]) == _passed
	}
}

test_undecided_the_same_expression_of_two_iterations if {
	every key in ["each.value", "count.index"] {
		domain := fixture.resource(
			"aws_sagemaker_domain.this", {"default_user_settings": [{}]}, {"default_user_settings": [{"execution_role": true}]},
			{"default_user_settings": [{"execution_role": {"references": ["local.roles", key]}}]},
		)
		_answers([domain, _profile_as({"references": ["local.roles", key]})]) == _open
	}
}

test_allow_the_same_expression_inside_a_module if {
	domain := _domain_by("local.role")
	profile := _profile_by("local.role")
	_answers_of(fixture.plan_with_modules(
		[], {"studio": fixture.call({}, [domain, profile], {})},
		[fixture.within("module.studio", domain), fixture.within("module.studio", profile)],
	)) == _passed
}

test_undecided_the_same_expression_of_another_module if {
	profile := _profile_as(fixture.refers(["local.role"]))
	domain := fixture.resource(
		"aws_sagemaker_domain.this", {"default_user_settings": [{}]},
		{"id": true, "default_user_settings": [{"execution_role": true}]},
		{"default_user_settings": [{"execution_role": fixture.refers(["local.role"])}]},
	)
	inner := object.union(profile, {"configuration": {"expressions": object.union(
		profile.configuration.expressions,
		{"domain_id": fixture.refers(["var.domain"])},
	)}})
	_answers_of(fixture.plan_with_modules(
		[domain],
		{"people": fixture.call({"domain": fixture.refers(["aws_sagemaker_domain.this.id"])}, [inner], {})},
		[fixture.within("module.people", inner)],
	)) == {"deny": set(), "undecided": {[concat(".", ["module.people", _address]), _at]}}
}

test_domain_by_known_id if {
	domain := fixture.known("aws_sagemaker_domain.this", {
		"id": "d-1111",
		"default_user_settings": [{"execution_role": _arn("studio")}],
	})
	profile := fixture.known(_address, {"domain_id": "d-1111", "user_settings": [{"execution_role": _arn("admin")}]})
	_answers([domain, profile]) == _denied
}

test_profile_of_each_domain if {
	domain := fixture.resource("aws_sagemaker_domain.this", {"default_user_settings": [{"execution_role": _arn("studio")}]}, {"id": true}, {})
	other := object.union(domain, {"change": {"change": {"after": {"default_user_settings": [{"execution_role": _arn("admin")}]}}}})
	profile := fixture.resource(
		_address, {"user_settings": [{"execution_role": _arn("admin")}]}, {"domain_id": true},
		{"domain_id": {"references": ["aws_sagemaker_domain.this", "each.key"]}},
	)
	_answers([
		fixture.keyed("a", domain), fixture.keyed("b", other),
		fixture.keyed("a", profile), fixture.keyed("b", profile),
	]) == {"deny": {[concat("", [_address, `["a"]`]), _at]}, "undecided": set()}
}

test_domain_elsewhere if {
	elsewhere := {"domain_id": {"constant_value": "d-1111"}}
	profile := fixture.resource(
		_address, {"domain_id": "d-1111", "user_settings": [{}]}, {"user_settings": [{"execution_role": true}]},
		object.union(elsewhere, {"user_settings": [{"execution_role": fixture.refers(["aws_iam_role.admin.arn"])}]}),
	)
	_answers([_role("admin"), profile]) == _passed
	_answers([_role("admin"), _allows("admin", ["*"], ["*"]), profile]) == _denied
}

test_undecided_domain if {
	_answers([fixture.resource(
		_address, {"user_settings": [{"execution_role": _arn("admin")}]}, {"domain_id": true},
		{"domain_id": fixture.refers(["aws_cloudformation_stack.platform.outputs"])},
	)]) == _open
}

test_undecided_role if {
	every reference in ["aws_cloudformation_stack.platform.outputs", "local.role", "data.aws_iam_role.admin.arn"] {
		_answers([_domain(_arn("studio")), _profile_by(reference)]) == _open
		_answers([_domain_by(reference), _profile(_arn("studio"))]) == _open
	}
}

test_undecided_one_of_two_roles if {
	profile := fixture.resource(
		_address, {"user_settings": [{}]}, {"domain_id": true, "user_settings": [{"execution_role": true}]},
		{
			"domain_id": fixture.refers(["aws_sagemaker_domain.this.id"]),
			"user_settings": [{"execution_role": fixture.refers(["aws_iam_role.studio.arn", "aws_iam_role.admin.arn"])}],
		},
	)
	_answers([_role("studio"), _role("admin"), _domain_by("aws_iam_role.studio.arn"), profile]) == _open
}

test_undecided_a_role_or_something_else if {
	either := fixture.refers(["aws_iam_role.admin.arn", "terraform_data.role.output"])
	_answers([_role("admin"), _domain(_arn("studio")), _profile_as(either)]) == _open
}

test_undecided_dynamic_settings if {
	_answers([_domain(_arn("studio")), fixture.resource(
		_address, {}, {"domain_id": true, "user_settings": true},
		{"domain_id": fixture.refers(["aws_sagemaker_domain.this.id"])},
	)]) == _open
}

test_allow_deleted if {
	_answers([_domain(_arn("studio")), fixture.deleted(_address, {})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_domain(_arn("studio")), _profile(_arn("admin"))])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_sagemaker_user_profile.this"

_at := ["user_settings", 0, "execution_role"]

_denied := {"deny": {[_address, _at]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _at]}}

_arn(name) := concat("", ["arn:aws:iam::111122223333:role/", name])

_both := [
	_role("studio"), _role("analyst"),
	_domain_by("aws_iam_role.studio.arn"), _profile_by("aws_iam_role.analyst.arn"),
]

_role(name) := fixture.known(concat(".", ["aws_iam_role", name]), {"name": name})

_allows(role, actions, resources) := fixture.known(concat(".", ["aws_iam_role_policy", role]), {
	"role": role,
	"policy": json.marshal({"Statement": [{"Effect": "Allow", "Action": actions, "Resource": resources}]}),
})

_domain(arn) := fixture.known("aws_sagemaker_domain.this", {"default_user_settings": [{"execution_role": arn}]})

_domain_by(reference) := fixture.resource(
	"aws_sagemaker_domain.this", {"default_user_settings": [{}]}, {"default_user_settings": [{"execution_role": true}]},
	{"default_user_settings": [{"execution_role": fixture.refers([reference])}]},
)

_profile(arn) := fixture.resource(
	_address, {"user_settings": [{"execution_role": arn}]}, {"domain_id": true},
	{
		"domain_id": fixture.refers(["aws_sagemaker_domain.this.id"]),
		"user_settings": [{"execution_role": {"constant_value": arn}}],
	},
)

_profile_by(reference) := _profile_as(fixture.refers([reference]))

_profile_as(expression) := fixture.resource(
	_address, {"user_settings": [{}]}, {"domain_id": true, "user_settings": [{"execution_role": true}]},
	{
		"domain_id": fixture.refers(["aws_sagemaker_domain.this.id"]),
		"user_settings": [{"execution_role": expression}],
	},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := _answers_of(fixture.plan(resources))

_answers_of(planned) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as planned
}
