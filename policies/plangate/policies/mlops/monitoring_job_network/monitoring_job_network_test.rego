package plangate.policies.mlops.monitoring_job_network_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.monitoring_job_network as policy

test_deny_switches_that_are_off if {
	every off in [false, null] {
		_answers([_known(off, true)]) == _denied([_isolation])
		_answers([_known(true, off)]) == _denied([_encryption])
	}
	_answers([fixture.known(_address, {"network_config": [{}]})]) == _denied([_isolation, _encryption])
}

test_deny_no_network_config if {
	_answers([fixture.known(_address, {"network_config": []})]) == _denied([_isolation, _encryption])
	_answers([fixture.known(_address, {})]) == _denied([_isolation, _encryption])
}

test_allow_both if {
	_answers([_known(true, true)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"network_config": []})]) == _passed
}

test_undecided_unknown_switch if {
	_answers([fixture.resource(
		_address,
		{"network_config": [{"enable_inter_container_traffic_encryption": true}]},
		{"network_config": [{"enable_network_isolation": true}]},
		{"network_config": [{"enable_network_isolation": fixture.refers(["terraform_data.switch.output"])}]},
	)]) == _open([_isolation])
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"network_config": true}, {})]) == _open([_isolation, _encryption])
}

_address := "aws_sagemaker_data_quality_job_definition.this"

_isolation := ["network_config", 0, "enable_network_isolation"]

_encryption := ["network_config", 0, "enable_inter_container_traffic_encryption"]

_denied(paths) := {"deny": {[_address, path] | some path in paths}, "undecided": set()}

_open(paths) := {"deny": set(), "undecided": {[_address, path] | some path in paths}}

_passed := {"deny": set(), "undecided": set()}

_known(isolation, encryption) := fixture.known(_address, {"network_config": [{
	"enable_network_isolation": isolation,
	"enable_inter_container_traffic_encryption": encryption,
}]})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
