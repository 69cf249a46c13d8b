package plangate.policies.agents.unscoped_role_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.unscoped_role as policy

test_deny_all_actions if {
	every action in ["bedrock:*", "Bedrock:*", "*", "*:*", "bed*"] {
		_answers([_role, _agent, _inline(_allow(action, "*"))]) == _denied
		_answers([_role, _agent, _inline(_allow(action, _model))]) == _denied
	}
	_answers([_role, _agent, _inline(_allow(["s3:GetObject", "bedrock:*"], _model))]) == _denied
}

test_deny_all_resources if {
	every action in ["bedrock:InvokeModel", "bedrock:Invoke*", "Bedrock:Retrieve"] {
		every resource in ["*", "arn:aws:bedrock:*:*:*", "arn:aws:bedrock:eu-west-1:111122223333:*"] {
			_answers([_role, _agent, _inline(_allow(action, resource))]) == _denied
		}
		_answers([_role, _agent, _inline({"Effect": "Allow", "Action": action, "NotResource": _model})]) == _denied
	}
}

test_deny_all_but_some if {
	_answers([_role, _agent, _inline({"Effect": "Allow", "NotAction": ["iam:*", "bedrock:DeleteGuardrail"], "Resource": "*"})]) == _denied
}

test_deny_second_policy if {
	second := fixture.known("aws_iam_role_policy.second", {"role": "agent", "policy": _policy_of(_allow("bedrock:*", "*"))})
	_answers([_role, _agent, _inline(_allow("bedrock:InvokeModel", _model)), second]) == _denied
}

test_deny_attached_policies if {
	_answers([_role, _agent, _custom, _attached({"policy_arn": true}, ["aws_iam_policy.this.arn"])]) == _denied
	every name in ["AmazonBedrockFullAccess", "AdministratorAccess", "PowerUserAccess"] {
		_answers([_role, _agent, _managed(name)]) == _denied
		_answers([
			object.union(_role, fixture.known("aws_iam_role.this", {
				"name": "agent", "assume_role_policy": "{}",
				"managed_policy_arns": [concat("", ["arn:aws:iam::aws:policy/", name])],
			})),
			_agent,
		]) == _denied
	}
}

test_deny_policy_inside_the_role if {
	_answers([
		fixture.known("aws_iam_role.this", {
			"name": "agent", "assume_role_policy": "{}",
			"inline_policy": [{"name": "invoke", "policy": _policy_of(_allow("bedrock:*", "*"))}],
		}),
		_agent,
	]) == _denied
}

test_deny_role_by_arn if {
	agent := fixture.known(_address, {"agent_resource_role_arn": "arn:aws:iam::111122223333:role/ai/agent"})
	_answers([_role, agent, _inline(_allow("bedrock:*", "*"))]) == _denied
}

test_allow_scoped_statements if {
	every statement in [
		_allow(["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"], [_model]),
		_allow("bedrock:Invoke*", _model),
		_allow("bedrock:ListFoundationModels", "*"),
		_allow(["s3:GetObject", "logs:*"], "*"),
		_allow("*", "arn:aws:s3:::documents/*"),
		{"Effect": "Deny", "Action": "bedrock:*", "Resource": "*"},
		{"Effect": "Allow", "NotAction": "bedrock:*", "Resource": "*"},
		{"Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:aws:s3:::documents"},
		object.union(_allow("bedrock:InvokeModel", "*"), {"Condition": {"StringEquals": {"aws:ResourceTag/team": "claims"}}}),
		object.union(_allow("bedrock:InvokeModel", "*"), {"Condition": {"StringLike": {"bedrock:InferenceProfileArn": "arn:aws:bedrock:*:*:inference-profile/x"}}}),
	] {
		_answers([_role, _agent, _inline(statement)]) == _passed
	}
}

test_deny_conditions_that_say_nothing_of_resources if {
	_answers([_role, _agent, _inline(object.union(_allow("bedrock:InvokeModel", "*"), {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}))]) == _denied
}

test_allow_other_managed_policies if {
	every name in ["AmazonBedrockReadOnly", "AmazonS3FullAccess"] {
		_answers([_role, _agent, _managed(name)]) == _passed
	}
	_answers([_role, _agent, fixture.known("aws_iam_role_policy_attachment.this", {
		"role": "agent",
		"policy_arn": "arn:aws:iam::111122223333:policy/AdministratorAccess",
	})]) == _passed
}

