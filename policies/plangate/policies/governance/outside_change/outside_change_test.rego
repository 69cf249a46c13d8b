package plangate.policies.governance.outside_change_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.governance.outside_change as policy

test_deny_changed if {
	_paths([_model], [_entry("aws_sagemaker_model.this", ["update"], {"role": "a"}, {"role": "b"})]) == {[_address, ["role"]]}
}

test_deny_each_attribute if {
	entry := _entry(_address, ["update"], {"role": "a", "vpc": "x", "arn": "1"}, {"role": "b", "vpc": "y", "arn": "2"})
	_paths([_model], [entry]) == {[_address, ["role"]], [_address, ["vpc"]]}
}

test_deny_deleted if {
	_paths([_model], [_entry(_address, ["delete"], {"role": "a"}, null)]) == {[_address, []]}
	_paths([], [_entry(_address, ["delete"], {"role": "a"}, null)]) == {[_address, []]}
}

test_deny_store if {
	bucket := fixture.known("aws_s3_bucket.this", {"bucket": "acme-weights", "policy": "p"})
	every before in [{"bucket": "acme-weights", "policy": "o"}, {"bucket": "acme-weights", "policy": null}] {
		entry := _entry("aws_s3_bucket.this", ["update"], before, {"bucket": "acme-weights", "policy": "p"})
		_paths([bucket], [entry]) == {["aws_s3_bucket.this", ["policy"]]}
	}
}

test_deny_what_protects_a_store if {
	address := "aws_s3_bucket_versioning.this"
	part := fixture.known(address, {"bucket": "acme-models", "status": "Enabled"})
	entry := _entry(address, ["update"], {"bucket": "acme-models", "status": "On"}, {"bucket": "acme-models", "status": "Off"})
	_paths([part], [entry]) == {[address, ["status"]]}
}

# Nothing in its name says so, but a model is loaded from it.
test_deny_store_by_use if {
	bucket := fixture.known("aws_s3_bucket.this", {"bucket": "acme-blue", "policy": "p"})
	model := fixture.resource("aws_sagemaker_model.this", {"primary_container": [{}]}, {}, {"primary_container": [{
		"model_data_url": fixture.refers(["aws_s3_bucket.this.bucket"]),
	}]})
	entry := _entry("aws_s3_bucket.this", ["update"], {"bucket": "acme-blue", "policy": "o"}, {"bucket": "acme-blue", "policy": "p"})
	_paths([bucket, model], [entry]) == {["aws_s3_bucket.this", ["policy"]]}
	_paths([bucket], [entry]) == set()
}

test_allow_other_resources if {
	every address in ["aws_sqs_queue.this", "aws_security_group.this"] {
		r := fixture.known(address, {"role": "x"})
		_paths([r], [_entry(address, ["update"], {"role": "a"}, {"role": "b"})]) == set()
		_paths([r], [_entry(address, ["delete"], {"role": "a"}, null)]) == set()
	}
}

test_allow_other_buckets if {
	every before in [{"bucket": "acme-logs", "policy": "o"}, {"bucket": null, "policy": "o"}, {"policy": "o"}] {
		bucket := fixture.known("aws_s3_bucket.this", {"bucket": "acme-logs", "policy": "p"})
		_paths([bucket], [_entry("aws_s3_bucket.this", ["update"], before, {"bucket": "acme-logs", "policy": "p"})]) == set()
	}
	queue := fixture.known("aws_sqs_queue.this", {"bucket": "acme-models", "policy": "p"})
	entry := _entry("aws_sqs_queue.this", ["update"], {"bucket": "acme-models", "policy": "o"}, {"bucket": "acme-models", "policy": "p"})
	_paths([queue], [entry]) == set()
}

test_allow_computed if {
	_paths([_model], [_entry(_address, ["update"], {"arn": "1"}, {"arn": "2"})]) == set()
}

# The provider repeats tags, which are reported themselves.
test_allow_copies if {
	r := fixture.known(_address, {"tags": {"a": "b"}, "tags_all": {"a": "b"}, "effective_labels": {}, "terraform_labels": {}})
	every name in ["tags_all", "effective_labels", "terraform_labels"] {
		_paths([r], [_entry(_address, ["update"], {name: {}}, {name: {"a": "b"}})]) == set()
	}
}

test_allow_moved if {
	_paths([_model], [_entry(_address, ["no-op"], {"role": "a"}, {"role": "a"})]) == set()
}

test_allow_plan_without_drift if {
	denied := policy.deny with input as fixture.plan([_model])
	denied == set()
}

test_no_value_is_shown if {
	denied := policy.deny with input as _plan([_model], [_entry(_address, ["update"], {"role": "one"}, {"role": "two"})])
	not contains(json.marshal(denied), "two")
	not contains(json.marshal(denied), "one\"")
}

_address := "aws_sagemaker_model.this"

_model := object.union(
	fixture.known(_address, {"role": "b", "vpc": "y"}),
	{"change": {"change": {"before": {"role": "b", "vpc": "y"}}}},
)

_entry(address, actions, before, after) := {
	"address": address, "mode": "managed", "type": split(address, ".")[0], "name": split(address, ".")[1],
	"change": {"actions": actions, "before": before, "after": after},
}

_plan(resources, entries) := object.union(fixture.plan(resources), {"resource_drift": entries})

_paths(resources, entries) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as _plan(resources, entries)
}
