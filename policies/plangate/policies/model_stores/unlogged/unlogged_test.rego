package plangate.policies.model_stores.unlogged_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.unlogged as policy

test_deny_nothing_says if {
	_answers([_bucket("acme-datasets", {})]) == _denied
	_answers([_bucket("acme-datasets", {"logging": []})]) == _denied
	_answers([fixture.resource("aws_s3_bucket.this", {"bucket": "acme-datasets"}, {"logging": true}, {})]) == _denied
}

test_deny_log_of_another if {
	_answers([_bucket("acme-datasets", {}), _log("acme-sagemaker")]) == _denied
}

test_deny_deleted_log if {
	_answers([_bucket("acme-datasets", {}), fixture.deleted(_part, {"bucket": "acme-datasets"})]) == _denied
}

test_deny_bucket_that_may_hold_datasets if {
	_answers([_bucket("acme-sagemaker", {})]) == _denied
}

test_allow_logged if {
	_answers([_bucket("acme-datasets", {}), _log("acme-datasets")]) == _passed
	_answers([_bucket("acme-datasets", {}), _refers("aws_s3_bucket.this.id")]) == _passed
	_answers([_bucket("acme-datasets", {"logging": [{"target_bucket": "acme-logs"}]})]) == _passed
}

test_allow_buckets_of_models_and_others if {
	_answers([_bucket("acme-models", {})]) == _passed
	_answers([_bucket("acme-logs", {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_s3_bucket.this", {"bucket": "acme-datasets"})]) == _passed
}

test_undecided_stray if {
	_answers([_bucket("acme-datasets", {}), _refers("local.bucket")]) == {
		"deny": set(),
		"undecided": {["aws_s3_bucket.this", ["logging"]]},
	}
}

_part := "aws_s3_bucket_logging.this"

_bucket(name, attributes) := fixture.known("aws_s3_bucket.this", object.union({"bucket": name}, attributes))

_log(name) := fixture.known(_part, {"bucket": name, "target_bucket": "acme-logs"})

_refers(reference) := fixture.resource(
	_part, {"target_bucket": "acme-logs"}, {"bucket": true},
	{"bucket": fixture.refers([reference])},
)

_denied := {"deny": {["aws_s3_bucket.this", ["logging"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
