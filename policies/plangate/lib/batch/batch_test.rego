package plangate.lib.batch_test

import data.plangate.lib.batch
import data.plangate.lib.fixture_test as fixture

test_containers_in_each_document if {
	_containers({"container_properties": json.marshal(_trainer)}) == [{"path": ["container_properties"], "value": _trainer}]
	_containers({"node_properties": json.marshal({"nodeRangeProperties": [{"targetNodes": "0"}, {"container": _trainer}]})}) == [{
		"path": ["node_properties", "nodeRangeProperties", 1, "container"],
		"value": _trainer,
	}]
	_containers({"ecs_properties": json.marshal(_tasks)}) == [{
		"path": ["ecs_properties", "taskProperties", 0, "containers", 1],
		"value": _trainer,
	}]
	_containers({"node_properties": json.marshal({"nodeRangeProperties": [{"ecsProperties": _tasks}]})}) == [{
		"path": ["node_properties", "nodeRangeProperties", 0, "ecsProperties", "taskProperties", 0, "containers", 1],
		"value": _trainer,
	}]
}

test_odd_documents_have_no_containers if {
	every name in batch.documents {
		every text in [null, "", "{", "[]", "7", "{}"] {
			count(_containers({name: text})) == count([1 | name == "container_properties"; text == "{}"])
		}
	}
	_containers({"node_properties": `{"nodeRangeProperties": [{"container": "x", "ecsProperties": []}]}`}) == []
	_containers({}) == []
}

test_pod_containers if {
	job := fixture.known("aws_batch_job_definition.this", {"eks_properties": [{"pod_properties": [{
		"containers": [{"name": "a"}, {"name": "b"}],
		"init_containers": [{"name": "c"}],
	}]}]})
	batch.pod_containers(job.change) == [
		["eks_properties", 0, "pod_properties", 0, "containers", 0],
		["eks_properties", 0, "pod_properties", 0, "containers", 1],
		["eks_properties", 0, "pod_properties", 0, "init_containers", 0],
	]
	batch.pod_containers(fixture.known("aws_batch_job_definition.this", {}).change) == []
}

_trainer := {"image": "trainer", "user": "1000"}

_tasks := {"taskProperties": [{"containers": ["x", _trainer]}]}

_containers(attributes) := batch.containers(fixture.known("aws_batch_job_definition.this", attributes).change)
