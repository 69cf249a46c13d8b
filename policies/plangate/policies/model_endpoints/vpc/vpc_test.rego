package plangate.policies.model_endpoints.vpc_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.vpc as policy

test_deny_no_block if {
	every attributes in [{}, {"vpc_config": null}, {"vpc_config": []}] {
		_answers([fixture.known(_address, attributes)]) == _denied([["vpc_config"]])
	}
}

test_deny_empty_side if {
	every value in [null, []] {
		_answers([_model({"subnets": value})]) == _denied([["vpc_config", 0, "subnets"]])
		_answers([_model({"security_group_ids": value})]) == _denied([["vpc_config", 0, "security_group_ids"]])
	}
}

test_deny_both_sides_absent if {
	_answers([fixture.known(_address, {"vpc_config": [{}]})]) == _denied([
		["vpc_config", 0, "security_group_ids"],
		["vpc_config", 0, "subnets"],
	])
}

test_allow_both_sides if {
	_answers([_model({})]) == _passed
}

test_allow_unknown_sides if {
	_answers([fixture.resource(
		_address,
		{"vpc_config": [{}]},
		{"vpc_config": [{"subnets": true, "security_group_ids": true}]},
		{"vpc_config": [{
			"subnets": fixture.refers(["aws_subnet.private.id"]),
			"security_group_ids": fixture.refers(["local.groups"]),
		}]},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"vpc_config": []})]) == _passed
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"vpc_config": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["vpc_config"]]},
	}
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([fixture.known(_address, {})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "model_endpoints/vpc",
		"severity": "high",
		"title": "model is not attached to a VPC",
		"msg": "aws_sagemaker_model.this: model is not attached to a VPC (vpc_config)",
		"remediation": concat(" ", [
			"add a `vpc_config` block with private `subnets` and `security_group_ids`",
			"to the `aws_sagemaker_model`",
		]),
		"address": _address,
		"path": ["vpc_config"],
		"frameworks": {
			"nist_800_53": ["SC-7"],
			"mitre_atlas": ["AML.T0025"],
			"owasp_llm": ["LLM02:2025"],
		},
		"aliases": ["SM-012"],
	}} with input as fixture.plan([fixture.known(_address, {})])
}

_address := "aws_sagemaker_model.this"

_denied(paths) := {"deny": {[_address, path] | some path in paths}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_model(sides) := fixture.known(_address, {"vpc_config": [object.union(
	{"subnets": ["subnet-1"], "security_group_ids": ["sg-1"]},
	sides,
)]})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
