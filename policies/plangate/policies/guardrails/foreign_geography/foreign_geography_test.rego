package plangate.policies.guardrails.foreign_geography_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.guardrails.foreign_geography as policy

test_deny_other_geography if {
	every profile in ["us.guardrail.v1:0", "apac.guardrail.v1:0", "eu-gov.guardrail.v1:0", "us-eu.guardrail.v1:0"] {
		_given(["eu"], [_guardrail(profile)]) == _denied
		_given(["eu"], [_guardrail(concat("", [_arn, profile]))]) == _denied
	}
	_given([], [_guardrail("eu.guardrail.v1:0")]) == _denied
}

test_allow_geography if {
	every entries in [["eu"], ["us", "eu"], ["EU"], ["e*"]] {
		_given(entries, [_guardrail("eu.guardrail.v1:0")]) == _passed
		_given(entries, [_guardrail(concat("", [_arn, "eu.guardrail.v1:0"]))]) == _passed
	}
}

test_allow_no_profile if {
	_given(["eu"], [fixture.known(_address, {})]) == _passed
	_given(["eu"], [fixture.known(_address, {"cross_region_config": []})]) == _passed
	_given(["eu"], [_guardrail(null)]) == _passed
}

test_allow_deleted if {
	_given(["eu"], [fixture.deleted(_address, {"cross_region_config": []})]) == _passed
}

test_undecided_profile if {
	_given(["eu"], [_unknown]) == _open
}

test_undecided_profile_in_a_dynamic_block if {
	_given(["eu"], [fixture.resource(
		_address, {"cross_region_config": [{}]},
		{"cross_region_config": [{"guardrail_profile_identifier": true}]}, {},
	)]) == _open
}

test_undecided_block if {
	_given(["eu"], [_unknown_block]) == {"deny": set(), "undecided": {[_address, ["cross_region_config"]]}}
}

test_inactive_without_a_list if {
	_answers([_guardrail("us.guardrail.v1:0")]) == _passed
	_answers([_unknown]) == _passed
	_answers([_unknown_block]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_guardrail("us.guardrail.v1:0")])
		with data.plangate.config as object.union(_config(["eu"]), {"environment": "dev"})
	severities == {"low"}
}

_address := "aws_bedrock_guardrail.this"

_arn := "arn:aws:bedrock:eu-west-1:111122223333:guardrail-profile/"

_path := ["cross_region_config", 0, "guardrail_profile_identifier"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_config(entries) := {"parameters": {"BR-015": {"allowed_geographies": entries}}}

_guardrail(profile) := fixture.known(_address, {"cross_region_config": [{"guardrail_profile_identifier": profile}]})

_unknown := fixture.resource(
	_address, {"cross_region_config": [{}]},
	{"cross_region_config": [{"guardrail_profile_identifier": true}]},
	{"cross_region_config": [{"guardrail_profile_identifier": fixture.refers(["local.profile"])}]},
)

_unknown_block := fixture.resource(_address, {}, {"cross_region_config": true}, {})

_given(entries, resources) := answers if {
	answers := _answers(resources) with data.plangate.config as _config(entries)
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
