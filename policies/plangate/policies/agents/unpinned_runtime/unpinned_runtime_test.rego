package plangate.policies.agents.unpinned_runtime_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.unpinned_runtime as policy

test_deny_without_digest if {
	every image in [
		_repository,
		concat("", [_repository, ":latest"]),
		concat("", [_repository, ":sha-9fceb02d0ae5"]),
		concat("", [_repository, "@sha256:5f3c"]),
		concat("", [_repository, _digest, "0"]),
		concat("", [_repository, upper(_digest)]),
	] {
		_answers([_container(image)]) == _denied(_image)
	}
}

test_allow_digest if {
	_answers([_container(concat("", [_repository, _digest]))]) == _passed
	_answers([_container(concat("", [_repository, ":v1", _digest]))]) == _passed
}

test_deny_code_without_version if {
	_answers([_code({"bucket": "code", "prefix": "agent.zip"})]) == _denied(_version)
	_answers([_code({"bucket": "code", "prefix": "agent.zip", "version_id": null})]) == _denied(_version)
	_answers([_code({"bucket": "code", "prefix": "agent.zip", "version_id": ""})]) == _denied(_version)
}

test_allow_code_with_version if {
	_answers([_code({"bucket": "code", "prefix": "agent.zip", "version_id": "3sL4kqtJlcpXroDTDmJ"})]) == _passed
}

test_allow_no_artefact if {
	_answers([fixture.known(_address, {})]) == _passed
	_answers([fixture.known(_address, {"agent_runtime_artifact": [{}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_allow_digest_of_an_image_that_is_read if {
	every references in [
		["data.aws_ecr_image.pushed.image_digest"],
		["data.aws_ecr_image.pushed.image_uri"],
		["aws_ecr_repository.agents.repository_url", "data.aws_ecr_image.pushed.image_digest"],
		["data.aws_ecr_repository.agents.repository_url", "data.aws_ecr_image.pushed.image_digest"],
		["aws_ecr_repository.agents.repository_url", "docker_registry_image.agent.sha256_digest"],
	] {
		_answers([_unknown_image(references)]) == _passed
	}
}

test_undecided_image if {
	every references in [
		["aws_ecr_repository.agents.repository_url"],
		["data.aws_ecr_image.pushed.image_tags"],
		["docker_registry_image.agent.name"],
		["local.image"],
		["local.repository", "data.aws_ecr_image.pushed.image_digest"],
		["aws_x.image_digest"],
	] {
		_answers([_unknown_image(references)]) == _opened(_image)
	}
}

test_allow_version_of_an_object_of_this_plan if {
	every type in ["aws_s3_object", "aws_s3_object_copy", "data.aws_s3_object"] {
		_answers([_unknown_version([concat(".", [type, "agent.version_id"])])]) == _passed
	}
}

test_undecided_version if {
	every references in [["terraform_data.version.output"], ["aws_s3_object.agent.version_id", "local.version"]] {
		_answers([_unknown_version(references)]) == _opened(_version)
	}
}

test_undecided_unknown_blocks if {
	_answers([fixture.resource(
		_address,
		{"agent_runtime_artifact": [{"code_configuration": []}]},
		{"agent_runtime_artifact": [{"container_configuration": true}]},
		{},
	)]) == _opened(["agent_runtime_artifact", 0, "container_configuration"])
	_answers([fixture.resource(
		_address,
		{"agent_runtime_artifact": [{"container_configuration": []}]},
		{"agent_runtime_artifact": [{"code_configuration": [{"code": [{"s3": true}]}]}]},
		{},
	)]) == _opened(["agent_runtime_artifact", 0, "code_configuration", 0, "code", 0, "s3"])
}

_address := "aws_bedrockagentcore_agent_runtime.this"

_repository := "111122223333.dkr.ecr.eu-west-1.amazonaws.com/agents/support"

_digest := "@sha256:5f3c1d7ab0e94c6628d1b7f0a9e8c3d245716f8e90ab1c2d3e4f5061728394ab"

_image := ["agent_runtime_artifact", 0, "container_configuration", 0, "container_uri"]

_version := ["agent_runtime_artifact", 0, "code_configuration", 0, "code", 0, "s3", 0, "version_id"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_opened(path) := {"deny": set(), "undecided": {[_address, path]}}

_in_container(value) := {"agent_runtime_artifact": [{"container_configuration": [value]}]}

_in_code(value) := {"agent_runtime_artifact": [{"code_configuration": [{"code": [{"s3": [value]}]}]}]}

_container(image) := fixture.known(_address, _in_container({"container_uri": image}))

_code(object) := fixture.known(_address, _in_code(object))

_unknown_image(references) := fixture.resource(
	_address,
	_in_container({}),
	_in_container({"container_uri": true}),
	_in_container({"container_uri": fixture.refers(references)}),
)

_unknown_version(references) := fixture.resource(
	_address,
	_in_code({"bucket": "code"}),
	_in_code({"version_id": true}),
	_in_code({"version_id": fixture.refers(references)}),
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
