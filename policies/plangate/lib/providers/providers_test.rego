package plangate.lib.providers_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.providers

test_arguments_of_the_block_that_a_resource_is_made_with if {
	arguments := providers.arguments(_made_with("aws.virginia").change) with input as _plan("aws.virginia")
	arguments == {"region": {"constant_value": "us-east-1"}}
}

test_no_arguments_where_nobody_wrote_a_block if {
	every key in ["aws", "module.m:aws"] {
		arguments := providers.arguments(_made_with(key).change) with input as _plan(key)
		arguments == {}
	}
}

test_a_resource_without_declaration_has_none if {
	not providers.arguments({"address": "aws_x.gone", "type": "aws_x", "name": "gone"}) with input as _plan("aws")
}

test_a_constant_is_its_value if {
	providers.value({"constant_value": "eu-west-1"}) == "eu-west-1"
	providers.value({"constant_value": false}) == false
}

test_a_variable_is_its_value if {
	value := providers.value({"references": ["var.region"]}) with input as {"variables": {"region": {"value": "eu-west-1"}}}
	value == "eu-west-1"
}

test_anything_else_is_unknown if {
	every expression in [
		{},
		{"constant_value": null},
		{"references": ["local.region"]},
		{"references": ["data.aws_region.this.name", "data.aws_region.this"]},
		{"references": ["var.region", "var.suffix"]},
		{"references": ["var.other"]},
	] {
		not providers.value(expression) with input as {"variables": {"region": {"value": "eu-west-1"}, "suffix": {"value": "b"}}}
	}
}

_made_with(key) := object.union(
	fixture.known("aws_x.this", {}),
	{"configuration": {"provider_config_key": key}},
)

_plan(key) := object.union(
	fixture.plan([_made_with(key)]),
	{"configuration": {"provider_config": {
		"aws": {"name": "aws"},
		"aws.virginia": {"name": "aws", "expressions": {"region": {"constant_value": "us-east-1"}}},
	}}},
)

test_names if {
	providers.name({"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws"}) == "registry.terraform.io/hashicorp/aws"
	providers.name({"name": "aws"}) == "aws"
}

test_what_is_part_of_terraform if {
	providers.built_in({"name": "terraform", "full_name": "terraform.io/builtin/terraform"})
	not providers.built_in({"name": "terraform", "full_name": "registry.terraform.io/hashicorp/terraform"})
}

test_blocks if {
	blocks := providers.blocks with input as {"configuration": {"provider_config": {"aws": {"name": "aws"}}}}
	blocks == {"aws": {"name": "aws"}}
	none := providers.blocks with input as {}
	none == {}
}
