package plangate.policies.identity.training_role_reads_all_buckets_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.training_role_reads_all_buckets as policy

test_deny_every_bucket if {
	every actions in ["*", "S3:*", "s3:Get*", ["s3:ListBucket", "s3:GetObject"]] {
		every resources in ["*", "arn:aws:s3:::*", ["arn:aws:s3:::corpus/*", "arn:aws:s3:::*/*"]] {
			_answers([_role("llm-training"), _policy(_allow(actions, resources))]) == _denied
		}
	}
}

test_deny_every_bucket_but_one if {
	_answers([_role("llm-training"), _policy(json.marshal({"Statement": {
		"Effect": "Allow",
		"Action": "s3:GetObject",
		"NotResource": "arn:aws:s3:::payroll/*",
	}}))]) == _denied
}

test_conditions if {
	every condition in [
		{"StringEquals": {"s3:ExistingObjectTag/project": "corpus"}}, {"StringEquals": {"aws:ResourceTag/project": "corpus"}},
		{"ArnLike": {"s3:DataAccessPointArn": "arn:aws:s3:eu-west-1:111122223333:accesspoint/corpus"}},
	] {
		_under(condition) == _passed
	}
	every condition in [
		{"StringLike": {"s3:ExistingObjectTag/project": "*"}}, {"StringEqualsIfExists": {"aws:ResourceTag/project": "corpus"}},
		{"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}, {"Bool": {"aws:SecureTransport": "true"}},
	] {
		_under(condition) == _denied
	}
}

test_denials_beside_it if {
	every denial in [
		{"Action": "s3:*", "Resource": "*"}, {"Action": "s3:GetObject", "NotResource": "arn:aws:s3:::corpus/*"},
		{"NotAction": "logs:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:ResourceTag/project": "corpus"}}},
	] {
		_beside(denial) == _passed
	}
	every denial in [
		{"Action": "s3:PutObject", "Resource": "*"}, {"Action": "s3:*", "Resource": "arn:aws:s3:::payroll/*"},
		{"Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
	] {
		_beside(denial) == _denied
	}
}

test_deny_managed_policies_that_read_all if {
	every name in ["AmazonS3ReadOnlyAccess", "ReadOnlyAccess", "job-function/DataScientist"] {
		_answers([_role("llm-training"), _attached(concat("", ["arn:aws:iam::aws:policy/", name]))]).deny == {[
			"aws_iam_role_policy_attachment.this", ["policy_arn"],
		]}
		_answers([_role("finance"), _attached(concat("", ["arn:aws:iam::aws:policy/", name]))]) == _passed
	}
	_answers([_role("llm-training"), _attached("arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess")]) == _passed
	_answers([_role("llm-training"), _attached("arn:aws:iam::111122223333:policy/ReadOnlyAccess")]) == _passed
}

test_undecided_unknown if {
	_answers([_role("llm-training"), _unknown("terraform_data.handoff.output")]) == _open
	_answers([_role("llm-training"), _unknown("data.aws_iam_policy_document.this.json"), _document("terraform_data.handoff.output")]) == _open
}

test_undecided_parts_that_come_with_the_apply if {
	every case in [
		[{"actions": [null], "resources": ["*"]}, {"actions": [true]}, _open],
		[{"actions": [null], "resources": ["arn:aws:s3:::corpus/*"]}, {"actions": [true]}, _passed],
		[{"not_actions": [null], "resources": ["*"]}, {"not_actions": [true]}, _open],
		[{"actions": ["s3:GetObject"], "not_resources": [null]}, {"not_resources": [true]}, _open],
		[{"actions": ["s3:PutObject"], "not_resources": [null]}, {"not_resources": [true]}, _passed],
		[{"actions": ["s3:PutObject"], "resources": [null]}, {"resources": [true]}, _passed],
		[{"actions": ["s3:GetObject"], "resources": [null], "condition": [_project]}, {"resources": [true]}, _passed],
	] {
		_answers([
			_role("llm-training"), _unknown("data.aws_iam_policy_document.this.json"),
			_made_of(case[0], case[1], "terraform_data.handoff.output"),
		]) == case[2]
	}
	_answers([
		_role("finance"), _unknown("data.aws_iam_policy_document.this.json"),
		_document("terraform_data.handoff.output"),
	]) == _passed
	_answers([_role("finance"), _unknown("terraform_data.handoff.output")]) == _passed
}

test_allow_bucket_by_reference if {
	_answers([_role("llm-training"), _unknown("data.aws_iam_policy_document.this.json"), _document("aws_s3_bucket.corpus.arn")]) == _passed
}

test_allow_named_buckets_other_actions_and_other_roles if {
	_answers([_role("llm-training"), _policy(_allow("s3:GetObject", "arn:aws:s3:::corpus/*"))]) == _passed
	_answers([_role("llm-training"), _policy(_allow("cloudwatch:PutMetricData", "*"))]) == _passed
	_answers([_role("finance"), _policy(_allow("s3:GetObject", "*"))]) == _passed
}

test_allow_deleted if {
	_answers([_role("llm-training"), fixture.deleted("aws_iam_role_policy.this", {"policy": _allow("*", "*")})]) == _passed
}

_under(condition) := _answers([_role("llm-training"), _policy(json.marshal({"Statement": [{
	"Effect": "Allow",
	"Action": "s3:GetObject",
	"Resource": "*",
	"Condition": condition,
}]}))])

_beside(denial) := _answers([_role("llm-training"), _policy(json.marshal({"Statement": [
	{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
	object.union({"Effect": "Deny"}, denial),
]}))])

_attached(arn) := fixture.resource(
	"aws_iam_role_policy_attachment.this", {"policy_arn": arn}, {"role": true},
	{"role": fixture.refers(["aws_iam_role.this.name"])},
)

_role(name) := fixture.known("aws_iam_role.this", {"name": name, "assume_role_policy": _trust("sagemaker.amazonaws.com")})

_policy(document) := fixture.resource(
	"aws_iam_role_policy.this", {"policy": document}, {"role": true},
	{"role": fixture.refers(["aws_iam_role.this.id"])},
)

_unknown(reference) := fixture.resource(
	"aws_iam_role_policy.this", {}, {"policy": true, "role": true},
	{"policy": fixture.refers([reference]), "role": fixture.refers(["aws_iam_role.this.id"])},
)

_document(reference) := _made_of({"actions": ["s3:GetObject"], "resources": [null]}, {"resources": [true]}, reference)

_made_of(block, unknown, reference) := fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": [block]}, {"json": true, "statement": [unknown]},
	{"statement": [{name: fixture.refers([reference]) | some name, _ in unknown}]},
)

_project := {"test": "StringEquals", "variable": "aws:ResourceTag/project", "values": ["corpus"]}

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
