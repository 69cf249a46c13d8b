package plangate.policies.vector_stores.vector_bucket_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.vector_bucket_key as policy

test_deny_default if {
	every value in [null, []] {
		_answers([fixture.known(_address, {"encryption_configuration": value})]) == _denied(_encryption)
	}
	_answers([fixture.known(_address, {})]) == _denied(_encryption)
	_answers([fixture.resource(_address, {}, {"encryption_configuration": true}, {})]) == _denied(_encryption)
	_answers([fixture.resource(
		_address, {},
		{"encryption_configuration": true},
		{"encryption_configuration": {"constant_value": null}},
	)]) == _denied(_encryption)
}

test_deny_key_of_s3 if {
	_answers([_bucket({"sse_type": "AES256", "kms_key_arn": null})]) == _denied(_type)
	_answers([_unknown({"sse_type": "AES256"}, {"kms_key_arn": true}, ["terraform_data.key.output"])]) == _denied(_type)
}

test_deny_kms_without_a_key if {
	every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		_answers([_bucket({"sse_type": "aws:kms", "kms_key_arn": key})]) == _denied(_key)
	}
}

test_deny_unknown_type_without_a_key if {
	_answers([_unknown({"kms_key_arn": null}, {"sse_type": true}, ["terraform_data.type.output"])]) == _denied(_key)
}

test_allow_key if {
	_answers([_bucket({"sse_type": "aws:kms", "kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1111"})]) == _passed
}

# The attribute is one expression, so its references stand for the whole of it.
test_allow_key_of_this_plan if {
	_answers([_unknown({"sse_type": "aws:kms"}, {"kms_key_arn": true}, ["aws_kms_key.this.arn"])]) == _passed
}

test_allow_index_like_its_bucket if {
	every value in [null, []] {
		_answers([fixture.known(_index, {"encryption_configuration": value})]) == _passed
	}
	_answers([fixture.resource(_index, {}, {"encryption_configuration": true}, {})]) == _passed
}

test_deny_index_that_takes_another_key if {
	_answers([fixture.known(_index, {"encryption_configuration": [{"sse_type": "AES256", "kms_key_arn": null}]})]) == {
		"deny": {[_index, _type]},
		"undecided": set(),
	}
	_answers([fixture.known(_index, {"encryption_configuration": [{"sse_type": "aws:kms", "kms_key_arn": null}]})]) == {
		"deny": {[_index, _key]},
		"undecided": set(),
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown({"sse_type": "aws:kms"}, {"kms_key_arn": true}, ["terraform_data.key.output"])]) == _open(_key)
}

test_undecided_unknown_type if {
	_answers([_unknown({}, {"sse_type": true, "kms_key_arn": true}, ["terraform_data.key.output"])]) == _open(_type)
	_answers([_unknown(
		{"kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1111"},
		{"sse_type": true},
		["terraform_data.type.output"],
	)]) == _open(_type)
}

test_undecided_unknown_as_a_whole if {
	_answers([fixture.resource(
		_address, {},
		{"encryption_configuration": true},
		{"encryption_configuration": fixture.refers(["terraform_data.encryption.output"])},
	)]) == _open(_type)
}

_address := "aws_s3vectors_vector_bucket.this"

_index := "aws_s3vectors_index.this"

_encryption := ["encryption_configuration"]

_type := ["encryption_configuration", 0, "sse_type"]

_key := ["encryption_configuration", 0, "kms_key_arn"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_bucket(encryption) := fixture.known(_address, {"encryption_configuration": [encryption]})

_unknown(after, unknown, references) := fixture.resource(
	_address,
	{"encryption_configuration": [after]},
	{"encryption_configuration": [unknown]},
	{"encryption_configuration": fixture.refers(references)},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
