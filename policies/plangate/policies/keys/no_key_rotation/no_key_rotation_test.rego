package plangate.policies.keys.no_key_rotation_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.keys.no_key_rotation as policy

test_deny_off if {
	every off in [false, null] {
		_answers([_known({"enable_key_rotation": off})]) == _denied
	}
	_answers([_known({})]) == _denied
	_answers([fixture.known(_address, {})]) == _denied
	_answers([_known({"custom_key_store_id": "", "xks_key_id": ""})]) == _denied
}

test_allow_on if {
	_answers([_known({"enable_key_rotation": true})]) == _passed
}

test_allow_keys_that_cannot_rotate if {
	every attributes in [
		{"customer_master_key_spec": "ECC_NIST_P256", "key_usage": "SIGN_VERIFY"},
		{"customer_master_key_spec": "RSA_4096"},
		{"customer_master_key_spec": "HMAC_256", "key_usage": "GENERATE_VERIFY_MAC"},
		{"key_usage": "KEY_AGREEMENT"},
		{"custom_key_store_id": "cks-0a1b2c3d4e5f67890"},
		{"xks_key_id": "bb8562717f809024"},
	] {
		_answers([_known(attributes)]) == _passed
		_answers([_unknown(attributes, "enable_key_rotation")]) == _passed
	}
}

test_allow_asymmetric_key_in_whatever_store if {
	_answers([_unknown({"customer_master_key_spec": "RSA_4096"}, "custom_key_store_id")]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"enable_key_rotation": false})]) == _passed
}

test_undecided_switch if {
	_answers([_unknown({}, "enable_key_rotation")]) == _open
}

test_undecided_kind_of_key if {
	every name in ["customer_master_key_spec", "key_usage", "custom_key_store_id", "xks_key_id"] {
		_answers([_unknown({"enable_key_rotation": false}, name)]) == _open
		_answers([_unknown({"enable_key_rotation": true}, name)]) == _passed
	}
}

_address := "aws_kms_key.this"

_denied := {"deny": {[_address, ["enable_key_rotation"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["enable_key_rotation"]]}}

_passed := {"deny": set(), "undecided": set()}

_defaults := {
	"enable_key_rotation": false, "customer_master_key_spec": "SYMMETRIC_DEFAULT", "key_usage": "ENCRYPT_DECRYPT",
	"custom_key_store_id": null, "xks_key_id": null,
}

_known(attributes) := fixture.known(_address, object.union(_defaults, attributes))

_unknown(attributes, name) := fixture.resource(
	_address,
	object.remove(object.union(_defaults, attributes), [name]),
	{name: true},
	{name: fixture.refers(["terraform_data.x.output"])},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
