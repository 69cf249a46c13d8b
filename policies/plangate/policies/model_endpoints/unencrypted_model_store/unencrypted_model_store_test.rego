package plangate.policies.model_endpoints.unencrypted_model_store_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unencrypted_model_store as policy

test_deny_nothing_said if {
	_answers(fixture.plan([_bucket])) == _denied
}

test_deny_key_of_s3 if {
	_answers(fixture.plan([_bucket, _encryption({"sse_algorithm": "AES256"})])) == _rule_denied
}

test_deny_no_customer_key if {
	every key in [null, "", "alias/aws/s3", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		_answers(fixture.plan([_bucket, _encryption({
			"sse_algorithm": "aws:kms",
			"kms_master_key_id": key,
		})])) == _rule_denied
	}
}

test_deny_no_algorithm if {
	_answers(fixture.plan([_bucket, _encryption({})])) == _rule_denied
	_answers(fixture.plan([_bucket, _encryption({"sse_algorithm": null})])) == _rule_denied
}

test_deny_no_rule if {
	every rules in [null, []] {
		_answers(fixture.plan([_bucket, fixture.known(_address, {"bucket": "acme-models", "rule": rules})])) == {
			"deny": {[_address, ["rule"]]},
			"undecided": set(),
		}
	}
}

test_deny_encryption_of_another_bucket if {
	_answers(fixture.plan([_bucket, _other_bucket, _encryption_of("aws_s3_bucket.logs.id")])) == _denied
}

test_deny_deleted_encryption if {
	_answers(fixture.plan([_bucket, fixture.deleted(_address, {"bucket": "acme-models"})])) == _denied
}

test_deny_encryption_of_a_bucket_outside_the_plan if {
	_answers(fixture.plan([_encryption({"sse_algorithm": "AES256"})])) == _rule_denied
}

test_allow_key_by_name if {
	every algorithm in ["aws:kms", "aws:kms:dsse"] {
		_answers(fixture.plan([_bucket, _encryption({
			"sse_algorithm": algorithm,
			"kms_master_key_id": "arn:aws:kms:eu-west-1:111122223333:key/1111",
		})])) == _passed
	}
}

test_allow_key_by_reference if {
	_answers(fixture.plan([_bucket, _encryption_of("aws_s3_bucket.models.id")])) == _passed
}

test_allow_encryption_in_a_module if {
	encryption := _encryption_of("var.bucket")
	inputs := {"bucket": fixture.refers(["aws_s3_bucket.models.id"])}
	key := fixture.resource("aws_kms_key.models", {}, {}, {})
	_answers(fixture.plan_with_modules(
		[_bucket], {"lock": fixture.call(inputs, [encryption, key], {})},
		[fixture.within("module.lock", encryption), fixture.within("module.lock", key)],
	)) == _passed
}

test_deny_the_instance_without_encryption if {
	_answers(fixture.plan([
		fixture.keyed("eu", _bucket),
		fixture.keyed("us", _bucket),
		fixture.keyed("eu", _encryption_at({"references": ["aws_s3_bucket.models", "each.key"]})),
	])) == {"deny": {[`aws_s3_bucket.models["us"]`, []]}, "undecided": set()}
}

test_allow_bucket_of_something_else if {
	_answers(fixture.plan([_other_bucket])) == _passed
}

test_allow_deleted if {
	_answers(fixture.plan([fixture.deleted("aws_s3_bucket.models", {"bucket": "acme-models"})])) == _passed
}

test_block_of_the_bucket_counts if {
	_answers(fixture.plan([_with_block({
		"sse_algorithm": "aws:kms",
		"kms_master_key_id": "arn:aws:kms:eu-west-1:111122223333:key/1111",
	})])) == _passed
	_answers(fixture.plan([_with_block({"sse_algorithm": "AES256"})])) == {
		"deny": {["aws_s3_bucket.models", ["server_side_encryption_configuration", 0, "rule", 0]]},
		"undecided": set(),
	}
}

test_resource_counts_before_the_block_of_the_bucket if {
	_answers(fixture.plan([
		_with_block({"sse_algorithm": "AES256"}),
		_encryption_of("aws_s3_bucket.models.id"),
	])) == _passed
}

test_deny_bucket_that_is_there_and_has_no_block if {
	every blocks in [null, []] {
		_answers(fixture.plan([fixture.known("aws_s3_bucket.models", {
			"bucket": "acme-models",
			"server_side_encryption_configuration": blocks,
		})])) == _denied
	}
}

test_deny_computed_block_that_nobody_writes if {
	_answers(fixture.plan([fixture.resource(
		"aws_s3_bucket.models",
		{"bucket": "acme-models"},
		{"server_side_encryption_configuration": true},
		{"bucket": {"constant_value": "acme-models"}},
	)])) == _denied
}

