package plangate.policies.model_stores.open_bucket_policy_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.open_bucket_policy as policy

test_deny_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": ["*"]}] {
		_answers([_bucket, _written([_tls, _allow(principal, {})])]) == {
			"deny": {[_part, ["policy", "Statement", 1]]},
			"undecided": set(),
		}
	}
}

test_deny_without_tls if {
	_answers([_bucket, _written([])]) == _denied
	_answers([_bucket, _written([_allow({"AWS": _role}, {})])]) == _denied
	_answers([_written([_allow({"AWS": _role}, {})])]) == _denied
}

test_deny_denial_that_is_not_for_plain_requests if {
	every change in [
		{"Effect": "Allow", "Principal": {"AWS": _role}},
		{"Principal": {"AWS": _role}},
		{"Action": "s3:GetObject"},
		{"Action": ["s3:PutObject", "s3:DeleteObject"]},
		{"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
		{"Condition": {"Bool": {"aws:ViaAWSService": "false"}}},
		{"Condition": {"StringEquals": {"aws:SecureTransport": "false"}}},
		{"Condition": {"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:RequestedRegion": "eu-west-1"}}},
	] {
		statement := object.union(object.remove(_tls, object.keys(change)), change)
		_answers([_bucket, _written([statement])]) == _denied
	}
}

test_allow_denial_of_plain_requests if {
	every change in [
		{},
		{"Principal": {"AWS": "*"}},
		{"Principal": {"AWS": ["*"]}},
		{"Action": ["s3:*"]},
		{"Action": "*"},
		{"Action": ["s3:GetObject", "s3:PutObject"]},
		{"Condition": {"Bool": {"AWS:SecureTransport": false}}},
		{"Condition": {"BoolIfExists": {"aws:SecureTransport": ["false"]}}},
	] {
		statement := object.union(object.remove(_tls, object.keys(change)), change)
		_answers([_bucket, _written([_allow({"AWS": _role}, {}), statement])]) == _passed
	}
}

test_allow_everybody_of_the_organisation if {
	_answers([_bucket, _written([_tls, _allow("*", {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}})])]) == _passed
}

test_allow_other_buckets if {
	_answers([fixture.known(_part, {"bucket": "acme-logs", "policy": json.marshal({"Statement": []})})]) == _passed
}

test_allow_deleted if {
	_answers([_bucket, fixture.deleted(_part, {"bucket": "acme-models"})]) == _passed
}

test_undecided_policy_that_nobody_sees if {
	_answers([_bucket, _unknown("terraform_data.handoff.output")]) == _open
	_answers([_bucket, _unknown("aws_s3_bucket.this.arn")]) == _open
}

test_document_denies_plain_requests if {
	_answers([_bucket, _made, _document([_plain], [{"resources": true}])]) == _passed
	_answers([_bucket, _made, _document([], [])]) == _denied
}

test_document_lets_everybody_in if {
	everybody := {"actions": ["s3:GetObject"], "principals": [{"type": "*", "identifiers": ["*"]}]}
	_answers([_bucket, _made, _document([_plain, everybody], [])]) == _denied
}

test_document_whose_denial_comes_with_the_apply if {
	_answers([_bucket, _made, _document([object.remove(_plain, ["condition"])], [{"condition": true}])]) == _open
}

test_document_denies_plain_requests_and_something_else if {
	_answers([_bucket, _made, _document([_plain, {"effect": "Deny", "actions": ["s3:*"]}], [{}, {"condition": true}])]) == _passed
}

test_document_whose_principal_comes_with_the_apply if {
	someone := {"actions": ["s3:GetObject"], "principals": [{"type": "AWS", "identifiers": [null]}]}
	_answers([_bucket, _made, _document([_plain, someone], [{}, {"principals": [{"identifiers": [true]}]}])]) == _open
}

_part := "aws_s3_bucket_policy.this"

_role := "arn:aws:iam::111122223333:role/inference"

_bucket := fixture.known("aws_s3_bucket.this", {"bucket": "acme-models"})

_tls := {
	"Effect": "Deny",
	"Principal": "*",
	"Action": "s3:*",
	"Resource": ["arn:aws:s3:::acme-models", "arn:aws:s3:::acme-models/*"],
	"Condition": {"Bool": {"aws:SecureTransport": "false"}},
}

_allow(principal, condition) := {
	"Effect": "Allow",
	"Principal": principal,
	"Action": "s3:GetObject",
	"Resource": "arn:aws:s3:::acme-models/*",
	"Condition": condition,
}

_written(statements) := fixture.known(_part, {
	"bucket": "acme-models",
	"policy": json.marshal({"Version": "2012-10-17", "Statement": statements}),
})

_unknown(reference) := fixture.resource(
	_part, {"bucket": "acme-models"}, {"policy": true},
	{"bucket": {"constant_value": "acme-models"}, "policy": fixture.refers([reference])},
)

_made := _unknown("data.aws_iam_policy_document.this.json")

_plain := {
	"effect": "Deny",
	"actions": ["s3:*"],
	"principals": [{"type": "*", "identifiers": ["*"]}],
	"condition": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}],
}

_document(blocks, unknown) := fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": blocks}, {"json": true, "statement": unknown},
	{},
)

_denied := {"deny": {[_part, ["policy"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_part, ["policy"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
