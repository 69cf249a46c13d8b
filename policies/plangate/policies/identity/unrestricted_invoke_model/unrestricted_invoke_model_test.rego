package plangate.policies.identity.unrestricted_invoke_model_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.unrestricted_invoke_model as policy

test_deny_any_model if {
	every resource in [
		"*", "arn:aws:bedrock:*", "arn:aws:bedrock:*:*:*", "arn:aws:bedrock:*::foundation-model/*", "arn:aws:bedrock:eu-west-1::foundation-model/*",
		"arn:aws:bedrock:eu-west-1:111122223333:inference-profile/*", ["arn:aws:bedrock:eu-west-1::foundation-model/a", "*"],
		"arn:aws:bedrock:*:*:*/*",
	] {
		_given({"Action": "bedrock:InvokeModel", "Resource": resource, "Condition": _railed}) == _denied
	}
	_given({"Action": "bedrock:InvokeModel", "NotResource": _nova, "Condition": _railed}) == _denied
}

test_deny_without_a_guardrail if {
	every action in ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", "bedrock:InvokeModel*", "Bedrock:*", ["bedrock:GetAgent", "bedrock:invoke*"]] {
		_given({"Action": action, "Resource": _nova}) == _denied
		_given({"Action": action, "Resource": _nova, "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}) == _denied
	}
}

test_allow_named_and_guarded if {
	_given({"Action": "bedrock:InvokeModel", "Resource": _nova, "Condition": _railed}) == _passed
	_given({"Action": "bedrock:InvokeModel", "Resource": "arn:aws:bedrock:eu-west-1:111122223333:custom-model/*", "Condition": _railed}) == _passed
}

test_allow_other_actions if {
	_given({"Action": ["bedrock:ListFoundationModels", "bedrock:ApplyGuardrail"], "Resource": "*"}) == _passed
	_given({"Effect": "Deny", "Action": "bedrock:InvokeModel*", "Resource": "*"}) == _passed
	_given({"Action": "*", "Resource": "*"}) == _passed
}

test_allow_models_that_take_no_guardrail if {
	every model in ["amazon.titan-embed-text-v2:0", "cohere.rerank-v3-5:0"] {
		_given({"Action": "bedrock:InvokeModel", "Resource": concat("", ["arn:aws:bedrock:eu-west-1::foundation-model/", model])}) == _passed
	}
	_given({"Action": "bedrock:InvokeModel", "Resource": [_nova, "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"]}) == _denied
}

test_allow_guardrail_by_denial if {
	_answers([_policy(json.marshal({"Statement": [
		{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": _nova},
		{"Effect": "Deny", "Action": "bedrock:InvokeModel", "Resource": "*", "Condition": {"StringNotEquals": {"bedrock:GuardrailIdentifier": _rail}}},
	]}))]) == _passed
	every denial in [
		{"Action": "bedrock:CreateAgent", "Condition": {"Null": {"bedrock:GuardrailIdentifier": "true"}}},
		{"Action": "bedrock:InvokeModel", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}},
	] {
		_answers([_policy(json.marshal({"Statement": [
			{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": _nova},
			object.union({"Effect": "Deny", "Resource": "*"}, denial),
		]}))]) == _denied
	}
}

test_allow_roles_of_agents if {
	role := fixture.known("aws_iam_role.this", {"name": "agent"})
	agent := fixture.resource(
		"aws_bedrockagent_agent.this", {}, {"agent_resource_role_arn": true},
		{"agent_resource_role_arn": fixture.refers(["aws_iam_role.this.arn"])},
	)
	inline := fixture.resource(
		"aws_iam_role_policy.this",
		{"policy": json.marshal({"Statement": [{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": _nova}]})},
		{"role": true},
		{"role": fixture.refers(["aws_iam_role.this.id"])},
	)
	_answers([role, agent, inline]) == _passed
	other := fixture.resource(
		"aws_bedrockagent_agent.this", {}, {"agent_resource_role_arn": true},
		{"agent_resource_role_arn": fixture.refers(["aws_iam_role.other.arn"])},
	)
	_answers([role, fixture.known("aws_iam_role.other", {"name": "other"}), other, inline]) == {
		"deny": {["aws_iam_role_policy.this", ["policy", "Statement", 0]]},
		"undecided": set(),
	}
	_answers([role, inline]) == {"deny": {["aws_iam_role_policy.this", ["policy", "Statement", 0]]}, "undecided": set()}
}

test_approved_models if {
	every models in [[_nova], ["amazon.nova-*"], ["meta.*", "arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0"]] {
		_with(models, {"Action": "bedrock:InvokeModel", "Resource": _nova, "Condition": _railed}) == _passed
	}
	every models in [["amazon.nova-pro*"], ["nova"]] {
		_with(models, {"Action": "bedrock:InvokeModel", "Resource": _nova, "Condition": _railed}) == _denied
	}
	_with(["amazon.nova-lite-v1:0"], {"Action": "bedrock:InvokeModel", "Resource": [_nova, "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-*"], "Condition": _railed}) == _denied
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_iam_policy.this", {"policy": json.marshal({"Statement": [{
		"Effect": "Allow",
		"Action": "bedrock:InvokeModel",
		"Resource": "*",
	}]})})]) == _passed
}

