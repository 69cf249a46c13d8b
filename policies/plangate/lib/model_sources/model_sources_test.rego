package plangate.lib.model_sources_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.model_sources

test_containers if {
	_answers(fixture.known(_address, {"primary_container": [{}], "container": [{}, {}]})) == {
		"containers": {["primary_container", 0], ["container", 0], ["container", 1]},
		"objects": set(),
		"unseen": set(),
	}
	_answers(fixture.known(_address, {"primary_container": [], "container": null})) == _nothing
}

test_objects if {
	_answers(fixture.known(_address, {"primary_container": [{
		"model_data_source": [{"s3_data_source": [{}]}],
		"additional_model_data_source": [{"s3_data_source": [{}, {}]}, {"s3_data_source": []}],
	}]})) == {
		"containers": {["primary_container", 0]},
		"objects": {
			["primary_container", 0, "model_data_source", 0, "s3_data_source", 0],
			["primary_container", 0, "additional_model_data_source", 0, "s3_data_source", 0],
			["primary_container", 0, "additional_model_data_source", 0, "s3_data_source", 1],
		},
		"unseen": set(),
	}
}

test_source_that_the_provider_computes if {
	_answers(fixture.resource(
		_address, {"container": [{}]},
		{"container": [{"model_data_source": true, "additional_model_data_source": true}]},
		{},
	)) == {"containers": {["container", 0]}, "objects": set(), "unseen": set()}
}

test_unseen if {
	_answers(fixture.resource(_address, {}, {"primary_container": true}, {})).unseen == {["primary_container"]}
	_answers(fixture.resource(_address, {}, {"container": true}, {})).unseen == {["container"]}
	_answers(fixture.resource(
		_address, {"container": [{"model_data_source": [{}]}]},
		{"container": [{"model_data_source": [{"s3_data_source": true}]}]},
		{},
	)).unseen == {["container", 0, "model_data_source", 0, "s3_data_source"]}
}

# One block of several, or one that is there and unknown throughout.
test_unseen_blocks if {
	_answers(fixture.resource(_address, {"container": [{}, null]}, {"container": [{}, true]}, {})).unseen == {["container", 1]}
	_answers(fixture.resource(
		_address, {"container": [{"model_data_source": [{"s3_data_source": [null]}]}]},
		{"container": [{"model_data_source": [{"s3_data_source": [true]}]}]},
		{},
	)).unseen == {["container", 0, "model_data_source", 0, "s3_data_source", 0]}
}

_address := "aws_sagemaker_model.this"

_nothing := {"containers": set(), "objects": set(), "unseen": set()}

_answers(r) := answers if {
	answers := {
		"containers": model_sources.containers(r.change),
		"objects": model_sources.objects(r.change),
		"unseen": model_sources.unseen(r.change),
	} with input as fixture.plan([r])
}
