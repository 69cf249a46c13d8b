package plangate.policies.model_endpoints.customer_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.customer_key as policy

test_deny_absent if {
	_answers([_config({})]) == _denied
}

test_deny_null if {
	_answers([_config({"kms_key_arn": null})]) == _denied
}

test_deny_empty if {
	_answers([_config({"kms_key_arn": ""})]) == _denied
}

test_deny_key_of_aws if {
	_answers([_config({"kms_key_arn": "alias/aws/sagemaker"})]) == _denied
	_answers([_config({"kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:alias/aws/sagemaker"})]) == _denied
}

test_deny_one_variant_with_a_volume if {
	_answers([fixture.known(_address, {"production_variants": [
		{"instance_type": "ml.g5.xlarge"},
		{"instance_type": "ml.m5.xlarge"},
	]})]) == _denied
}

test_allow_key if {
	_answers([_config({"kms_key_arn": "arn:aws:kms:eu-west-1:111122223333:key/1111"})]) == _passed
}

test_allow_key_of_this_plan if {
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
	_answers([_unknown(["aws_kms_alias.this.target_key_arn"])]) == _passed
}

test_allow_local_storage if {
	_answers([fixture.known(_address, {"production_variants": [{"instance_type": "ml.g5.xlarge"}]})]) == _passed
}

test_allow_serverless if {
	_answers([fixture.known(_address, {"production_variants": [{"serverless_config": [{"max_concurrency": 5}]}]})]) == _passed
	_answers([fixture.known(_address, {"production_variants": [{"instance_type": null}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"production_variants": [{"instance_type": "ml.m5.xlarge"}]})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["local.key"])]) == _open
	_answers([_unknown(["data.aws_kms_key.this.arn"])]) == _open
	_answers([_unknown(["aws_kms_key.this.arn", "terraform_data.key.output"])]) == _open
}

test_undecided_key_on_a_variant_of_unknown_type if {
	_answers([fixture.resource(
		_address,
		{"production_variants": [{}]},
		{"kms_key_arn": true, "production_variants": [{"instance_type": true}]},
		{
			"kms_key_arn": fixture.refers(["local.key"]),
			"production_variants": [{"instance_type": fixture.refers(["terraform_data.type.output"])}],
		},
	)]) == _open
}

test_undecided_no_key_on_a_variant_of_unknown_type if {
	_answers([fixture.resource(
		_address,
		{"production_variants": [{}]},
		{"production_variants": [{"instance_type": true}]},
		{"production_variants": [{"instance_type": fixture.refers(["terraform_data.type.output"])}]},
	)]) == _variants_open
}

test_undecided_no_key_on_unknown_variants if {
	_answers([fixture.resource(_address, {}, {"production_variants": true}, {})]) == _variants_open
}

test_allow_unknown_key_on_local_storage if {
	_answers([fixture.resource(
		_address,
		{"production_variants": [{"instance_type": "ml.p4d.24xlarge"}]},
		{"kms_key_arn": true},
		{"kms_key_arn": fixture.refers(["local.key"])},
	)]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_config({})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "model_endpoints/customer_key",
		"severity": "high",
		"title": "endpoint volume is not encrypted with a customer managed key",
		"msg": concat(": ", [_address, "endpoint volume is not encrypted with a customer managed key (kms_key_arn)"]),
		"remediation": "set `kms_key_arn = aws_kms_key.<name>.arn` on the `aws_sagemaker_endpoint_configuration`",
		"address": _address,
		"path": ["kms_key_arn"],
		"frameworks": {
			"nist_800_53": ["SC-28", "SC-12"],
			"mitre_atlas": ["AML.T0025"],
			"owasp_llm": ["LLM02:2025"],
		},
		"aliases": ["SM-001", "CKV_AWS_98"],
	}} with input as fixture.plan([_config({})])
}

_address := "aws_sagemaker_endpoint_configuration.this"

_denied := {"deny": {[_address, ["kms_key_arn"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["kms_key_arn"]]}}

_variants_open := {"deny": set(), "undecided": {[_address, ["production_variants"]]}}

_passed := {"deny": set(), "undecided": set()}

_config(attributes) := fixture.known(_address, object.union(
	{"production_variants": [{"instance_type": "ml.m5.xlarge"}]},
	attributes,
))

_unknown(references) := fixture.resource(
	_address,
	{"production_variants": [{"instance_type": "ml.m5.xlarge"}]},
	{"kms_key_arn": true},
	{"kms_key_arn": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
