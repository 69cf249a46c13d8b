package plangate.policies.mlops.mlflow_artifact_store_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.mlflow_artifact_store as policy

test_allow_any_bucket_without_a_list if {
	_answers([_literal("s3://acme-mlflow/runs")]) == _passed
}

test_deny_what_is_no_bucket if {
	_answers([_literal("https://artefacts.acme.example/runs")]) == _denied
}

test_deny_bucket_that_is_not_on_the_list if {
	_answers_with(["acme-mlflow*"], [_literal("s3://other/runs")]) == _denied
	_answers_with([], [_literal("s3://acme-mlflow/runs")]) == _denied
}

test_allow_bucket_on_the_list if {
	_answers_with(["acme-mlflow*"], [_literal("s3://acme-mlflow-prod/runs")]) == _passed
}

test_allow_bucket_of_this_plan if {
	every bucket in [_bucket({"bucket": "other"}), _bucket({"bucket_prefix": "other-"})] {
		_answers([_unknown(["aws_s3_bucket.this.id"]), bucket]) == _passed
		_answers_with(["acme-mlflow"], [_unknown(["aws_s3_bucket.this.id"]), bucket]) == _passed
	}
	_answers_with(["acme-mlflow"], [
		fixture.resource(
			_address, {"artifact_store_uri": "s3://other/runs"}, {},
			{"artifact_store_uri": fixture.refers(["aws_s3_bucket.this.bucket"])},
		),
		_bucket({"bucket": "other"}),
	]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"artifact_store_uri": "https://artefacts.acme.example/runs"})]) == _passed
}

test_undecided_store_from_elsewhere if {
	_answers([_unknown(["aws_cloudformation_stack.this.outputs"])]) == _open
	_answers_with(["acme-mlflow"], [_unknown(["local.store"])]) == _open
	_answers([_unknown(["aws_s3_bucket.this.id", "local.store"]), _bucket({"bucket": "other"})]) == _open
}

_address := "aws_sagemaker_mlflow_tracking_server.this"

_denied := {"deny": {[_address, ["artifact_store_uri"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["artifact_store_uri"]]}}

_passed := {"deny": set(), "undecided": set()}

_literal(uri) := fixture.known(_address, {"artifact_store_uri": uri})

_bucket(attributes) := fixture.known("aws_s3_bucket.this", attributes)

_unknown(references) := fixture.resource(
	_address, {},
	{"artifact_store_uri": true},
	{"artifact_store_uri": fixture.refers(references)},
)

_answers_with(buckets, resources) := answers if {
	answers := _answers(resources) with data.plangate.config as {"parameters": {"SM-038": {"approved_artifact_buckets": buckets}}}
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
