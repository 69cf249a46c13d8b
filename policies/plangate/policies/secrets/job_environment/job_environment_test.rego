package plangate.policies.secrets.job_environment_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.job_environment as policy

test_deny_in_each_kind_of_document if {
	_answers([_job("container_properties", _container)]) == _denied(["container_properties", "environment", "HF_TOKEN"])
	_answers([_job("node_properties", {"nodeRangeProperties": [{"container": _container}]})]) == _denied([
		"node_properties",
		"nodeRangeProperties", 0, "container", "environment", "HF_TOKEN",
	])
	_answers([_job("ecs_properties", {"taskProperties": [{"containers": [_container]}]})]) == _denied([
		"ecs_properties",
		"taskProperties", 0, "containers", 0, "environment", "HF_TOKEN",
	])
}

test_deny_pod_on_eks if {
	_answers([_pod([{"name": "LOG_LEVEL", "value": "info"}, {"name": "HF_TOKEN", "value": _token}])]) == _denied(_pod_path)
}

test_deny_arguments_of_a_pod if {
	every name in ["command", "args"] {
		job := fixture.known(_address, {"eks_properties": [{"pod_properties": [{"containers": [{name: ["train", "--hub-token", _token]}]}]}]})
		_answers([job]) == _denied(["eks_properties", 0, "pod_properties", 0, "containers", 0, name])
	}
}

test_deny_in_options_of_the_log_driver_and_checks if {
	_answers([_job("container_properties", {"logConfiguration": {
		"logDriver": "splunk",
		"options": {"splunk-token": "k7lmqyNURNN!x9", "splunk-url": "https://logs.example"},
	}})]) == _denied(["container_properties", "logConfiguration", "options", "splunk-token"])
	_answers([_job("container_properties", {"secrets": [{"name": "HF_TOKEN", "valueFrom": _token}]})]) == _passed
}

test_deny_sensitive_part if {
	job := object.union(
		_job("container_properties", {}),
		{"change": {"change": {"after_sensitive": {"container_properties": true}}}},
	)
	_answers([job]) == _denied(["container_properties"])
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"container_properties": true},
		{"container_properties": fixture.refers(["aws_ecr_repository.train.repository_url"])},
	)]) == {"deny": set(), "undecided": {[_address, ["container_properties"]]}}
	_answers([fixture.resource(
		_address,
		{"eks_properties": [{"pod_properties": [{"containers": [{"env": [{"name": "HF_TOKEN"}]}]}]}]},
		{"eks_properties": [{"pod_properties": [{"containers": [{"env": [{"value": true}]}]}]}]},
		{"eks_properties": [{"pod_properties": [{"containers": [{"env": [{
			"name": {"constant_value": "HF_TOKEN"},
			"value": fixture.refers(["terraform_data.handoff.output"]),
		}]}]}]}]},
	)]) == {"deny": set(), "undecided": {[_address, _pod_path]}}
}

test_allow_references_and_nothing if {
	_answers([_job("container_properties", {
		"environment": [{"name": "MAX_TOKENS", "value": "4096"}],
		"secrets": [{"name": "HF_TOKEN", "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:ai/hf"}],
	})]) == _passed
	_answers([_pod([])]) == _passed
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"container_properties": _token})]) == _passed
}

_address := "aws_batch_job_definition.this"

_container := {"environment": [{"name": "HF_TOKEN", "value": _token}]}

_job(name, document) := fixture.known(_address, {name: json.marshal(document)})

_pod(env) := fixture.known(_address, {"eks_properties": [{"pod_properties": [{"containers": [{"env": env}]}]}]})

_pod_path := ["eks_properties", 0, "pod_properties", 0, "containers", 0, "env", "HF_TOKEN"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
