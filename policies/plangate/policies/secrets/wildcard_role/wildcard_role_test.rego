package plangate.policies.secrets.wildcard_role_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.wildcard_role as policy

test_deny_wildcard_action_or_resource_of_a_role_that_sagemaker_assumes if {
	_answers([_role, _inline(_allow(["*"], ["arn:aws:s3:::models/*"]))]) == _denied("Action")
	_answers([_role, _inline(_allow("s3:*", "arn:aws:s3:::models/*"))]) == _denied("Action")
	_answers([_role, _inline(_allow(["s3:GetObject"], "*"))]) == _denied("Resource")
	_answers([_role, _inline([{"Effect": "Allow", "NotAction": ["iam:*"], "Resource": "arn:aws:s3:::models/*"}])]) == _denied("NotAction")
	_answers([_role, _inline([{"Effect": "Allow", "Action": ["s3:GetObject"], "NotResource": "arn:aws:s3:::pay/*"}])]) == _denied("NotResource")
}

test_deny_role_that_a_resource_uses if {
	every user in [
		_refers_to_role("aws_eks_node_group.gpu", "node_role_arn"),
		_refers_to_role("aws_sagemaker_model.chat", "execution_role_arn"),
		_refers_to_role("aws_bedrockagent_agent.claims", "agent_resource_role_arn"),
	] {
		_answers([_plain_role, user, _inline(_allow("*", "*"))]) == _denied("Action")
	}
}

test_deny_attached_policy if {
	_answers([_role, _managed("aws_iam_policy.this", _allow("*", "*")), _attachment("aws_iam_policy.this.arn")]) == {
		"deny": {["aws_iam_policy.this", ["policy", "Statement", 0, "Action"]]},
		"undecided": set(),
	}
}

test_deny_policy_that_may_be_attached_by_a_reference_that_cannot_be_followed if {
	_answers([_role, _managed("aws_iam_policy.this", _allow("*", "*")), _attachment("local.policies")]) == {
		"deny": {["aws_iam_policy.this", ["policy", "Statement", 0, "Action"]]},
		"undecided": set(),
	}
}

test_deny_policy_with_actions_of_ai_services if {
	_answers([_managed("aws_iam_policy.this", _allow("bedrock:InvokeModel", "*"))]) == {
		"deny": {["aws_iam_policy.this", ["policy", "Statement", 0, "Resource"]]},
		"undecided": set(),
	}
}

test_deny_managed_policies_of_aws if {
	every name in ["AdministratorAccess", "PowerUserAccess", "AmazonS3FullAccess", "AmazonSageMakerFullAccess"] {
		_answers([_role, _known_attachment(concat("", ["arn:aws:iam::aws:policy/", name]))]) == {
			"deny": {["aws_iam_role_policy_attachment.this", ["policy_arn"]]},
			"undecided": set(),
		}
	}
}

test_deny_inside_a_role if {
	role := fixture.known("aws_iam_role.this", {
		"name": "chat",
		"assume_role_policy": _trust("sagemaker.amazonaws.com"),
		"inline_policy": [{"policy": json.marshal({"Statement": _allow("s3:*", "*")})}],
		"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"],
	})
	_answers([role]) == {
		"deny": {
			["aws_iam_role.this", ["inline_policy", 0, "policy", "Statement", 0, "Action"]],
			["aws_iam_role.this", ["managed_policy_arns"]],
		},
		"undecided": set(),
	}
}

test_undecided_unknown_policy if {
	unknown := fixture.resource(
		"aws_iam_role_policy.this", {"role": "chat"}, {"policy": true},
		{"policy": fixture.refers(["aws_s3_bucket.models.arn"]), "role": fixture.refers(["aws_iam_role.this.name"])},
	)
	_answers([_role, unknown]) == {"deny": set(), "undecided": {["aws_iam_role_policy.this", ["policy"]]}}
	_answers([_plain_role, unknown]) == _passed
}

test_undecided_unknown_part_of_a_document if {
	document := fixture.resource(
		"data.aws_iam_policy_document.this",
		{"statement": [{"actions": ["s3:GetObject"], "resources": [null]}]},
		{"json": true, "statement": [{"actions": [false], "resources": [true]}]},
		{"statement": [{"actions": {"constant_value": ["s3:GetObject"]}, "resources": fixture.refers(["terraform_data.handoff.output"])}]},
	)
	_answers([_role, document, _from_document]) == {"deny": set(), "undecided": {["aws_iam_role_policy.this", ["policy"]]}}
}

test_deny_known_part_of_a_document if {
	document := fixture.resource(
		"data.aws_iam_policy_document.this",
		{"statement": [
			{"actions": ["s3:GetObject"], "resources": [null]},
			{"actions": ["*"], "resources": ["*"]},
		]},
		{"json": true, "statement": [{"resources": [true]}, {}]},
		{"statement": [
			{"actions": {"constant_value": ["s3:GetObject"]}, "resources": fixture.refers(["aws_s3_bucket.models.arn"])},
			{"actions": {"constant_value": ["*"]}, "resources": {"constant_value": ["*"]}},
		]},
	)
	_answers([_role, document, _from_document]) == {"deny": {["aws_iam_role_policy.this", ["policy"]]}, "undecided": set()}
}

