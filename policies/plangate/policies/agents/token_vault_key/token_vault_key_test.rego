package plangate.policies.agents.token_vault_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.token_vault_key as policy

test_deny_key_of_service if {
	_answers([_vault({"key_type": "ServiceManagedKey", "kms_key_arn": null})]) == _denied(_type)
	_answers([_vault({"key_type": "ServiceManagedKey", "kms_key_arn": _arn})]) == _denied(_type)
}

test_deny_key_of_service_beside_an_unknown_key if {
	_answers([_unknown({"key_type": "ServiceManagedKey"}, {"kms_key_arn": true}, {
		"key_type": {"constant_value": "ServiceManagedKey"},
		"kms_key_arn": fixture.refers(["terraform_data.key.output"]),
	})]) == _denied(_type)
}

test_deny_customer_key_without_a_key if {
	every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager"] {
		_answers([_vault({"key_type": "CustomerManagedKey", "kms_key_arn": key})]) == _denied(_key)
	}
	_answers([_vault({"key_type": "CustomerManagedKey"})]) == _denied(_key)
}

test_deny_unknown_type_without_a_key if {
	_answers([_unknown({"kms_key_arn": null}, {"key_type": true}, {
		"key_type": fixture.refers(["terraform_data.type.output"]),
		"kms_key_arn": {"constant_value": null},
	})]) == _denied(_key)
}

test_allow_key if {
	_answers([_vault({"key_type": "CustomerManagedKey", "kms_key_arn": _arn})]) == _passed
}

test_allow_key_of_this_plan if {
	_answers([_unknown({"key_type": "CustomerManagedKey"}, {"kms_key_arn": true}, {
		"key_type": {"constant_value": "CustomerManagedKey"},
		"kms_key_arn": fixture.refers(["aws_kms_key.this.arn"]),
	})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_key_from_elsewhere if {
	_answers([_unknown({"key_type": "CustomerManagedKey"}, {"kms_key_arn": true}, {
		"key_type": {"constant_value": "CustomerManagedKey"},
		"kms_key_arn": fixture.refers(["terraform_data.key.output"]),
	})]) == _open(_key)
}

test_undecided_unknown_type if {
	every references in [["aws_kms_key.this.arn"], ["terraform_data.key.output"]] {
		_answers([_unknown({}, {"key_type": true, "kms_key_arn": true}, {
			"key_type": fixture.refers(["terraform_data.type.output"]),
			"kms_key_arn": fixture.refers(references),
		})]) == _open(_type)
	}
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"kms_configuration": true}, {})]) == _open(_type)
	_answers([fixture.resource(
		_address,
		{"kms_configuration": [{"key_type": "CustomerManagedKey"}]},
		{"kms_configuration": [{"kms_key_arn": true}]},
		{},
	)]) == _open(_key)
}

_address := "aws_bedrockagentcore_token_vault_cmk.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_type := ["kms_configuration", 0, "key_type"]

_key := ["kms_configuration", 0, "kms_key_arn"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_vault(block) := fixture.known(_address, {"kms_configuration": [block]})

_unknown(after, unknown, expressions) := fixture.resource(
	_address,
	{"kms_configuration": [after]},
	{"kms_configuration": [unknown]},
	{"kms_configuration": [expressions]},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
