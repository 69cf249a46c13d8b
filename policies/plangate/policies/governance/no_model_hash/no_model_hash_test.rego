package plangate.policies.governance.no_model_hash_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.governance.no_model_hash as policy

test_deny_without_hash if {
	every tags in [null, {}, {"owner": "a"}, {"model_hash": ""}, {"model_hash": null}, {"hash": _hash}, {"model_hash_of": _hash}] {
		_answers([_model({"tags": tags})]) == _denied
	}
	_answers([fixture.resource(_address, {"primary_container": [_container]}, {"tags_all": true}, {})]) == _denied
}

test_deny_artefacts_anywhere if {
	source := {"s3_data_source": [{"s3_uri": "s3://acme-models/ranker/"}]}
	every container in [
		{"model_data_url": "s3://acme-models/ranker.tar.gz"},
		{"model_data_source": [source]},
		{"additional_model_data_source": [source]},
	] {
		_answers([fixture.known(_address, {"primary_container": [container]})]) == _denied
		_answers([fixture.known(_address, {"container": [{"image": "a"}, container]})]) == _denied
	}
}

test_deny_artefacts_that_come_with_the_apply if {
	_answers([fixture.resource(
		_address, {"primary_container": [{}]}, {"primary_container": [{"model_data_url": true}]},
		{"primary_container": [{"model_data_url": fixture.refers(["aws_s3_bucket.this.id"])}]},
	)]) == _denied
}

test_allow_tag if {
	every name in ["model_hash", "model-hash", "ModelHash", "model_sha256", "model_sha512", "model_digest", "model_signature", "model_artifact_hash", "model-artefact-sha256"] {
		_answers([_model({"tags": {name: _hash}})]) == _passed
		_answers([_model({"tags": null, "tags_all": {name: _hash}})]) == _passed
	}
}

test_allow_tag_that_comes_with_the_apply if {
	_answers([fixture.resource(
		_address, {"primary_container": [_container], "tags": {}},
		{"tags": {"model_hash": true}}, {},
	)]) == _passed
}

test_a_known_tag_does_not_come_with_the_apply if {
	_answers([fixture.resource(
		_address, {"primary_container": [_container], "tags": {}},
		{"tags": {"model_hash": false}}, {},
	)]) == _denied
}

test_allow_environment if {
	every name in ["MODEL_SHA256", "MODEL_HASH"] {
		container := object.union(_container, {"environment": {name: _hash}})
		_answers([fixture.known(_address, {"primary_container": [container]})]) == _passed
		_answers([fixture.known(_address, {"container": [_container, container]})]) == _passed
	}
	empty := object.union(_container, {"environment": {"MODEL_SHA256": "", "MODEL_NAME": "ranker"}})
	_answers([fixture.known(_address, {"primary_container": [empty]})]) == _denied
}

test_allow_variable if {
	every variables in [{"model_hash": {"value": _hash}}, {"model_hash": {"value": {"ranker": _hash}}}] {
		_answers_with(variables, [_model({})]) == _passed
	}
	every variables in [{"model_hash": {"value": ""}}, {"model_hash": {"value": null}}, {"model_hash": {}}, {"model": {"value": _hash}}] {
		_answers_with(variables, [_model({})]) == _denied
	}
}

test_allow_without_artefacts if {
	every container in [{"image": "a"}, {"model_data_url": ""}, {"model_data_url": null}, {"model_package_name": "ranker"}, {"model_data_source": []}] {
		_answers([fixture.known(_address, {"primary_container": [container]})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"primary_container": [_container]})]) == _passed
}

test_undecided_tags if {
	_answers([fixture.resource(
		_address, {"primary_container": [_container]}, {"tags": true, "tags_all": true},
		{"tags": fixture.refers(["terraform_data.tags.output"])},
	)]) == _open("tags")
}

test_undecided_environment if {
	_answers([fixture.resource(
		_address, {"primary_container": [_container]}, {"primary_container": [{"environment": true}]},
		{"primary_container": [{"environment": fixture.refers(["terraform_data.environment.output"])}]},
	)]) == _open("tags")
}

test_undecided_containers if {
	every name in ["primary_container", "container"] {
		_answers([fixture.resource(_address, {}, {name: true}, {})]) == _open(name)
		_answers([fixture.resource(_address, {"tags": {"model_hash": _hash}}, {name: true}, {})]) == _passed
		other := {"primary_container": "container", "container": "primary_container"}[name]
		_answers([fixture.resource(_address, {other: [_container]}, {name: true}, {})]) == _denied
	}
}

_address := "aws_sagemaker_model.this"

_hash := "sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b"

_container := {"image": "a", "model_data_url": "s3://acme-models/ranker.tar.gz"}

_model(attributes) := fixture.known(_address, object.union({"primary_container": [_container]}, attributes))

_denied := {"deny": {[_address, ["tags"]]}, "undecided": set()}

_open(name) := {"deny": set(), "undecided": {[_address, [name]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := _answers_with({}, resources)

_answers_with(variables, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as object.union(fixture.plan(resources), {"variables": variables})
}