test_undecided_unknown_policy_that_may_be_attached if {
	unknown := fixture.resource(
		"aws_iam_policy.this", {}, {"policy": true},
		{"policy": fixture.refers(["terraform_data.handoff.output"])},
	)
	_answers([_role, unknown, _attachment("local.policies")]) == {"deny": set(), "undecided": {["aws_iam_policy.this", ["policy"]]}}
	_answers([_role, unknown]) == _passed
}

test_allow_named_actions_and_resources if {
	every statements in [
		_allow(["s3:GetObject"], ["arn:aws:s3:::models/*"]),
		_allow(["s3:Get*"], ["arn:aws:s3:::models/*"]),
		[{"Effect": "Deny", "Action": "*", "Resource": "*"}],
		[],
	] {
		_answers([_role, _inline(statements)]) == _passed
	}
}

test_allow_actions_that_know_no_resource_and_tagged_resources if {
	_answers([_role, _inline(_allow(
		["ecr:GetAuthorizationToken", "cloudwatch:PutMetricData", "logs:DescribeLogStreams", "ec2:Describe*", "sagemaker:ListModels"],
		"*",
	))]) == _passed
	_answers([_role, _inline([{
		"Effect": "Allow",
		"Action": "sagemaker:InvokeEndpoint",
		"Resource": "*",
		"Condition": {"StringEquals": {"aws:ResourceTag/team": "ml"}},
	}])]) == _passed
	_answers([_role, _inline(_allow("s3:ListBucket", "*"))]) == _denied("Resource")
}

test_allow_roles_of_others if {
	_answers([_plain_role, _inline(_allow("*", "*"))]) == _passed
	_answers([_plain_role, _known_attachment("arn:aws:iam::aws:policy/AdministratorAccess")]) == _passed
	_answers([_managed("aws_iam_policy.this", _allow("*", "*"))]) == _passed
}

test_allow_administrators_notebook_which_another_policy_reports if {
	notebook := _refers_to_role("aws_sagemaker_notebook_instance.this", "role_arn")
	_answers([_role, notebook, _known_attachment("arn:aws:iam::aws:policy/AdministratorAccess")]) == _passed
	_answers([_role, notebook, _known_attachment("arn:aws:iam::aws:policy/AmazonS3FullAccess")]) == {
		"deny": {["aws_iam_role_policy_attachment.this", ["policy_arn"]]},
		"undecided": set(),
	}
}

test_allow_deleted if {
	_answers([_role, fixture.deleted("aws_iam_role_policy.this", {"role": "chat", "policy": "{}"})]) == _passed
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "secrets/wildcard_role",
		"severity": "high",
		"title": "role of a machine learning system is allowed everything",
		"msg": concat("", [
			"aws_iam_role_policy.this: role of a machine learning system is allowed everything",
			" (policy.Statement.0.Action)",
		]),
		"remediation": concat("", [
			"name the actions and the resources (`Action = [\"s3:GetObject\"]`,",
			" `Resource = [\"${aws_s3_bucket.<name>.arn}/models/*\"]`), and",
			" attach policies of your own instead of `AdministratorAccess` or `*FullAccess`",
		]),
		"address": "aws_iam_role_policy.this",
		"path": ["policy", "Statement", 0, "Action"],
		"frameworks": {"nist_800_53": ["AC-6"], "owasp_llm": ["LLM06:2025"]},
		"aliases": ["IA-004", "CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_355", "AWS-0057"],
	}} with input as fixture.plan([_role, _inline(_allow("*", "*"))])
}

_trust(service) := json.marshal({"Statement": [{
	"Effect": "Allow",
	"Action": "sts:AssumeRole",
	"Principal": {"Service": service},
}]})

_role := fixture.known("aws_iam_role.this", {"name": "chat", "assume_role_policy": _trust("sagemaker.amazonaws.com")})

_plain_role := fixture.known("aws_iam_role.this", {"name": "chat", "assume_role_policy": _trust("ec2.amazonaws.com")})

_allow(actions, resources) := [{"Effect": "Allow", "Action": actions, "Resource": resources}]

_inline(statements) := fixture.known("aws_iam_role_policy.this", {
	"role": "chat",
	"policy": json.marshal({"Statement": statements}),
})

_from_document := fixture.resource(
	"aws_iam_role_policy.this", {"role": "chat"}, {"policy": true},
	{"policy": fixture.refers(["data.aws_iam_policy_document.this.json"]), "role": {"constant_value": "chat"}},
)

_managed(address, statements) := fixture.known(address, {"policy": json.marshal({"Statement": statements})})

_attachment(reference) := fixture.resource(
	"aws_iam_role_policy_attachment.this", {"role": "chat"}, {"policy_arn": true},
	{"policy_arn": fixture.refers([reference])},
)

_known_attachment(arn) := fixture.known("aws_iam_role_policy_attachment.this", {"role": "chat", "policy_arn": arn})

_refers_to_role(address, name) := fixture.resource(address, {}, {name: true}, {name: fixture.refers(["aws_iam_role.this.arn"])})

_denied(element) := {
	"deny": {["aws_iam_role_policy.this", ["policy", "Statement", 0, element]]},
	"undecided": set(),
}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