test_allow_other_policies_of_the_role if {
	role := {"name": "agent", "assume_role_policy": "{}", "managed_policy_arns": ["arn:aws:iam::aws:policy/AmazonS3FullAccess"]}
	_answers([fixture.known("aws_iam_role.this", role), _agent]) == _passed

	# What the role has from before, the configuration does not write down.
	_answers([
		fixture.resource(
			"aws_iam_role.this",
			object.union(role, {"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}), {}, {},
		),
		_agent,
	]) == _passed
}

test_allow_roles_of_others if {
	other := fixture.known("aws_iam_role.other", {"name": "other", "assume_role_policy": "{}"})
	wide := fixture.known("aws_iam_role_policy.other", {"role": "other", "policy": _policy_of(_allow("bedrock:*", "*"))})
	_answers([_role, other, wide, _agent]) == _passed
	_answers([fixture.known(_address, {"agent_resource_role_arn": "arn:aws:iam::111122223333:role/elsewhere"})]) == _passed
}

test_allow_deleted if {
	_answers([_role, _inline(_allow("bedrock:*", "*")), fixture.deleted(_address, {})]) == _passed
	_answers([_role, fixture.deleted("aws_iam_role_policy.this", {"policy": _policy_of(_allow("bedrock:*", "*"))}), _agent]) == _passed
}

test_deny_and_allow_documents_that_are_read_during_apply if {
	_answers([_role, _agent, _deferred, _document({"actions": ["bedrock:*"], "resources": [null]}, {"resources": [true]})]) == _denied
	_answers([_role, _agent, _deferred, _document({"actions": ["bedrock:InvokeModel"], "resources": ["*", null]}, {"resources": [false, true]})]) == _denied
	_answers([_role, _agent, _deferred, _document_of(
		{"actions": ["bedrock:InvokeModel"]}, {"resources": true},
		{"resources": fixture.refers(["aws_bedrock_inference_profile.this.arn"])},
	)]) == _passed
}

test_undecided_documents_with_unknown_parts if {
	_answers([_role, _agent, _deferred, _document_of(
		{"actions": ["bedrock:InvokeModel"]}, {"resources": true},
		{"resources": fixture.refers(["terraform_data.this.output"])},
	)]) == _open
	_answers([_role, _agent, _deferred, _document_of(
		{"resources": [_model]}, {"actions": true},
		{"actions": fixture.refers(["terraform_data.this.output"])},
	)]) == _open
	_answers([_role, _agent, _deferred, _document_of(
		{"actions": ["s3:GetObject"]}, {"resources": true},
		{"resources": fixture.refers(["terraform_data.this.output"])},
	)]) == _passed
}

test_undecided_policy_from_elsewhere if {
	every references in [["aws_bedrock_inference_profile.this.arn"], ["aws_cloudformation_stack.this.outputs"]] {
		_answers([_role, _agent, fixture.resource(
			"aws_iam_role_policy.this", {"role": "agent"},
			{"policy": true}, {"policy": fixture.refers(references)},
		)]) == _open
	}
	_answers([_role, _agent, _attached({"policy_arn": true}, ["aws_cloudformation_stack.this.outputs"])]) == _open
}

test_undecided_role_from_elsewhere if {
	_answers([_role, _refers(["aws_cloudformation_stack.this.outputs"])]) == _open
	_answers([_role, _inline(_allow("bedrock:*", "*")), _refers(["aws_iam_role.this.arn", "local.role"])]) == _open
}

test_undecided_one_of_two_roles if {
	other := fixture.known("aws_iam_role.other", {"name": "other", "assume_role_policy": "{}"})
	both := _refers(["aws_iam_role.this.arn", "aws_iam_role.other.arn"])
	_answers([_role, other, _inline(_allow("bedrock:*", "*")), both]) == _open
	_answers([_role, other, _inline(_allow("bedrock:InvokeModel", _model)), both]) == _passed
}

_address := "aws_bedrockagent_agent.this"

_model := "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-5-sonnet-20240620-v1:0"

_denied := {"deny": {[_address, ["agent_resource_role_arn"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["agent_resource_role_arn"]]}}

_passed := {"deny": set(), "undecided": set()}

_role := fixture.known("aws_iam_role.this", {"name": "agent", "assume_role_policy": "{}"})

_agent := _refers(["aws_iam_role.this.arn"])

_refers(references) := fixture.resource(
	_address, {}, {"agent_resource_role_arn": true},
	{"agent_resource_role_arn": fixture.refers(references)},
)

_allow(action, resource) := {"Effect": "Allow", "Action": action, "Resource": resource}

_policy_of(statement) := json.marshal({"Version": "2012-10-17", "Statement": statement})

_inline(statement) := fixture.known("aws_iam_role_policy.this", {"role": "agent", "policy": _policy_of(statement)})

_custom := fixture.known("aws_iam_policy.this", {"name": "models", "policy": _policy_of(_allow("bedrock:*", "*"))})

_managed(name) := fixture.known("aws_iam_role_policy_attachment.this", {
	"role": "agent",
	"policy_arn": concat("", ["arn:aws:iam::aws:policy/", name]),
})

_attached(unknown, references) := fixture.resource(
	"aws_iam_role_policy_attachment.this", {"role": "agent"},
	unknown, {"policy_arn": fixture.refers(references)},
)

_deferred := fixture.resource(
	"aws_iam_role_policy.this", {"role": "agent"}, {"policy": true},
	{"policy": fixture.refers(["data.aws_iam_policy_document.this.json"])},
)

_document(statement, unknown) := _document_of(statement, unknown, {"resources": fixture.refers(["aws_bedrock_inference_profile.this.arn"])})

_document_of(statement, unknown, expressions) := fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": [statement]},
	{"statement": [unknown]}, {"statement": [expressions]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
