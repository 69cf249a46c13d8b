package plangate.policies.model_endpoints.foreign_model_artefact_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.foreign_model_artefact as policy

test_deny_other_place if {
	every uri in [
		"s3://model-dump/llama/model.tar.gz",
		"s3://model-dump/acme-models/model.tar.gz",
		"s3://acme-models-mirror/model.tar.gz",
		"https://huggingface.co/acme/ranker/resolve/main/model.tar.gz",
		"https://acme-models.example.com/model.tar.gz",
	] {
		_answers([_model({"model_data_url": uri})]) == _denied([["model_data_url"]])
	}
}

test_deny_any_source if {
	_answers([_model({"model_data_source": [_object("s3://model-dump/8b/")]})]) == _denied([_uri("model_data_source", 0)])
	_answers([_model({
		"model_data_url": "s3://acme-models/base/model.tar.gz",
		"additional_model_data_source": [_object("s3://acme-models/a/"), _object("s3://lora-share/b/")],
	})]) == _denied([_uri("additional_model_data_source", 1)])
}

test_deny_any_container if {
	_answers([fixture.known(_address, {"container": [
		{"model_data_url": "s3://acme-models/a.tar.gz"},
		{"model_data_url": "s3://model-dump/b.tar.gz"},
	]})]) == {"deny": {[_address, ["container", 1, "model_data_url"]]}, "undecided": set()}
}

test_deny_other_bucket_of_this_plan if {
	_answers([_bucket("acme-scratch"), _refers(["aws_s3_bucket.models.id"])]) == _denied([["model_data_url"]])
}

test_allow_approved_bucket if {
	every uri in [
		"s3://acme-models/llm/model.tar.gz",
		"s3://acme-eu-models/llm/",
		"https://acme-models.s3.eu-west-1.amazonaws.com/llm/model.tar.gz",
	] {
		_answers([_model({"model_data_url": uri})]) == _passed
		_answers([_model({"model_data_source": [_object(uri)]})]) == _passed
	}
	_answers([_bucket("acme-models"), _refers(["aws_s3_bucket.models.id"])]) == _passed
}

test_allow_no_artefact if {
	every container in [{}, {"model_data_url": null}, {"model_data_url": ""}, {"model_package_name": "ranker"}] {
		_answers([_model(container)]) == _passed
	}
	_answers([fixture.resource(
		_address,
		{"primary_container": [{}]},
		{"primary_container": [{"model_data_source": true, "additional_model_data_source": true}]},
		{"primary_container": [{"image": {"constant_value": "ranker"}}]},
	)]) == _passed
}

test_allow_everything_where_no_list_is_given if {
	_answers_with({}, [_model({"model_data_url": "s3://model-dump/a"}), _refers(["local.uri"]), _unseen]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"primary_container": [{"model_data_url": "s3://model-dump/a"}]})]) == _passed
}

test_undecided_place_from_elsewhere if {
	_answers([_refers(["terraform_data.uri.output"])]) == _open(["primary_container", 0, "model_data_url"])
	_answers([_bucket(null), _refers(["aws_s3_bucket.models.id"])]) == _open(["primary_container", 0, "model_data_url"])
	_answers([fixture.resource(
		_address,
		{"primary_container": [{"model_data_source": [{"s3_data_source": [{}]}]}]},
		{"primary_container": [{"model_data_source": [{"s3_data_source": [{"s3_uri": true}]}]}]},
		{"primary_container": [{"model_data_source": [{"s3_data_source": [{"s3_uri": fixture.refers(["local.uri"])}]}]}]},
	)]) == _open(array.concat(["primary_container", 0], _uri("model_data_source", 0)))
}

test_undecided_unknown_containers if {
	_answers([_unseen]) == _open(["container"])
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_model({"model_data_url": "s3://a/b"})])
		with data.plangate.config as {"environment": "dev", "parameters": _parameters}
	severities == {"medium"}
}

_address := "aws_sagemaker_model.this"

_uri(source, i) := [source, i, "s3_data_source", 0, "s3_uri"]

_denied(paths) := {
	"deny": {[_address, array.concat(["primary_container", 0], path)] | some path in paths},
	"undecided": set(),
}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_bucket(name) := fixture.resource("aws_s3_bucket.models", {"bucket": name}, {"id": true}, {})

_model(container) := fixture.known(_address, {"primary_container": [container]})

_object(uri) := {"s3_data_source": [{"s3_uri": uri}]}

_refers(references) := fixture.resource(
	_address,
	{"primary_container": [{}]},
	{"primary_container": [{"model_data_url": true}]},
	{"primary_container": [{"model_data_url": fixture.refers(references)}]},
)

_unseen := fixture.resource(_address, {}, {"container": true}, {})

_parameters := {"SM-014": {"approved_model_buckets": ["acme-models", "acme-*-models"]}}

_answers(resources) := _answers_with(_parameters, resources)

_answers_with(parameters, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": parameters}
}
