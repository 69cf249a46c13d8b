package plangate.policies.model_endpoints.unapproved_eula_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unapproved_eula as policy

test_deny_source_that_nobody_reviewed if {
	every uri in [
		"s3://jumpstart-private-cache-prod-eu-west-1/other/model/",
		"s3://jumpstart-private-cache-prod-eu-west-1/meta-evil/model/",
		"s3://jumpstart-private-cache-prod-eu-west-1.evil/meta/model/",
		"s3://vendor-models-2/model/",
		"s3://other/vendor-models/",
	] {
		_answers([_source(uri, true)]) == _denied
	}
}

test_deny_any_source if {
	_answers([fixture.known(_address, {"container": [{}, {"additional_model_data_source": [{"s3_data_source": [
		_object("s3://vendor-models/a/", true),
		_object("s3://other/b/", true),
	]}]}]})]) == {
		"deny": {[_address, [
			"container", 1, "additional_model_data_source", 0,
			"s3_data_source", 1, "model_access_config", 0, "accept_eula",
		]]},
		"undecided": set(),
	}
}

test_deny_everything_where_the_list_is_empty if {
	_answers_with({"SM-015": {"approved_eula_sources": []}}, [_source("s3://vendor-models/a/", true)]) == _denied
}

test_allow_reviewed_source if {
	every uri in [
		"s3://jumpstart-private-cache-prod-eu-west-1/meta",
		"s3://jumpstart-private-cache-prod-eu-west-1/meta/",
		"s3://jumpstart-private-cache-prod-eu-west-1/meta/llama/8b/",
		"s3://vendor-models/a/b",
		"s3://cache-7/mistral/7b/",
	] {
		_answers([_source(uri, true)]) == _passed
	}
}

test_allow_whole_bucket_however_it_is_written if {
	every entry in ["vendor-*", "s3://vendor-models", "s3://vendor-models/", "s3://vendor-models/*", "arn:aws:s3:::vendor-models"] {
		parameters := {"SM-015": {"approved_eula_sources": [entry]}}
		_answers_with(parameters, [_source("s3://vendor-models/a/", true)]) == _passed
		_answers_with(parameters, [_source("s3://other/vendor-models/a/", true)]) == _denied
		_answers_with(parameters, [_bucket("vendor-models"), _unknown_source(["aws_s3_bucket.copy.id"])]) == _passed
	}
}

test_allow_location_however_it_is_written if {
	every entry in ["vendor-models/meta", "s3://vendor-models/meta/*", "arn:aws:s3:::vendor-models/meta/", "vendor-*/meta"] {
		parameters := {"SM-015": {"approved_eula_sources": [entry]}}
		_answers_with(parameters, [_source("s3://vendor-models/meta/a/", true)]) == _passed
		_answers_with(parameters, [_source("s3://vendor-models/meta", true)]) == _passed
		_answers_with(parameters, [_source("s3://vendor-models/metal/a/", true)]) == _denied
		_answers_with(parameters, [_bucket("vendor-models"), _unknown_source(["aws_s3_bucket.copy.id"])]) == _open(_path)
	}
}

test_allow_nothing_accepted if {
	every accepted in [false, null] {
		_answers([_source("s3://other/a/", accepted)]) == _passed
	}
	every blocks in [null, []] {
		_answers([_model({"s3_uri": "s3://other/a/", "model_access_config": blocks})]) == _passed
	}
	_answers([fixture.known(_address, {"primary_container": [{"model_data_url": "s3://other/a"}]})]) == _passed
}

test_allow_everything_where_no_list_is_given if {
	_answers_with({}, [
		_source("s3://other/a/", true),
		_unknown_source(["local.uri"]),
		_unknown_acceptance("s3://other/a/"),
		_unseen,
	]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_source_from_elsewhere if {
	_answers([_unknown_source(["terraform_data.uri.output"])]) == _open(_path)
}

test_own_copy_by_reference if {
	_answers([_bucket("vendor-models"), _unknown_source(["aws_s3_bucket.copy.id"])]) == _passed
	_answers([_bucket("other"), _unknown_source(["aws_s3_bucket.copy.id"])]) == _denied
	_answers([_bucket("jumpstart-private-cache-prod-eu-west-1"), _unknown_source(["aws_s3_bucket.copy.id"])]) == _open(_path)
	_answers([_bucket(null), _unknown_source(["aws_s3_bucket.copy.id"])]) == _open(_path)
}

test_undecided_acceptance if {
	_answers([_unknown_acceptance("s3://other/a/")]) == _open(_path)
	_answers([_unknown_acceptance("s3://vendor-models/a/")]) == _passed
}

test_undecided_unknown_containers if {
	_answers([_unseen]) == _open(["primary_container"])
}

_address := "aws_sagemaker_model.this"

_path := [
	"primary_container", 0, "model_data_source", 0,
	"s3_data_source", 0, "model_access_config", 0, "accept_eula",
]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_bucket(name) := fixture.resource("aws_s3_bucket.copy", {"bucket": name}, {"id": true}, {})

_object(uri, accepted) := {"s3_uri": uri, "model_access_config": [{"accept_eula": accepted}]}

_source(uri, accepted) := _model(_object(uri, accepted))

_model(object_) := fixture.known(_address, {"primary_container": [{"model_data_source": [{"s3_data_source": [object_]}]}]})

_unknown_source(references) := fixture.resource(
	_address,
	_in_source({"model_access_config": [{"accept_eula": true}]}),
	_in_source({"s3_uri": true}),
	_in_source({
		"s3_uri": fixture.refers(references),
		"model_access_config": [{"accept_eula": {"constant_value": true}}],
	}),
)

_unknown_acceptance(uri) := fixture.resource(
	_address,
	_in_source({"s3_uri": uri, "model_access_config": [{}]}),
	_in_source({"model_access_config": [{"accept_eula": true}]}),
	_in_source({
		"s3_uri": {"constant_value": uri},
		"model_access_config": [{"accept_eula": fixture.refers(["terraform_data.accept.output"])}],
	}),
)

_in_source(object_) := {"primary_container": [{"model_data_source": [{"s3_data_source": [object_]}]}]}

_unseen := fixture.resource(_address, {}, {"primary_container": true}, {})

_answers(resources) := _answers_with(
	{"SM-015": {"approved_eula_sources": [
		"s3://jumpstart-private-cache-prod-eu-west-1/meta",
		"vendor-models",
		"s3://cache-*/mistral/",
	]}},
	resources,
)

_answers_with(parameters, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": parameters}
}
