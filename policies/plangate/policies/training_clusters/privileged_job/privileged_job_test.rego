package plangate.policies.training_clusters.privileged_job_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.privileged_job as policy

test_deny_privileged if {
	_answers([_job({"privileged": true, "user": "1000"})]) == _denied(["container_properties", "privileged"])
}

test_deny_root if {
	every user in ["root", "0", "0:0", "root:root", "0:1000"] {
		_answers([_job({"user": user})]) == _denied(["container_properties", "user"])
	}
}

test_deny_on_nodes_and_in_tasks if {
	nodes := json.marshal({"nodeRangeProperties": [{"container": {"privileged": true}}]})
	_answers([fixture.known(_address, {"node_properties": nodes})]) == _denied([
		"node_properties", "nodeRangeProperties", 0, "container", "privileged",
	])
	tasks := json.marshal({"taskProperties": [{"containers": [{"user": "root"}]}]})
	_answers([fixture.known(_address, {"ecs_properties": tasks})]) == _denied([
		"ecs_properties", "taskProperties", 0, "containers", 0, "user",
	])
}

test_deny_pods if {
	_answers([_pod("containers", {"privileged": true, "run_as_user": 1000})]) == _denied(_in_pod("containers", "privileged"))
	_answers([_pod("containers", {"privileged": false, "run_as_user": 0})]) == _denied(_in_pod("containers", "run_as_user"))
	_answers([_pod("init_containers", {"run_as_user": 0})]) == _denied(_in_pod("init_containers", "run_as_user"))
}

test_allow_others if {
	every container in [{}, {"privileged": false}, {"privileged": null, "user": null}, {"user": "1000:0"}, {"user": "trainer"}, {"user": ""}, {"run_as_user": 0}] {
		_answers([_job(container)]) == _passed
	}
	every context in [{}, {"privileged": false, "run_as_user": 1000}, {"privileged": null, "run_as_user": null}] {
		_answers([_pod("containers", context)]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"container_properties": json.marshal({"privileged": true})})]) == _passed
}

test_undecided_documents if {
	every name in ["container_properties", "node_properties", "ecs_properties"] {
		_answers([fixture.resource(_address, {}, {name: true}, {name: fixture.refers(["aws_ecr_repository.this.repository_url"])})]) == {
			"deny": set(),
			"undecided": {[_address, [name]]},
		}
	}
}

test_undecided_in_pods if {
	every name in ["privileged", "run_as_user"] {
		_answers([fixture.resource(
			_address, _pods("containers", {}), _pods("containers", {name: true}),
			_pods("containers", {name: fixture.refers(["terraform_data.x.output"])}),
		)]) == {"deny": set(), "undecided": {[_address, _in_pod("containers", name)]}}
	}
}

test_undecided_pods if {
	every name in ["containers", "init_containers"] {
		_answers([fixture.resource(
			_address, {"eks_properties": [{"pod_properties": [{}]}]},
			{"eks_properties": [{"pod_properties": [{name: true}]}]}, {},
		)]) == {"deny": set(), "undecided": {[_address, ["eks_properties", 0, "pod_properties", 0, name]]}}
	}
}

_address := "aws_batch_job_definition.this"

_job(container) := fixture.known(_address, {"container_properties": json.marshal(container)})

_pods(name, context) := {"eks_properties": [{"pod_properties": [{name: [{"security_context": [context]}]}]}]}

_pod(name, context) := fixture.known(_address, _pods(name, context))

_in_pod(name, attribute) := ["eks_properties", 0, "pod_properties", 0, name, 0, "security_context", 0, attribute]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
