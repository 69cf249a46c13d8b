package plangate.policies.identity.inference_role_writes_models_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.inference_role_writes_models as policy

test_deny_writing_the_models if {
	every actions in ["s3:*", ["s3:GetObject", "s3:PutObject"], "s3:Delete*", "*"] {
		every resources in ["*", "arn:aws:s3:::models/*", ["arn:aws:s3:::models", "arn:aws:s3:::mod*/*"]] {
			_answers([_role, _model, _policy(_allow(actions, resources))]) == _denied
		}
	}
	_answers([_role, _model, _policy(json.marshal({"Statement": [{
		"Effect": "Allow",
		"NotAction": ["s3:DeleteBucket"],
		"Resource": "arn:aws:s3:::models/*",
	}]}))]) == _denied
}

test_deny_bucket_by_reference if {
	_answers([_role, _model, _bucket("models"), _unknown("data.aws_iam_policy_document.this.json"), _document("aws_s3_bucket.this.arn")]) == {
		"deny": {["aws_iam_role_policy.this", ["policy"]]},
		"undecided": set(),
	}
}

test_denials_beside_it if {
	writing := ["s3:Put*", "s3:Delete*"]
	every denial in [
		{"Action": "s3:*", "Resource": "*"}, {"Action": writing, "Resource": ["arn:aws:s3:::models", "arn:aws:s3:::models/*"]},
		{"Action": writing, "Resource": "arn:aws:s3:::mod*"}, {"Action": writing, "NotResource": "arn:aws:s3:::capture/*"},
	] {
		_beside(denial) == _passed
	}
	every denial in [
		{"Action": "s3:Delete*", "Resource": "*"}, {"Action": writing, "Resource": "arn:aws:s3:::models/*"},
		{"Action": writing, "Resource": "arn:aws:s3:::models/other/*"}, {"Action": writing, "NotResource": "arn:aws:s3:::models/*"},
		{"Action": writing, "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
	] {
		_beside(denial) == _denied
	}
}

test_undecided_unknown if {
	_answers([_role, _model, _unknown("terraform_data.handoff.output")]) == _open
	_answers([_role, _model, _unknown("data.aws_iam_policy_document.this.json"), _document("terraform_data.handoff.output")]) == _open
}

test_undecided_unknown_action if {
	document := fixture.resource(
		"data.aws_iam_policy_document.this",
		{"statement": [{"actions": [null], "resources": ["arn:aws:s3:::models/*"]}]},
		{"json": true, "statement": [{"actions": [true], "resources": [false]}]},
		{"statement": [{"actions": fixture.refers(["terraform_data.handoff.output"])}]},
	)
	_answers([_role, _model, _unknown("data.aws_iam_policy_document.this.json"), document]) == _open
}

test_allow_everything_but_writing if {
	_answers([_role, _model, _policy(json.marshal({"Statement": [{
		"Effect": "Allow",
		"NotAction": ["s3:Put*", "s3:Delete*"],
		"Resource": "arn:aws:s3:::models/*",
	}]}))]) == _passed
}

test_allow_reading_and_other_buckets if {
	_answers([_role, _model, _policy(_allow(["s3:GetObject", "s3:ListBucket"], "*"))]) == _passed
	_answers([_role, _model, _policy(_allow("s3:PutObject", "arn:aws:s3:::capture/*"))]) == _passed
	_answers([_role, _model, _bucket("capture"), _unknown("data.aws_iam_policy_document.this.json"), _document("aws_s3_bucket.this.arn")]) == _passed
}

test_allow_roles_of_others if {
	_answers([_role, _policy(_allow("s3:*", "*"))]) == _passed
}

test_allow_deleted if {
	_answers([_role, _model, fixture.deleted("aws_iam_role_policy.this", {"policy": _allow("*", "*")})]) == _passed
}

test_deny_each_way_to_change_models if {
	every action in ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectAcl", "s3:PutBucketPolicy"] {
		_answers([_role, _model, _policy(_allow(action, "*"))]) == _denied
	}
}

_role := fixture.known("aws_iam_role.this", {"name": "chat", "assume_role_policy": _trust("sagemaker.amazonaws.com")})

_model := fixture.resource(
	"aws_sagemaker_model.this",
	{"primary_container": [{"model_data_url": "s3://models/chat/model.tar.gz"}]}, {"execution_role_arn": true},
	{"execution_role_arn": fixture.refers(["aws_iam_role.this.arn"])},
)

_beside(denial) := _answers([_role, _model, _policy(json.marshal({"Statement": [
	{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
	object.union({"Effect": "Deny"}, denial),
]}))])

_bucket(name) := fixture.known("aws_s3_bucket.this", {"bucket": name})

_policy(document) := fixture.resource(
	"aws_iam_role_policy.this", {"policy": document}, {"role": true},
	{"role": fixture.refers(["aws_iam_role.this.id"])},
)

_unknown(reference) := fixture.resource(
	"aws_iam_role_policy.this", {}, {"policy": true, "role": true},
	{"policy": fixture.refers([reference]), "role": fixture.refers(["aws_iam_role.this.id"])},
)

_document(reference) := fixture.resource(
	"data.aws_iam_policy_document.this",
	{"statement": [{"actions": ["s3:PutObject"], "resources": [null]}]},
	{"json": true, "statement": [{"actions": [false], "resources": [true]}]},
	{"statement": [{"actions": {"constant_value": ["s3:PutObject"]}, "resources": fixture.refers([reference])}]},
)

_denied := {"deny": {["aws_iam_role_policy.this", ["policy", "Statement", 0]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_iam_role_policy.this", ["policy"]]}}

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
