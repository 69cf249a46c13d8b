package plangate.policies.model_endpoints.registry_outside_vpc_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.registry_outside_vpc as policy

test_deny_registry_over_the_platform if {
	every image in [
		_private, "registry.acme.net:5000/llm/tgi:1", "ghcr.io/acme/tgi:1", "tgi:1",
		"111122223333.dkr.ecr.eu-west-1.amazonaws.com.evil.example/llm/tgi",
		"evil.example/111122223333.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi",
		"111122223333.dkr.ecr.evil.example/llm/tgi",
	] {
		_answers([_model({"image": image})]) == _denied
	}
	every config in [null, [], [{}], [{"repository_access_mode": "Platform"}], [{"repository_access_mode": null}]] {
		_answers([_model({"image": _private, "image_config": config})]) == _denied
	}
}

test_deny_any_container if {
	_answers([fixture.known(_address, {"container": [
		{"image": _private, "image_config": [{"repository_access_mode": "Vpc"}]},
		{"image": _private},
	]})]) == {"deny": {[_address, ["container", 1, "image_config"]]}, "undecided": set()}
}

test_allow_registry_over_the_vpc if {
	_answers([_model({"image": _private, "image_config": [{"repository_access_mode": "Vpc"}]})]) == _passed
}

test_allow_ecr if {
	every image in [
		"111122223333.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294",
		"111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/llm/tgi:1",
		"111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/llm/tgi:1",
		"111122223333.dkr-ecr.eu-west-1.on.aws/llm/tgi:1",
		"public.ecr.aws/docker/library/python:3.12",
	] {
		_answers([_model({"image": image})]) == _passed
		_answers([_model({"image": image, "image_config": [{"repository_access_mode": "Platform"}]})]) == _passed
	}
	_answers([_image(["aws_ecr_repository.this.repository_url"], {}, {})]) == _passed
	_answers([_image(["data.aws_ecr_repository.this.repository_url"], {}, {})]) == _passed
}

test_allow_no_image if {
	every container in [{}, {"image": null}, {"image": ""}, {"model_package_name": "ranker"}] {
		_answers([_model(container)]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"primary_container": [{"image": _private}]})]) == _passed
}

test_undecided_unknown_mode if {
	_answers([fixture.resource(
		_address,
		{"primary_container": [{"image": _private, "image_config": [{}]}]},
		{"primary_container": [{"image_config": [{"repository_access_mode": true}]}]},
		{"primary_container": [{"image_config": [{"repository_access_mode": fixture.refers(["terraform_data.mode.output"])}]}]},
	)]) == _open(["primary_container", 0, "image_config"])
	_answers([fixture.resource(
		_address,
		{"primary_container": [{"image": _private}]},
		{"primary_container": [{"image_config": true}]},
		{"primary_container": [{"image": {"constant_value": _private}}]},
	)]) == _open(["primary_container", 0, "image_config"])
}

test_undecided_unknown_image if {
	_answers([_image(["terraform_data.image.output"], {}, {})]) == _open(["primary_container", 0, "image"])
	_answers([_image(
		["terraform_data.image.output"],
		{"image_config": [{}]},
		{"image_config": [{"repository_access_mode": true}]},
	)]) == _open(["primary_container", 0, "image"])
}

test_allow_unknown_image_over_the_vpc if {
	_answers([_image(
		["terraform_data.image.output"],
		{"image_config": [{"repository_access_mode": "Vpc"}]},
		{},
	)]) == _passed
}

test_undecided_unknown_containers if {
	every name in ["primary_container", "container"] {
		_answers([fixture.resource(_address, {}, {name: true}, {})]) == _open([name])
	}
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_model({"image": _private})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"low"}
}

test_allow_unknown_image_of_each_kind_of_repository if {
	every type in ["aws_ecr_repository", "data.aws_ecr_repository", "data.aws_ecr_image", "data.aws_sagemaker_prebuilt_ecr_image"] {
		_answers([_image([concat(".", [type, "this"])], {}, {})]) == _passed
	}
	_answers([_image(["terraform_data.image.output"], {}, {})]) == _open(["primary_container", 0, "image"])
}

_address := "aws_sagemaker_model.this"

_private := "registry.acme.net/llm/tgi@sha256:60294"

_denied := {"deny": {[_address, ["primary_container", 0, "image_config"]]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_model(container) := fixture.known(_address, {"primary_container": [container]})

_image(references, after, unknown) := fixture.resource(
	_address,
	{"primary_container": [after]},
	{"primary_container": [object.union({"image": true}, unknown)]},
	{"primary_container": [{"image": fixture.refers(references)}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
