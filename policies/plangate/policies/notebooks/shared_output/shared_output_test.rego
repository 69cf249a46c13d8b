package plangate.policies.notebooks.shared_output_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.shared_output as policy

test_deny_shared_without_a_customer_key if {
	_answers([_domain({_option: "Allowed"})]) == _denied
	every key in [null, "", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		_answers([_domain({_option: "Allowed", _key: key})]) == _denied
	}
}

test_deny_user_profile if {
	_answers([fixture.known("aws_sagemaker_user_profile.this", {"user_settings": [{"sharing_settings": [{_option: "Allowed"}]}]})]) == {
		"deny": {["aws_sagemaker_user_profile.this", ["user_settings", 0, "sharing_settings", 0, _key]]},
		"undecided": set(),
	}
}

test_allow_shared_with_a_customer_key if {
	_answers([_domain({_option: "Allowed", _key: "arn:aws:kms:eu-west-1:111122223333:key/1111"})]) == _passed
	_answers([_unknown(
		{_option: "Allowed"}, {_key: true},
		{_option: {"constant_value": "Allowed"}, _key: fixture.refers(["aws_kms_key.this.arn"])},
	)]) == _passed
}

test_allow_not_shared if {
	every settings in [{}, {_option: null}, {_option: "Disabled"}, {_option: "Disabled", _key: null}] {
		_answers([_domain(settings)]) == _passed
	}
	_answers([fixture.known(_address, {"default_user_settings": [{"sharing_settings": []}]})]) == _passed
	_answers([fixture.known(_address, {"default_user_settings": []})]) == _passed
}

test_allow_not_shared_whatever_the_key if {
	_answers([_unknown(
		{_option: "Disabled"}, {_key: true},
		{_option: {"constant_value": "Disabled"}, _key: fixture.refers(["local.key"])},
	)]) == _passed
}

test_allow_unknown_option_with_a_key if {
	_answers([_unknown(
		{_key: "arn:aws:kms:eu-west-1:111122223333:key/1111"}, {_option: true},
		{_option: fixture.refers(["local.share"]), _key: {"constant_value": "…"}},
	)]) == _passed
	_answers([_unknown(
		{}, {_option: true, _key: true},
		{_option: fixture.refers(["local.share"]), _key: fixture.refers(["aws_kms_key.this.arn"])},
	)]) == _passed
}

test_undecided_option if {
	_answers([_unknown({}, {_option: true}, {_option: fixture.refers(["local.share"])})]) == {
		"deny": set(),
		"undecided": {[_address, array.concat(_at, [_option])]},
	}
}

test_undecided_key if {
	open := {"deny": set(), "undecided": {[_address, array.concat(_at, [_key])]}}
	_answers([_unknown(
		{_option: "Allowed"}, {_key: true},
		{_option: {"constant_value": "Allowed"}, _key: fixture.refers(["local.key"])},
	)]) == open
	_answers([_unknown(
		{}, {_option: true, _key: true},
		{_option: fixture.refers(["local.share"]), _key: fixture.refers(["local.key"])},
	)]) == open
}

test_undecided_dynamic_block if {
	count(_answers([fixture.resource(
		_address, {"default_user_settings": [{}]}, {"default_user_settings": [{"sharing_settings": true}]},
		{"default_user_settings": [{"execution_role": {"constant_value": "r"}}]},
	)]).undecided) == 1
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_domain({_option: "Allowed"})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"low"}
}

_address := "aws_sagemaker_domain.this"

_option := "notebook_output_option"

_key := "s3_kms_key_id"

_at := ["default_user_settings", 0, "sharing_settings", 0]

_domain(settings) := fixture.known(_address, {"default_user_settings": [{"sharing_settings": [settings]}]})

_unknown(known, unknown, expressions) := fixture.resource(
	_address,
	{"default_user_settings": [{"sharing_settings": [known]}]},
	{"default_user_settings": [{"sharing_settings": [unknown]}]},
	{"default_user_settings": [{"sharing_settings": [expressions]}]},
)

_denied := {"deny": {[_address, array.concat(_at, [_key])]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
