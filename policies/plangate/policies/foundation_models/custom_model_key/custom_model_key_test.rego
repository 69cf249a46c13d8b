package plangate.policies.foundation_models.custom_model_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.foundation_models.custom_model_key as policy

test_deny_no_key if {
	every key in [null, "", "alias/aws/bedrock", "arn:aws:kms:eu-west-1:111122223333:alias/aws/bedrock"] {
		_answers([fixture.known(_address, {"custom_model_kms_key_id": key})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_deny_variable_that_is_null if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as object.union(fixture.plan([_unknown(["var.key"])]), {"variables": {"key": {"value": null}}})
	answers == _denied
}

test_allow_key if {
	every key in ["arn:aws:kms:eu-west-1:111122223333:key/1111", "arn:aws:kms:eu-west-1:111122223333:alias/ai"] {
		_answers([fixture.known(_address, {"custom_model_kms_key_id": key})]) == _passed
	}
}

test_allow_key_of_this_plan if {
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
	_answers([_unknown(["aws_kms_external_key.this.arn"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"custom_model_kms_key_id": null})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["local.key"])]) == _open
	_answers([_unknown(["aws_cloudformation_stack.platform.outputs"])]) == _open
	_answers([_unknown(["aws_kms_key.this.arn", "terraform_data.key.output"])]) == _open
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([fixture.known(_address, {})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_bedrock_custom_model.this"

_denied := {"deny": {[_address, ["custom_model_kms_key_id"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["custom_model_kms_key_id"]]}}

_passed := {"deny": set(), "undecided": set()}

_unknown(references) := fixture.resource(
	_address, {},
	{"custom_model_kms_key_id": true},
	{"custom_model_kms_key_id": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
