package plangate.policies.secrets.task_environment_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.task_environment as policy

test_deny_variable_and_command if {
	_answers([_task([
		{"name": "agent", "environment": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "HF", "value": _token}]},
		{"name": "server", "command": ["serve", "--hf-token", _token], "entryPoint": ["sh", "-c"]},
	])]) == {
		"deny": {
			[_address, ["container_definitions", 0, "environment", "HF"]],
			[_address, ["container_definitions", 1, "command"]],
		},
		"undecided": set(),
	}
}

test_deny_sensitive_part if {
	task := object.union(
		_task([{"environment": [{"name": "MODE", "value": "plain"}]}]),
		{"change": {"change": {"after_sensitive": {"container_definitions": true}}}},
	)
	_answers([task]) == {"deny": {[_address, ["container_definitions"]]}, "undecided": set()}
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"container_definitions": true},
		{"container_definitions": fixture.refers(["aws_ecr_repository.agent.repository_url"])},
	)]) == {"deny": set(), "undecided": {[_address, ["container_definitions"]]}}
}

test_allow_references_and_nothing if {
	_answers([_task([{"secrets": [{"name": "HF_TOKEN", "valueFrom": "arn:aws:ssm:eu-west-1:1:parameter/hf"}]}])]) == _passed
	_answers([_task([])]) == _passed
	every text in ["", "no json", "{}", "[1, null]", "[{\"environment\": 1}]"] {
		_answers([fixture.known(_address, {"container_definitions": text})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"container_definitions": _token})]) == _passed
}

_address := "aws_ecs_task_definition.this"

_task(containers) := fixture.known(_address, {"container_definitions": json.marshal(containers)})

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
