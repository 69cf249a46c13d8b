package plangate.policies.model_endpoints.foreign_capture_bucket_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.foreign_capture_bucket as policy

test_deny_other_bucket if {
	every uri in [
		"s3://vendor-telemetry/acme-capture/",
		"s3://acme-capture-archive/ranker/",
		"s3://not-acme-capture/ranker/",
		"https://example.com/acme-capture",
	] {
		_answers([_capture(uri)]) == _denied
	}
}

test_deny_other_bucket_of_this_plan if {
	_answers([_bucket("acme-scratch"), _refers(["aws_s3_bucket.capture.id"])]) == _denied
}

test_allow_approved_bucket if {
	every uri in ["s3://acme-capture", "s3://acme-capture/", "s3://acme-capture/a/b", "s3://acme-eu-1-capture/a"] {
		_answers([_capture(uri)]) == _passed
	}
	_answers([_bucket("acme-capture"), _refers(["aws_s3_bucket.capture.id"])]) == _passed
}

test_allow_nothing_captured if {
	every blocks in [null, [], [{"enable_capture": false, "destination_s3_uri": "s3://vendor-telemetry/"}]] {
		_answers([fixture.known(_address, {"data_capture_config": blocks})]) == _passed
	}
}

test_allow_everything_where_no_list_is_given if {
	every config in [
		_capture("s3://vendor-telemetry/"),
		_refers(["local.bucket"]),
		_switch("s3://vendor-telemetry/"),
		_unseen,
	] {
		found := policy.deny | policy.undecided with input as fixture.plan([config])
		found == set()
	}
}

test_deny_everything_where_the_list_is_empty if {
	_answers_with([], [_capture("s3://acme-capture/")]) == _denied
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_bucket_from_elsewhere if {
	_answers([_refers(["terraform_data.bucket.output"])]) == _open
	_answers([_bucket(null), _refers(["aws_s3_bucket.capture.id"])]) == _open
}

test_undecided_switch if {
	_answers([_switch("s3://vendor-telemetry/")]) == _open
	_answers([_switch("s3://acme-capture/")]) == _passed
	_answers([fixture.resource(
		_address,
		{"data_capture_config": [{}]},
		{"data_capture_config": [{"enable_capture": true, "destination_s3_uri": true}]},
		{"data_capture_config": [{
			"enable_capture": fixture.refers(["terraform_data.switch.output"]),
			"destination_s3_uri": fixture.refers(["terraform_data.bucket.output"]),
		}]},
	)]) == _open
}

test_undecided_unknown_block if {
	_answers([_unseen]) == {"deny": set(), "undecided": {[_address, ["data_capture_config"]]}}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_path := ["data_capture_config", 0, "destination_s3_uri"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_bucket(name) := fixture.resource("aws_s3_bucket.capture", {"bucket": name}, {"id": true}, {})

_capture(uri) := fixture.known(_address, {"data_capture_config": [{
	"enable_capture": true,
	"destination_s3_uri": uri,
}]})

_refers(references) := fixture.resource(
	_address,
	{"data_capture_config": [{"enable_capture": true}]},
	{"data_capture_config": [{"destination_s3_uri": true}]},
	{"data_capture_config": [{
		"enable_capture": {"constant_value": true},
		"destination_s3_uri": fixture.refers(references),
	}]},
)

_switch(uri) := fixture.resource(
	_address,
	{"data_capture_config": [{"destination_s3_uri": uri}]},
	{"data_capture_config": [{"enable_capture": true}]},
	{"data_capture_config": [{
		"enable_capture": fixture.refers(["terraform_data.switch.output"]),
		"destination_s3_uri": {"constant_value": uri},
	}]},
)

_unseen := fixture.resource(_address, {}, {"data_capture_config": true}, {})

_answers(resources) := _answers_with(["acme-capture", "acme-eu-*-capture"], resources)

_answers_with(approved, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": {"SM-004": {"approved_capture_buckets": approved}}}
}
