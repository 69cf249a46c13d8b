package plangate.policies.identity.notebook_admin_role_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.notebook_admin_role as policy

test_deny_managed_administrators if {
	every name in ["AdministratorAccess", "AmazonSageMakerFullAccess", "PowerUserAccess", "IAMFullAccess"] {
		_answers([_role("research"), _notebook, _attached(name)]) == _denied
	}
	_answers([_role("research"), _domain, _attached("AdministratorAccess")]) == _denied
	_answers([_role("research-notebook"), _attached("AdministratorAccess")]) == _denied
}

test_deny_policy_of_its_own_that_allows_everything if {
	_answers([_role("research"), _notebook, _custom(_allow("*", "*")), _refers("aws_iam_policy.this.arn")]) == _denied
}

test_deny_inside_the_role if {
	role := fixture.known("aws_iam_role.this", {
		"name": "research",
		"assume_role_policy": _trust("sagemaker.amazonaws.com"),
		"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
	})
	_answers([role, _notebook]) == {"deny": {["aws_iam_role.this", ["managed_policy_arns"]]}, "undecided": set()}
}

test_undecided_unknown_policy_or_role if {
	_answers([_role("research"), _notebook, _refers("terraform_data.handoff.output")]) == {
		"deny": set(),
		"undecided": {["aws_iam_role_policy_attachment.this", ["policy_arn"]]},
	}
	_answers([_role("research"), _notebook, fixture.resource(
		"aws_iam_role_policy_attachment.this",
		{"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}, {"role": true},
		{"role": fixture.refers(["terraform_data.handoff.output"])},
	)]) == {"deny": set(), "undecided": {["aws_iam_role_policy_attachment.this", ["role"]]}}
}

test_undecided_policy_of_its_own_that_nobody_sees if {
	_answers([_role("research"), _notebook, _hidden("terraform_data.handoff.output"), _refers("aws_iam_policy.this.arn")]) == {
		"deny": set(),
		"undecided": {["aws_iam_role_policy_attachment.this", ["policy_arn"]]},
	}
	_answers([_role("research"), _hidden("terraform_data.handoff.output"), _refers("aws_iam_policy.this.arn")]) == _passed
	_answers([_role("research"), _notebook, _hidden("aws_s3_bucket.data.arn"), _refers("aws_iam_policy.this.arn")]) == _passed
}

test_deny_administrator_whose_document_nobody_sees_beside if {
	_answers([
		_role("research"), _notebook, _hidden("terraform_data.handoff.output"),
		fixture.resource(
			"aws_iam_role_policy_attachment.this",
			{"policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}, {"role": true},
			{"policy_arn": fixture.refers(["aws_iam_policy.this.arn"]), "role": fixture.refers(["aws_iam_role.this.id"])},
		),
	]) == _denied
}

test_allow_narrow_policies_and_other_roles if {
	_answers([_role("research"), _notebook, _attached("AmazonSageMakerReadOnly")]) == _passed
	_answers([_role("research"), _notebook, _custom(_allow("s3:GetObject", "arn:aws:s3:::a/*")), _refers("aws_iam_policy.this.arn")]) == _passed
	_answers([_role("research"), _attached("AdministratorAccess")]) == _passed
}

test_allow_deleted if {
	_answers([_role("research"), _notebook, fixture.deleted(
		"aws_iam_role_policy_attachment.this",
		{"role": "research", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
	)]) == _passed
}

_role(name) := fixture.known("aws_iam_role.this", {"name": name, "assume_role_policy": _trust("sagemaker.amazonaws.com")})

_notebook := fixture.resource(
	"aws_sagemaker_notebook_instance.this", {}, {"role_arn": true},
	{"role_arn": fixture.refers(["aws_iam_role.this.arn"])},
)

_domain := fixture.resource(
	"aws_sagemaker_domain.this", {"default_user_settings": [{}]}, {"default_user_settings": [{"execution_role": true}]},
	{"default_user_settings": [{"execution_role": fixture.refers(["aws_iam_role.this.arn"])}]},
)

_attached(name) := fixture.resource(
	"aws_iam_role_policy_attachment.this",
	{"policy_arn": concat("", ["arn:aws:iam::aws:policy/", name])}, {"role": true},
	{"policy_arn": {"constant_value": name}, "role": fixture.refers(["aws_iam_role.this.id"])},
)

_refers(reference) := fixture.resource(
	"aws_iam_role_policy_attachment.this", {}, {"policy_arn": true, "role": true},
	{"policy_arn": fixture.refers([reference]), "role": fixture.refers(["aws_iam_role.this.name"])},
)

_custom(document) := fixture.known("aws_iam_policy.this", {"policy": document})

_hidden(reference) := fixture.resource("aws_iam_policy.this", {}, {"policy": true}, {"policy": fixture.refers([reference])})

_denied := {"deny": {["aws_iam_role_policy_attachment.this", ["policy_arn"]]}, "undecided": set()}

_trust(service) := json.marshal({"Statement": [{
	"Effect": "Allow",
	"Action": "sts:AssumeRole",
	"Principal": {"Service": service},
}]})

_allow(actions, resources) := json.marshal({"Statement": [{"Effect": "Allow", "Action": actions, "Resource": resources}]})

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
