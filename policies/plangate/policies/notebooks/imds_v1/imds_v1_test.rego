package plangate.policies.notebooks.imds_v1_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.imds_v1 as policy

test_deny_no_block if {
	every blocks in [null, []] {
		_answers([fixture.known(_address, {_block: blocks})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_deny_version_1_or_none if {
	every settings in [{}, {_version: null}, {_version: ""}, {_version: "1"}] {
		_answers([_with(settings)]) == _denied
	}
}

test_deny_computed_but_not_set if {
	every expressions in [[{}], [{_version: {"constant_value": null}}]] {
		_answers([_computed({_block: expressions})]) == _denied
	}
}

test_allow_version_2 if {
	_answers([_with({_version: "2"})]) == _passed
}

test_undecided_unknown if {
	_answers([_computed({_block: [{_version: fixture.refers(["terraform_data.handoff.output"])}]})]) == _open
}

test_undecided_dynamic_block if {
	_answers([_computed({})]) == _open
	_answers([fixture.resource(_address, {}, {_block: true}, {})]) == _open
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_with({})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_sagemaker_notebook_instance.this"

_block := "instance_metadata_service_configuration"

_version := "minimum_instance_metadata_service_version"

_with(settings) := fixture.known(_address, {_block: [settings]})

_computed(expressions) := fixture.resource(_address, {_block: [{}]}, {_block: [{_version: true}]}, expressions)

_denied := {"deny": {[_address, [_block, 0, _version]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, [_block, 0, _version]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
