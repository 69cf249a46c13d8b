package plangate.policies.model_endpoints.public_model_store_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.public_model_store as policy

test_deny_no_block if {
	_answers(fixture.plan([_bucket])) == _denied
}

test_deny_switch_off if {
	every value in [false, null] {
		_answers(fixture.plan([_bucket, _block({"block_public_acls": value})])) == {
			"deny": {[_block_address, ["block_public_acls"]]},
			"undecided": set(),
		}
	}
}

test_deny_all_switches_absent if {
	_answers(fixture.plan([_bucket, fixture.resource(
		_block_address, {},
		{"bucket": true},
		{"bucket": fixture.refers(["aws_s3_bucket.models.id"])},
	)])) == {
		"deny": {[_block_address, [switch]] | some switch, _ in _switches},
		"undecided": set(),
	}
}

test_deny_block_of_another_bucket if {
	_answers(fixture.plan([_bucket, _other_bucket, _block_of("aws_s3_bucket.logs.id", {})])) == _denied
}

test_deny_block_of_another_name if {
	_answers(fixture.plan([_bucket, _named_block("acme-logs", {})])) == _denied
}

test_deny_deleted_block if {
	_answers(fixture.plan([_bucket, fixture.deleted(_block_address, _switches)])) == _denied
}

test_deny_incomplete_account_block if {
	_answers(fixture.plan([_bucket, _account_block({"restrict_public_buckets": false})])) == _denied
}

test_deny_block_of_a_bucket_outside_the_plan if {
	_answers(fixture.plan([_named_block("acme-models", {"block_public_policy": false})])) == {
		"deny": {[_block_address, ["block_public_policy"]]},
		"undecided": set(),
	}
}

test_allow_block_by_reference if {
	_answers(fixture.plan([_bucket, _block({})])) == _passed
}

test_allow_block_by_name if {
	_answers(fixture.plan([_bucket, _named_block("acme-models", {})])) == _passed
}

test_allow_block_in_a_module if {
	block := fixture.resource(
		_block_address, _switches,
		{"bucket": true},
		{"bucket": fixture.refers(["var.bucket"])},
	)
	call := fixture.call({"bucket": fixture.refers(["aws_s3_bucket.models.id"])}, [block], {})
	_answers(fixture.plan_with_modules(
		[_bucket], {"lock": call},
		[fixture.within("module.lock", block)],
	)) == _passed
}

test_allow_bucket_in_a_module if {
	outputs := {"id": {"expression": fixture.refers(["aws_s3_bucket.models.id"])}}
	_answers(fixture.plan_with_modules(
		[_block_of("module.store.id", {})],
		{"store": fixture.call({}, [_bucket], {"outputs": outputs})},
		[fixture.within("module.store", _bucket)],
	)) == _passed
}

test_deny_the_instance_without_a_block if {
	block := fixture.resource(
		_block_address, _switches,
		{"bucket": true},
		{"bucket": {"references": ["aws_s3_bucket.models", "each.key"]}},
	)
	_answers(fixture.plan([
		fixture.keyed("eu", _bucket),
		fixture.keyed("us", _bucket),
		fixture.keyed("eu", block),
	])) == {"deny": {[`aws_s3_bucket.models["us"]`, []]}, "undecided": set()}
}

test_allow_account_block if {
	_answers(fixture.plan([_bucket, _account_block({})])) == _passed
}

test_allow_bucket_of_something_else if {
	_answers(fixture.plan([_other_bucket])) == _passed
	_answers(fixture.plan([_other_bucket, _block_of("aws_s3_bucket.logs.id", {"block_public_acls": false})])) == _passed
	_answers(fixture.plan([_named_block("acme-logs", {"block_public_acls": false})])) == _passed
}

test_allow_deleted if {
	_answers(fixture.plan([fixture.deleted("aws_s3_bucket.models", {"bucket": "acme-models"})])) == _passed
}

test_undecided_stray_block if {
	_answers(fixture.plan([_bucket, _block_of("local.bucket", {})])) == {
		"deny": set(),
		"undecided": {["aws_s3_bucket.models", []]},
	}
}

test_allow_block_beside_a_stray_one if {
	stray := fixture.resource(
		"aws_s3_bucket_public_access_block.stray", _switches,
		{"bucket": true},
		{"bucket": fixture.refers(["local.bucket"])},
	)
	_answers(fixture.plan([_bucket, _block({}), stray])) == _passed
}

test_undecided_unknown_switch if {
	_answers(fixture.plan([_bucket, fixture.resource(
		_block_address,
		object.union(object.remove(_switches, ["block_public_acls"]), {"bucket": "acme-models"}),
		{"block_public_acls": true},
		{"block_public_acls": fixture.refers(["terraform_data.switch.output"])},
	)])) == {"deny": set(), "undecided": {[_block_address, ["block_public_acls"]]}}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "model_endpoints/public_model_store",
		"severity": "critical",
		"title": "bucket of models or datasets does not block public access",
		"msg": "aws_s3_bucket.models: bucket of models or datasets does not block public access",
		"remediation": concat(" ", [
			"add an `aws_s3_bucket_public_access_block` for the bucket with `block_public_acls`, `block_public_policy`,",
			"`ignore_public_acls` and `restrict_public_buckets` all set to `true`",
		]),
		"address": "aws_s3_bucket.models",
		"path": [],
		"frameworks": {
			"nist_800_53": ["AC-3", "SC-7"],
			"mitre_atlas": ["AML.T0035", "AML.T0036"],
			"owasp_llm": ["LLM02:2025"],
		},
		"aliases": [
			"ST-001", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "CKV2_AWS_6",
			"AWS-0086", "AWS-0087", "AWS-0091", "AWS-0093", "AWS-0094",
		],
	}} with input as fixture.plan([_bucket])
}

_block_address := "aws_s3_bucket_public_access_block.this"

_denied := {"deny": {["aws_s3_bucket.models", []]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_bucket := fixture.known("aws_s3_bucket.models", {"bucket": "acme-models"})

_other_bucket := fixture.known("aws_s3_bucket.logs", {"bucket": "acme-logs"})

_switches := {
	"block_public_acls": true,
	"block_public_policy": true,
	"ignore_public_acls": true,
	"restrict_public_buckets": true,
}

_block(switches) := _block_of("aws_s3_bucket.models.id", switches)

_block_of(reference, switches) := fixture.resource(
	_block_address, object.union(_switches, switches),
	{"bucket": true},
	{"bucket": fixture.refers([reference])},
)

_named_block(name, switches) := fixture.known(
	_block_address,
	object.union_n([_switches, {"bucket": name}, switches]),
)

_account_block(switches) := fixture.known(
	"aws_s3_account_public_access_block.this",
	object.union(_switches, switches),
)

_answers(plan) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as plan
}
