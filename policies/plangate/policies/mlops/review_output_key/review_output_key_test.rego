package plangate.policies.mlops.review_output_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.review_output_key as policy

test_deny_no_customer_key if {
	every output in [{}, {"kms_key_id": null}, {"kms_key_id": ""}, {"kms_key_id": "alias/aws/s3"}] {
		_answers([fixture.known(_address, {"output_config": [output]})]) == _denied
	}
}

test_allow_key if {
	_answers([fixture.known(_address, {"output_config": [{"kms_key_id": "alias/reviews"}]})]) == _passed
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"output_config": [{}]})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown(["local.key"])]) == _open
}

_address := "aws_sagemaker_flow_definition.this"

_denied := {"deny": {[_address, ["output_config", 0, "kms_key_id"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["output_config", 0, "kms_key_id"]]}}

_passed := {"deny": set(), "undecided": set()}

_unknown(references) := fixture.resource(
	_address,
	{"output_config": [{}]},
	{"output_config": [{"kms_key_id": true}]},
	{"output_config": [{"kms_key_id": fixture.refers(references)}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
