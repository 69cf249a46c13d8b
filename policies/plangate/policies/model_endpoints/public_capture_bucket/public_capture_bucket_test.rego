package plangate.policies.model_endpoints.public_capture_bucket_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.public_capture_bucket as policy

test_deny_public_bucket_by_name if {
	_answers([_bucket, _acl("public-read"), _capture("s3://acme-capture/a/")]) == _denied
}

test_deny_public_bucket_by_reference if {
	_answers([_bucket, _acl("public-read"), _refers(["aws_s3_bucket.capture.id"])]) == _denied
}

test_deny_several_public_buckets if {
	_answers([
		_bucket, _acl("public-read"), _other({"bucket": "acme-other", "acl": "public-read"}),
		_refers(["aws_s3_bucket.capture.id", "aws_s3_bucket.other.id"]),
	]) == _denied
}

test_allow_private_bucket if {
	_answers([_bucket, _acl("private"), _capture("s3://acme-capture/a/")]) == _passed
	_answers([_bucket, _acl("private"), _refers(["aws_s3_bucket.capture.id"])]) == _passed
	_answers([_bucket, _capture("s3://acme-capture/a/")]) == _passed
}

test_allow_where_another_bucket_is_public if {
	_answers([_bucket, _acl("public-read"), _capture("s3://acme-capture-2/a/")]) == _passed
	_answers([_bucket, _acl("public-read"), _capture("https://example.com/acme-capture")]) == _passed
	_answers([_bucket, _acl("public-read"), _other({"bucket": "acme-other"}), _refers(["aws_s3_bucket.other.id"])]) == _passed
}

# It may be either of the two.
test_allow_one_of_two_buckets if {
	_answers([
		_bucket, _acl("public-read"), _other({"bucket": "acme-other"}),
		_refers(["aws_s3_bucket.capture.id", "aws_s3_bucket.other.id"]),
	]) == _passed
	_answers([_bucket, _acl("public-read"), _refers(["aws_s3_bucket.capture.id", "terraform_data.a.output"])]) == _passed
}

test_allow_nothing_captured if {
	_answers([_bucket, _acl("public-read"), fixture.known(_address, {"data_capture_config": [{
		"enable_capture": false,
		"destination_s3_uri": "s3://acme-capture/a/",
	}]})]) == _passed
}

test_allow_deleted if {
	_answers([_bucket, _acl("public-read"), fixture.deleted(_address, {})]) == _passed
}

test_undecided_switch if {
	_answers([_bucket, _acl("public-read"), _switch("s3://acme-capture/a/")]) == {
		"deny": set(),
		"undecided": {[_address, _path]},
	}
	_answers([_bucket, _acl("public-read"), _switch("s3://acme-capture-2/a/")]) == _passed
}

test_severity_stays_in_dev if {
	severities := {f.severity | some f in policy.deny} with data.plangate.config as {"environment": "dev"}
		with input as fixture.plan([_bucket, _acl("public-read"), _capture("s3://acme-capture/a/")])
	severities == {"medium"}
}

test_allow_reference_to_a_bucket_that_the_plan_does_not_have if {
	_answers([_refers(["aws_s3_bucket.gone.id"]), _bucket, _acl("public-read")]) == _passed
}

test_allow_reference_to_a_public_bucket_and_something_else if {
	_answers([_refers(["aws_s3_bucket.capture.id", "terraform_data.x.output"]), _bucket, _acl("public-read")]) == _passed
}

_address := "aws_sagemaker_endpoint_configuration.this"

_path := ["data_capture_config", 0, "destination_s3_uri"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_bucket := fixture.known("aws_s3_bucket.capture", {"bucket": "acme-capture"})

_other(attributes) := fixture.known("aws_s3_bucket.other", attributes)

_acl(acl) := fixture.known("aws_s3_bucket_acl.this", {"bucket": "acme-capture", "acl": acl})

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

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
