package plangate.policies.model_stores.image_repository_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.image_repository_key as policy

test_deny_nothing_said if {
	_answers([fixture.known(_address, {})]) == _denied(["encryption_configuration"])
	_answers([_known([])]) == _denied(["encryption_configuration"])
}

test_deny_key_of_s3 if {
	every type in ["AES256", null, ""] {
		_answers([_known([{"encryption_type": type, "kms_key": _arn}])]) == _denied(_type)
	}
	_answers([_known([{}])]) == _denied(_type)
}

test_deny_no_customer_key if {
	every key in [null, "", "alias/aws/ecr", "arn:aws:kms:eu-west-1:111122223333:alias/aws/ecr"] {
		every type in ["KMS", "KMS_DSSE"] {
			_answers([_known([{"encryption_type": type, "kms_key": key}])]) == _denied(_key)
		}
	}
	_answers([_unknown({})]) == _denied(_key)
	_answers([_unknown({"kms_key": {"constant_value": null}})]) == _denied(_key)
}

test_allow_key if {
	_answers([_known([{"encryption_type": "KMS", "kms_key": _arn}])]) == _passed
	_answers([_known([{"encryption_type": "KMS_DSSE", "kms_key": _arn}])]) == _passed
	_answers([_unknown({"kms_key": fixture.refers(["aws_kms_key.this.arn"])})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"encryption_configuration": []})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown({"kms_key": fixture.refers(["local.key"])})]) == _open(_key)
}

test_deny_key_of_s3_whatever_the_other_key if {
	_answers([fixture.resource(
		_address,
		{"encryption_configuration": [{"encryption_type": "AES256"}]},
		{"encryption_configuration": [{"kms_key": true}]},
		{"encryption_configuration": [{"encryption_type": {"constant_value": "AES256"}, "kms_key": fixture.refers(["local.key"])}]},
	)]) == _denied(_type)
}

test_undecided_type if {
	_answers([fixture.resource(
		_address,
		{"encryption_configuration": [{"kms_key": _arn}]},
		{"encryption_configuration": [{"encryption_type": true}]},
		{"encryption_configuration": [{"encryption_type": fixture.refers(["terraform_data.x.output"])}]},
	)]) == _open(_type)
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"encryption_configuration": true}, {})]) == _open(["encryption_configuration"])
}

test_undecided_key_in_a_dynamic_block if {
	_answers([fixture.resource(
		_address,
		{"encryption_configuration": [{"encryption_type": "KMS"}]},
		{"encryption_configuration": [{"kms_key": true}]},
		{},
	)]) == _open(_key)
}

_address := "aws_ecr_repository.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_type := ["encryption_configuration", 0, "encryption_type"]

_key := ["encryption_configuration", 0, "kms_key"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_known(configuration) := fixture.known(_address, {"encryption_configuration": configuration})

_unknown(expressions) := fixture.resource(
	_address,
	{"encryption_configuration": [{"encryption_type": "KMS"}]},
	{"encryption_configuration": [{"kms_key": true}]},
	{"encryption_configuration": [object.union({"encryption_type": {"constant_value": "KMS"}}, expressions)]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
