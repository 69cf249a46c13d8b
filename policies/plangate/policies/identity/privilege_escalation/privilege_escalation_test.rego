package plangate.policies.identity.privilege_escalation_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.privilege_escalation as policy

test_deny_each_way_of_one_action if {
	every action in [
		"iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:AttachRolePolicy", "iam:PutRolePolicy",
		"iam:AttachUserPolicy", "iam:PutUserPolicy", "iam:AttachGroupPolicy", "iam:PutGroupPolicy", "iam:AddUserToGroup",
		"iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile", "iam:UpdateAssumeRolePolicy",
		"sts:AssumeRole", "sagemaker:CreatePresignedDomainUrl", "sagemaker:CreatePresignedNotebookInstanceUrl",
		"sagemaker:UpdateNotebookInstanceLifecycleConfig", "lambda:UpdateFunctionCode", "glue:UpdateDevEndpoint",
		"ssm:SendCommand", "ssm:StartSession", "ec2-instance-connect:SendSSHPublicKey",
	] {
		_titles({"Action": ["s3:GetObject", action], "Resource": "*"}) == {concat("", ["`", action, "`"])}
	}
}

test_deny_each_way_of_several_actions if {
	every actions in [
		["sagemaker:UpdateNotebookInstance", "sagemaker:CreateNotebookInstanceLifecycleConfig", "sagemaker:StartNotebookInstance"],
		["bedrock-agentcore:InvokeCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession"],
		["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
	] {
		_given({"Action": actions, "Resource": "*"}) == _denied
		every i, _ in actions {
			_given({"Action": array.concat(array.slice(actions, 0, i), array.slice(actions, i + 1, 9)), "Resource": "*"}) == _passed
		}
	}
}

test_deny_any_role_passed_to_jobs_and_notebooks if {
	_passed_to([
		["sagemaker:CreateTrainingJob"], ["sagemaker:CreateProcessingJob"], ["sagemaker:CreateNotebookInstance"],
		["sagemaker:CreatePipeline", "sagemaker:StartPipelineExecution"],
		["sagemaker:CreateUserProfile", "sagemaker:CreatePresignedDomainUrl"], ["batch:RegisterJobDefinition", "batch:SubmitJob"],
		["glue:CreateDevEndpoint"], ["glue:CreateJob", "glue:StartJobRun"], ["glue:UpdateJob", "glue:StartJobRun"],
		["elasticmapreduce:RunJobFlow"], ["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:InvokeCodeInterpreter"],
	])
}

test_deny_any_role_passed_to_functions_and_machines if {
	_passed_to([
		["lambda:CreateFunction"], ["ec2:RunInstances"], ["ec2:AssociateIamInstanceProfile"],
		["ec2:ReplaceIamInstanceProfileAssociation"], ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
		["ecs:RegisterTaskDefinition", "ecs:CreateService"], ["ecs:RegisterTaskDefinition", "ecs:StartTask"],
		["codebuild:CreateProject", "codebuild:StartBuild"], ["cloudformation:CreateStack"],
		["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"], ["ssm:StartAutomationExecution"], ["apprunner:CreateService"],
	])
}

test_allow_half_of_a_way if {
	_answers([_role("lambda.amazonaws.com"), _inline("passes", [_passes])]) == _passed
	_answers([_role("lambda.amazonaws.com"), _inline("starts", [_starts(["lambda:CreateFunction"])])]) == _passed
	_answers([_role("lambda.amazonaws.com"), _inline("passes", [_passes]), _inline("starts", [_starts(["ecs:RunTask"])])]) == _passed
}

test_allow_what_other_policies_tell if {
	every action in ["*", "*:*", ["iam:PutRolePolicy", "*"]] {
		_given({"Action": action, "Resource": "*"}) == _passed
	}
	both := {"Action": ["iam:PassRole", "lambda:CreateFunction"], "Resource": "*"}
	_given(both) == _passed
	_held("sagemaker.amazonaws.com", both) == _passed
	_held("lambda.amazonaws.com", both) == _denied_inline
	_held("lambda.amazonaws.com", object.union(both, {"Action": ["iam:PassRole", "lambda:CreateFunction", "sagemaker:ListModels"]})) == _passed
}

test_deny_patterns_and_what_is_not_left_out if {
	every action in ["iam:*", "IAM:put*", "iam:PutRole?olicy", "lambda:Update*", "i*:PutRolePolicy", "sts:*"] {
		_given({"Action": action, "Resource": "*"}) == _denied
	}
	_given({"NotAction": ["s3:*"], "Resource": "*"}) == _denied
	_given({"NotAction": ["iam:*"], "Resource": "*"}) == _denied
	_given({
		"NotAction": [
			"iam:*", "sts:*", "sagemaker:*", "lambda:*", "glue:*", "ssm:*", "ec2*", "bedrock*",
		],
		"Resource": "*",
	}) == _passed
	_given({"Action": "iam:PutRolePolicy", "NotResource": "arn:aws:iam::111122223333:role/admin"}) == _denied
}

test_resources_that_are_all_of_a_kind if {
	every resource in [
		"*", ["arn:aws:iam::111122223333:role/one", "arn:aws:iam::111122223333:role/*"], "arn:aws:iam::*:role/*", "arn:aws:iam::111122223333:*",
		"arn:*:iam::*:role/*", "arn:aws:iam::111122223333:role*", "arn:*", "arn:aws:*", "arn:aws:iam:*", "arn:aws:iam::*", "arn:aws:*:*:*:*",
		"arn:aws:iam::111122223333:role/*/*", "**",
	] {
		_given({"Action": "iam:PutRolePolicy", "Resource": resource}) == _denied
	}
	every resource in [
		"arn:aws:iam::111122223333:role/one", "arn:aws:iam::111122223333:role/pipelines/*", "arn:aws:iam::111122223333:role/pipelines-*",
		"arn:aws:iam::111122223333:user/*", "arn:aws:s3:::*", "arn:aws:lambda:*", "*/pipelines", "arn:aws:iam::111122223333:role/*-pipelines",
		"arn:aws:iam::111122223333:role/${aws:PrincipalTag/team}-*", [],
	] {
		_given({"Action": "iam:PutRolePolicy", "Resource": resource}) == _passed
	}
	_given({"Action": "lambda:UpdateFunctionCode", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:*"}) == _denied
	_given({"Action": "lambda:UpdateFunctionCode", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:chat-*"}) == _passed
	_given({"Action": "sagemaker:CreatePresignedDomainUrl", "Resource": "arn:aws:sagemaker:*:*:user-profile/*/*"}) == _denied
	_given({"Action": "sagemaker:CreatePresignedDomainUrl", "Resource": "arn:aws:sagemaker:*:*:user-profile/d-1a2b3c/*"}) == _passed
	_given({"Action": "ssm:SendCommand", "Resource": ["arn:aws:ec2:*:*:instance/*", "arn:aws:ssm:*:*:document/*"]}) == _denied
	_given({"Action": "ssm:SendCommand", "Resource": "arn:aws:ssm:*:*:document/*"}) == _passed
	_given({"Action": "sts:AssumeRole", "Resource": "arn:aws:iam::*:role/cdk-*"}) == _passed
}

test_deny_the_role_that_holds_it if {
	every action in ["iam:PutRolePolicy", "iam:AttachRolePolicy"] {
		_held("lambda.amazonaws.com", {"Action": action, "Resource": "arn:aws:iam::111122223333:role/worker"}) == _denied_inline
		_held("lambda.amazonaws.com", {"Action": action, "Resource": "arn:aws:iam::111122223333:role/path/worker"}) == _denied_inline
		_held("lambda.amazonaws.com", {"Action": action, "Resource": "arn:aws:iam::111122223333:role/other-worker"}) == _passed
	}
	_held("lambda.amazonaws.com", {"Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/worker"}) == _passed
	by_reference := [
		_role("lambda.amazonaws.com"),
		fixture.resource(
			"aws_iam_role_policy.this", {}, {"policy": true, "role": true},
			{"policy": fixture.refers(["data.aws_iam_policy_document.this.json"]), "role": fixture.refers(["aws_iam_role.this.id"])},
		),
		_document({"actions": ["iam:PutRolePolicy"], "resources": [null]}, {"resources": [true]}, ["aws_iam_role.this.arn"]),
	]
	_answers(by_reference).deny == {["aws_iam_role_policy.this", ["policy"]]}
}

test_conditions if {
	every condition in [
		{"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limit"}},
		{"ArnEquals": {"iam:PolicyARN": ["arn:aws:iam::aws:policy/ReadOnlyAccess"]}},
		{"StringEquals": {"aws:ResourceTag/team": "ml"}}, {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
	] {
		_given({"Action": "iam:AttachRolePolicy", "Resource": "*", "Condition": condition}) == _passed
	}
	every condition in [
		{"StringLike": {"iam:PolicyARN": "*"}}, {"ArnLike": {"iam:PolicyARN": "arn:aws:iam::aws:policy/*"}},
		{"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}, {"Bool": {"aws:SecureTransport": "true"}},
		{"StringEqualsIfExists": {"aws:ResourceTag/team": "ml"}}, {"StringNotEquals": {"aws:ResourceTag/team": "ml"}},
	] {
		_given({"Action": "iam:AttachRolePolicy", "Resource": "*", "Condition": condition}) == _denied
	}
}

test_denials_beside_it if {
	every denial in [
		{"Action": "iam:*", "Resource": "*"}, {"NotAction": "s3:*", "Resource": "*"},
		{"Action": "iam:PutRolePolicy", "NotResource": "arn:aws:iam::*:role/pipelines-*"},
		{"Action": "iam:*", "Resource": "*", "Condition": {"StringNotEquals": {"iam:PermissionsBoundary": "arn:aws:iam::1:policy/limit"}}},
	] {
		_beside(denial) == _passed
	}
	every denial in [
		{"Action": "iam:AttachRolePolicy", "Resource": "*"}, {"Action": "iam:*", "Resource": "arn:aws:iam::*:role/admin"},
		{"Action": "iam:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "ml"}}},
		{"Action": "iam:*", "NotResource": "*"},
	] {
		_beside(denial).undecided == set()
	}
	_beside({"Action": "iam:*", "Resource": "arn:aws:iam::*:role/admin"}) == _denied
	_beside({"Action": "iam:AttachRolePolicy", "Resource": "*"}) == _denied
	_beside({"Action": "iam:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/team": "ml"}}}) == _denied
	_beside({"Action": "iam:*", "NotResource": "*"}) == _denied
}

test_boundaries if {
	_limited([{"Effect": "Allow", "Action": "*", "Resource": "*"}]) == _denied_inline
	_limited([{"Effect": "Allow", "Action": ["s3:*", "iam:Put*"], "Resource": "*"}]) == _denied_inline
	_limited([{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]) == _passed
	_limited([{"Effect": "Allow", "Action": "iam:*", "Resource": "arn:aws:iam::1:role/a"}]) == _passed
	_limited([{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]) == _passed
	_limited([{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"iam:PermissionsBoundary": "a"}}}]) == _passed
	_answers([_bounded({"permissions_boundary": "arn:aws:iam::1:policy/elsewhere"}), _writes_roles]) == {
		"deny": set(), "undecided": {["aws_iam_role_policy.this", ["policy", "Statement", 0]]},
	}
	_answers([_bounded({"permissions_boundary": "arn:aws:iam::aws:policy/AdministratorAccess"}), _writes_roles]) == _denied_inline
	_answers([_bounded({"permissions_boundary": null}), _writes_roles]) == _denied_inline
}

test_allow_a_policy_that_is_only_a_boundary if {
	limit := fixture.known("aws_iam_policy.limit", {"name": "limit", "policy": _text([{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}])})
	_answers([_bounded({"permissions_boundary": "arn:aws:iam::1:policy/limit"}), limit]) == _passed
	_answers([_bounded({}), limit]).deny == {["aws_iam_policy.limit", ["policy", "Statement", 0]]}
}

test_deny_users_and_groups if {
	every type in ["aws_iam_user_policy", "aws_iam_group_policy"] {
		address := concat(".", [type, "this"])
		_answers([fixture.known(address, {"policy": _writing})]).deny == {[address, ["policy", "Statement", 0]]}
	}
}

test_deny_inside_a_role if {
	role := fixture.known("aws_iam_role.this", {"name": "worker", "inline_policy": [{"name": "a", "policy": _writing}]})
	_answers([role]).deny == {["aws_iam_role.this", ["inline_policy", 0, "policy", "Statement", 0]]}
}

test_deny_full_access_to_iam if {
	attached := fixture.resource(
		"aws_iam_role_policy_attachment.this", {"policy_arn": "arn:aws:iam::aws:policy/IAMFullAccess"}, {"role": true},
		{"role": fixture.refers(["aws_iam_role.this.name"])},
	)
	_answers([_role("lambda.amazonaws.com"), attached]).deny == {["aws_iam_role_policy_attachment.this", ["policy_arn"]]}
	_answers([_role("sagemaker.amazonaws.com"), attached]) == _passed
	exclusive := fixture.known("aws_iam_role_policy_attachments_exclusive.this", {
		"role_name": "worker",
		"policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/IAMFullAccess"],
	})
	_answers([_role("lambda.amazonaws.com"), exclusive]).deny == {["aws_iam_role_policy_attachments_exclusive.this", ["policy_arns"]]}
}

test_one_for_each_policy if {
	_answers([_policy(_text([
		{"Effect": "Allow", "Action": "lambda:UpdateFunctionCode", "Resource": "*"},
		{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "*"},
	]))]).deny == {["aws_iam_policy.this", ["policy", "Statement", 1]]}
}

test_documents if {
	_made({"actions": ["iam:PutRolePolicy"], "resources": ["*"]}, {}, []) == _denied_document
	_made({"actions": ["iam:PutRolePolicy"], "resources": [null]}, {"resources": [true]}, ["aws_iam_role.x.arn"]) == _passed
	_made({"actions": ["iam:PutRolePolicy"], "resources": [null]}, {"resources": [true]}, ["terraform_data.x.output"]) == _open
	_made({"actions": ["s3:GetObject"], "resources": [null]}, {"resources": [true]}, ["terraform_data.x.output"]) == _passed
	_made({"actions": [null], "resources": ["*"]}, {"actions": [true]}, ["terraform_data.x.output"]) == _open
	_made({"actions": [null], "resources": ["arn:aws:s3:::a"]}, {"actions": [true]}, ["terraform_data.x.output"]) == _passed
	_made({"actions": ["iam:PutRolePolicy"], "resources": ["*"]}, {"condition": true}, []) == _passed
	_made({"actions": ["*"], "resources": [null]}, {"resources": [true]}, ["terraform_data.x.output"]) == _passed
	bound := {"test": "StringEquals", "variable": "iam:PermissionsBoundary", "values": ["a"]}
	_made({"actions": ["iam:PutRolePolicy"], "resources": [null], "condition": [bound]}, {"resources": [true]}, ["terraform_data.x.output"]) == _passed
}

test_undecided_policy_that_nobody_sees if {
	unknown := fixture.resource(
		"aws_iam_role_policy.this", {}, {"policy": true, "role": true},
		{"policy": fixture.refers(["terraform_data.x.output"]), "role": fixture.refers(["aws_iam_role.this.id"])},
	)
	_answers([_role("lambda.amazonaws.com"), unknown]).undecided == {["aws_iam_role_policy.this", ["policy"]]}
	_answers([_role("sagemaker.amazonaws.com"), unknown]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_iam_policy.this", {"policy": _writing})]) == _passed
	_answers([fixture.known("aws_iam_policy.this", {"policy": null})]) == _passed
	_answers([fixture.known("aws_iam_policy.this", {"policy": ""})]) == _passed
}

_text(statements) := json.marshal({"Statement": statements})

_writing := _text([{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "*"}])

_policy(text) := fixture.known("aws_iam_policy.this", {"policy": text})

_given(statement) := _answers([_policy(_text([object.union({"Effect": "Allow"}, statement)]))])

_beside(denial) := _answers([_policy(_text([
	{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "*"},
	object.union({"Effect": "Deny"}, denial),
]))])

_role(service) := fixture.known("aws_iam_role.this", {"name": "worker", "assume_role_policy": _text([{
	"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service},
}])})

_bounded(more) := fixture.known("aws_iam_role.this", object.union({"name": "worker", "assume_role_policy": "{}"}, more))

_inline(name, statements) := fixture.resource(
	concat(".", ["aws_iam_role_policy", name]), {"policy": _text(statements)}, {"role": true},
	{"role": fixture.refers(["aws_iam_role.this.id"])},
)

_writes_roles := _inline("this", [{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "*"}])

_held(service, statement) := _answers([_role(service), _inline("this", [object.union({"Effect": "Allow"}, statement)])])

_passes := {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}

_starts(actions) := {"Effect": "Allow", "Action": actions, "Resource": "arn:aws:x:eu-west-1:111122223333:y/z"}

# One role holds both halves in policies of their own.
_passed_to(ways) if {
	every actions in ways {
		_answers([_role("lambda.amazonaws.com"), _inline("passes", [_passes]), _inline("starts", [_starts(actions)])]).deny == {[
			"aws_iam_role_policy.passes", ["policy", "Statement", 0],
		]}
	}
}

_limited(statements) := _answers([
	fixture.resource(
		"aws_iam_role.this", {"name": "worker", "assume_role_policy": "{}"}, {"permissions_boundary": true},
		{"permissions_boundary": fixture.refers(["aws_iam_policy.limit.arn"])},
	),
	fixture.known("aws_iam_policy.limit", {"name": "limit", "policy": _text(statements)}),
	_writes_roles,
])

_document(block, unknown, references) := fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": [block]}, {"json": true, "statement": [unknown]},
	{"statement": [{name: fixture.refers(references) | some name in ["actions", "resources", "not_resources"]}]},
)

_made(block, unknown, references) := _answers([
	fixture.resource("aws_iam_policy.this", {}, {"policy": true}, {"policy": fixture.refers(["data.aws_iam_policy_document.this.json"])}),
	_document(block, unknown, references),
])

_denied := {"deny": {["aws_iam_policy.this", ["policy", "Statement", 0]]}, "undecided": set()}

_denied_inline := {"deny": {["aws_iam_role_policy.this", ["policy", "Statement", 0]]}, "undecided": set()}

_denied_document := {"deny": {["aws_iam_policy.this", ["policy"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_iam_policy.this", ["policy"]]}}

_passed := {"deny": set(), "undecided": set()}

# The action that each title names.
_titles(statement) := titles if {
	titles := {regex.find_n("`[a-z0-9-]+:[A-Za-z]+`", finding.title, 1)[0] | some finding in policy.deny} with input as fixture.plan([_policy(_text([object.union({"Effect": "Allow"}, statement)]))])
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
