package plangate.policies.foundation_models.customization_outside_vpc_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.foundation_models.customization_outside_vpc as policy

test_deny_no_block if {
	every after in [{}, {"vpc_config": []}, {"vpc_config": null}] {
		_answers([fixture.known(_address, after)]) == {"deny": {[_address, ["vpc_config"]]}, "undecided": set()}
	}
}

test_deny_no_subnet if {
	every subnets in [[], null] {
		_answers([fixture.known(_address, {"vpc_config": [{"subnet_ids": subnets, "security_group_ids": []}]})]) == {
			"deny": {[_address, ["vpc_config", 0, "subnet_ids"]]},
			"undecided": set(),
		}
	}
}

test_allow_subnets if {
	_answers([fixture.known(_address, {"vpc_config": [{
		"subnet_ids": ["subnet-1", "subnet-2"],
		"security_group_ids": ["sg-1"],
	}]})]) == _passed
}

test_allow_subnets_of_this_plan if {
	_answers([_of_this_plan({"subnet_ids": [null, null]}, [true, true])]) == _passed
	_answers([_of_this_plan({}, true)]) == _passed
}

test_undecided_list_from_elsewhere if {
	every references in [["terraform_data.x.output"], ["local.subnets"], ["aws_subnet.private", "terraform_data.x.output"]] {
		_answers([_from(references)]) == {"deny": set(), "undecided": {[_address, ["vpc_config", 0, "subnet_ids"]]}}
	}
	every reference in ["aws_default_subnet.a.id", "data.aws_subnets.private.ids", "data.aws_subnet.private.id"] {
		_answers([_from([reference])]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"vpc_config": []})]) == _passed
}

test_undecided_block if {
	_answers([fixture.resource(_address, {}, {"vpc_config": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["vpc_config"]]},
	}
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([fixture.known(_address, {})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"low"}
}

_address := "aws_bedrock_custom_model.this"

_passed := {"deny": set(), "undecided": set()}

_of_this_plan(known, unknown) := fixture.resource(
	_address,
	{"vpc_config": [known]},
	{"vpc_config": [{"subnet_ids": unknown, "security_group_ids": unknown}]},
	{"vpc_config": [{
		"subnet_ids": fixture.refers(["aws_subnet.private"]),
		"security_group_ids": fixture.refers(["aws_security_group.training.id"]),
	}]},
)

_from(references) := fixture.resource(
	_address,
	{"vpc_config": [{"security_group_ids": ["sg-1"]}]}, {"vpc_config": [{"subnet_ids": true}]},
	{"vpc_config": [{"subnet_ids": fixture.refers(references)}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