test_undecided_policy_that_nobody_sees if {
	_answers([_unknown("terraform_data.handoff.output")]) == _open
	_answers([_unknown("aws_bedrock_guardrail.chat.guardrail_arn")]) == _open
	_answers([_unknown("aws_s3_bucket.models.arn")]) == _passed
}

test_document if {
	railed := [{"variable": "bedrock:GuardrailIdentifier"}]
	_made({"actions": ["bedrock:InvokeModel"], "resources": [_nova], "condition": railed}, {"condition": [{"values": [true]}]}, []) == _passed
	_made({"actions": ["bedrock:InvokeModel"], "resources": [_nova]}, {}, []) == _denied_document
	_made({"actions": ["bedrock:InvokeModel"], "resources": [_nova]}, {"condition": true}, []) == _passed
	_made({"actions": ["bedrock:InvokeModel"], "resources": ["*"], "condition": railed}, {}, []) == _denied_document
	_made({"actions": ["bedrock:InvokeModel"], "resources": [null], "condition": railed}, {"resources": [true]}, ["terraform_data.x.output"]) == _open
	_made({"actions": ["bedrock:InvokeModel"], "resources": [null], "condition": railed}, {"resources": [true]}, ["aws_bedrock_inference_profile.x.arn"]) == _passed
	_made({"actions": ["bedrock:InvokeModel"], "resources": [null]}, {"resources": [true]}, ["terraform_data.x.output"]) == _open
	_made({"actions": ["bedrock:InvokeModel"], "resources": [null]}, {"resources": [true]}, ["aws_bedrock_inference_profile.x.arn"]) == _denied_document
	_made({"actions": ["s3:GetObject"], "resources": [null]}, {"resources": [true]}, ["terraform_data.x.output"]) == _passed
	_made({"actions": [null], "resources": ["*"]}, {"actions": [true]}, ["terraform_data.x.output"]) == _open
	_made({"actions": [null], "resources": [_nova], "condition": railed}, {"actions": [true]}, ["terraform_data.x.output"]) == _passed
}

_nova := "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0"

_rail := "arn:aws:bedrock:eu-west-1:111122223333:guardrail/k3q9x7d2v1ab"

_railed := {"StringEquals": {"bedrock:GuardrailIdentifier": _rail}}

_policy(text) := fixture.known("aws_iam_policy.this", {"policy": text})

_given(statement) := _answers([_policy(json.marshal({"Statement": [object.union({"Effect": "Allow"}, statement)]}))])

_with(models, statement) := answers if {
	answers := _given(statement) with data.plangate.config as {"parameters": {"IA-007": {"approved_models": models}}}
}

_unknown(reference) := fixture.resource(
	"aws_iam_policy.this", {}, {"policy": true},
	{"policy": fixture.refers([reference])},
)

_made(block, unknown, references) := _answers([_unknown("data.aws_iam_policy_document.this.json"), fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": [block]}, {"json": true, "statement": [unknown]},
	{"statement": [{name: fixture.refers(references) | some name in ["actions", "resources"]}]},
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