test_unknown_block_of_the_bucket_is_not_denied if {
	bucket := fixture.resource(
		"aws_s3_bucket.models",
		{"bucket": "acme-models"},
		{"server_side_encryption_configuration": true},
		{"server_side_encryption_configuration": fixture.refers(["local.encryption"])},
	)
	_answers(fixture.plan([bucket])).deny == set()
}

test_undecided_stray_encryption if {
	_answers(fixture.plan([_bucket, _encryption_of("local.bucket")])) == {
		"deny": set(),
		"undecided": {["aws_s3_bucket.models", []]},
	}
}

test_undecided_key_from_elsewhere if {
	_answers(fixture.plan([_bucket, _unknown({"sse_algorithm": "aws:kms"}, {"kms_master_key_id": true})])) == _rule_open
}

test_undecided_algorithm if {
	_answers(fixture.plan([_bucket, _unknown({}, {"sse_algorithm": true, "kms_master_key_id": true})])) == _rule_open
	_answers(fixture.plan([_bucket, _unknown({}, {"sse_algorithm": true})])) == _rule_open
}

test_undecided_algorithm_beside_a_key if {
	key := {"kms_master_key_id": "arn:aws:kms:eu-west-1:111122223333:key/1111"}
	_answers(fixture.plan([_bucket, _unknown(key, {"sse_algorithm": true})])) == _rule_open
}

test_deny_other_algorithm_whatever_the_key if {
	_answers(fixture.plan([_bucket, _unknown(
		{"sse_algorithm": "AES256"},
		{"kms_master_key_id": true},
	)])) == _rule_denied
}

test_undecided_dynamic_rule if {
	_answers(fixture.plan([_bucket, fixture.resource(
		_address,
		{"bucket": "acme-models"}, {"rule": true},
		{"bucket": {"constant_value": "acme-models"}},
	)])) == {"deny": set(), "undecided": {[_address, ["rule"]]}}
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_bucket])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "model_endpoints/unencrypted_model_store",
		"severity": "high",
		"title": "bucket of models or datasets is not encrypted with a customer managed key",
		"msg": "aws_s3_bucket.models: bucket of models or datasets is not encrypted with a customer managed key",
		"remediation": concat(" ", [
			"add an `aws_s3_bucket_server_side_encryption_configuration` for the bucket with",
			"`sse_algorithm = \"aws:kms\"` and `kms_master_key_id = aws_kms_key.<name>.arn`",
		]),
		"address": "aws_s3_bucket.models",
		"path": [],
		"frameworks": {"nist_800_53": ["SC-28"]},
		"aliases": ["ST-002", "CKV_AWS_145", "CKV_AWS_19", "AWS-0088", "AWS-0132"],
	}} with input as fixture.plan([_bucket])
}

_address := "aws_s3_bucket_server_side_encryption_configuration.this"

_denied := {"deny": {["aws_s3_bucket.models", []]}, "undecided": set()}

_rule_denied := {"deny": {[_address, ["rule", 0]]}, "undecided": set()}

_rule_open := {"deny": set(), "undecided": {[_address, ["rule", 0]]}}

_passed := {"deny": set(), "undecided": set()}

_bucket := fixture.known("aws_s3_bucket.models", {"bucket": "acme-models"})

_other_bucket := fixture.known("aws_s3_bucket.logs", {"bucket": "acme-logs"})

_rule(settings) := [{"apply_server_side_encryption_by_default": [settings]}]

_with_block(settings) := fixture.known("aws_s3_bucket.models", {
	"bucket": "acme-models",
	"server_side_encryption_configuration": [{"rule": _rule(settings)}],
})

_encryption(settings) := fixture.known(_address, {"bucket": "acme-models", "rule": _rule(settings)})

_encryption_of(reference) := _encryption_at(fixture.refers([reference]))

_encryption_at(bucket) := fixture.resource(
	_address,
	{"rule": _rule({"sse_algorithm": "aws:kms"})},
	{"bucket": true, "rule": _rule({"kms_master_key_id": true})},
	{"bucket": bucket, "rule": _rule({
		"sse_algorithm": {"constant_value": "aws:kms"},
		"kms_master_key_id": fixture.refers(["aws_kms_key.models.arn"]),
	})},
)

_unknown(known, unknown) := fixture.resource(
	_address,
	{"bucket": "acme-models", "rule": _rule(known)},
	{"rule": _rule(unknown)},
	{"rule": _rule(object.union(
		{name: {"constant_value": value} | some name, value in known},
		{name: fixture.refers(["local.encryption"]) | some name, _ in unknown},
	))},
)

_answers(plan) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as plan
}
