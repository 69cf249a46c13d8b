package plangate.policies.mlops.open_workforce_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.open_workforce as policy

test_deny_the_internet if {
	every cidrs in [["0.0.0.0/0"], ["203.0.113.0/24", "::/0"], ["0.0.0.0/1", "128.0.0.0/1"]] {
		_answers([_known(cidrs, [])]) == _denied(_cidrs)
	}
}

test_deny_known_to_have_none if {
	_answers([fixture.known(_address, {"source_ip_config": [], "workforce_vpc_config": []})]) == _denied(["source_ip_config"])
}

test_deny_no_ranges if {
	_answers([_known([], [])]) == _denied(_cidrs)
	_answers([_known(null, [])]) == _denied(_cidrs)
	_answers([_known(null, [{"subnets": ["subnet-1"]}])]) == _passed
	_answers([fixture.known(_address, {"source_ip_config": [{}], "workforce_vpc_config": []})]) == _denied(_cidrs)
}

test_deny_empty_vpc_block if {
	_answers([_known(["0.0.0.0/0"], [{}])]) == _denied(_cidrs)
	_answers([_known(["0.0.0.0/0"], [{"vpc_id": null, "subnets": null}])]) == _denied(_cidrs)
}

test_allow_ranges if {
	_answers([_known(["203.0.113.0/24", "2001:db8::/48"], [])]) == _passed
}

test_allow_ranges_of_this_plan if {
	_answers([_unknown(["aws_vpc.this.cidr_block"])]) == _passed
}

test_allow_vpc if {
	_answers([_in_vpc(true)]) == _passed
	_answers([_in_vpc([{"cidrs": ["0.0.0.0/0"]}])]) == _passed
	_answers([_known(["0.0.0.0/0"], [{"vpc_id": "vpc-1", "subnets": ["subnet-1"]}])]) == _passed
	_answers([_known(["0.0.0.0/0"], [{"subnets": ["subnet-1"]}])]) == _passed
	_answers([fixture.resource(
		_address,
		{"workforce_vpc_config": [{}]},
		{"source_ip_config": true, "workforce_vpc_config": [{"vpc_id": true}]},
		{"workforce_vpc_config": [{"vpc_id": fixture.refers(["aws_vpc.this.id"])}]},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"source_ip_config": [{"cidrs": ["0.0.0.0/0"]}]})]) == _passed
}

test_undecided_absent_or_dynamic_ranges if {
	_answers([fixture.resource(
		_address,
		{"workforce_vpc_config": []},
		{"source_ip_config": true, "workforce_vpc_config": []},
		{"workforce_name": {"constant_value": "labelers"}},
	)]) == _open(["source_ip_config"])
}

test_undecided_ranges_from_elsewhere if {
	_answers([_unknown(["terraform_data.ranges.output"])]) == _open(["source_ip_config"])
}

test_undecided_dynamic_vpc if {
	_answers([fixture.resource(
		_address,
		{"source_ip_config": [{"cidrs": ["0.0.0.0/0"]}]},
		{"workforce_vpc_config": true}, {},
	)]) == _open(["workforce_vpc_config"])
	_answers([fixture.resource(
		_address,
		{"source_ip_config": [{"cidrs": ["203.0.113.0/24"]}]},
		{"workforce_vpc_config": true}, {},
	)]) == _passed
}

_address := "aws_sagemaker_workforce.this"

_cidrs := ["source_ip_config", 0, "cidrs"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_known(cidrs, vpc) := fixture.known(_address, {"source_ip_config": [{"cidrs": cidrs}], "workforce_vpc_config": vpc})

_unknown(references) := fixture.resource(
	_address,
	{"source_ip_config": [{}], "workforce_vpc_config": []},
	{"source_ip_config": [{"cidrs": true}]},
	{"source_ip_config": [{"cidrs": fixture.refers(references)}]},
)

_in_vpc(sources) := fixture.resource(
	_address,
	{"workforce_vpc_config": [{"vpc_id": "vpc-1"}]},
	{"source_ip_config": sources},
	{"workforce_vpc_config": [{"vpc_id": {"constant_value": "vpc-1"}}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
