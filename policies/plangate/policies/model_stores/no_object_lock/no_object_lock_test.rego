package plangate.policies.model_stores.no_object_lock_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.no_object_lock as policy

test_deny_nothing_says if {
	_answers([_bucket({})]) == _denied
	_answers([_bucket({"object_lock_enabled": true})]) == _denied
	_answers([_bucket({"object_lock_enabled": false, "object_lock_configuration": []})]) == _denied
	_answers([fixture.resource(
		"aws_s3_bucket.this", {"bucket": "acme-models"},
		{"object_lock_configuration": true, "object_lock_enabled": true}, {},
	)]) == _denied
}

test_deny_block_without_retention if {
	_answers([_bucket({"object_lock_configuration": [{"object_lock_enabled": "Enabled", "rule": []}]})]) == _denied
}

test_deny_lock_without_retention if {
	every rule in [[], [{}], [{"default_retention": []}], [{"default_retention": [{"mode": null, "days": 7}]}]] {
		_answers([_bucket({}), fixture.known(_part, {"bucket": "acme-models", "rule": rule})]) == {
			"deny": {[_part, _mode]},
			"undecided": set(),
		}
	}
}

test_deny_lock_of_another if {
	_answers([_bucket({}), _lock({"bucket": "acme-logs"})]) == _denied
}

test_allow_locked if {
	every mode in ["GOVERNANCE", "COMPLIANCE"] {
		rule := [{"default_retention": [{"mode": mode}]}]
		_answers([_bucket({}), _lock({"rule": rule})]) == _passed
		_answers([_bucket({"object_lock_configuration": [{"rule": rule}]})]) == _passed
	}
	_answers([_bucket({}), _refers("aws_s3_bucket.this.id")]) == _passed
}

test_allow_buckets_of_datasets if {
	_answers([_named("acme-datasets")]) == _passed
	_answers([fixture.known(_part, {"bucket": "acme-datasets", "rule": []}), _named("acme-datasets")]) == _passed
	_answers([fixture.known(_part, {"bucket": "acme-datasets", "rule": []})]) == _passed
}

test_deny_bucket_that_may_hold_models if {
	_answers([_named("acme-sagemaker")]) == _denied
	_answers([_named("acme-model-datasets")]) == _denied
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_s3_bucket.this", {"bucket": "acme-models"})]) == _passed
}

test_dev_is_left_out if {
	answers := _answers([_bucket({})]) with data.plangate.config as {"environment": "dev"}
	answers == _passed
}

test_undecided_mode if {
	_answers([_bucket({}), fixture.resource(
		_part, {"bucket": "acme-models", "rule": [{"default_retention": [{}]}]},
		{"rule": [{"default_retention": [{"mode": true}]}]},
		{"rule": [{"default_retention": [{"mode": fixture.refers(["terraform_data.mode.output"])}]}]},
	)]) == {"deny": set(), "undecided": {[_part, _mode]}}
	_answers([_bucket({}), fixture.resource(_part, {"bucket": "acme-models"}, {"rule": true}, {})]) == {
		"deny": set(),
		"undecided": {[_part, _mode]},
	}
}

test_undecided_block_of_the_bucket if {
	_answers([fixture.resource(
		"aws_s3_bucket.this", {"bucket": "acme-models", "object_lock_configuration": [{"rule": [{"default_retention": [{}]}]}]},
		{"object_lock_configuration": [{"rule": [{"default_retention": [{"mode": true}]}]}]},
		{"object_lock_configuration": [{"rule": [{"default_retention": [{"mode": fixture.refers(["terraform_data.x.output"])}]}]}]},
	)]) == _open
}

test_undecided_stray if {
	_answers([_bucket({}), _refers("local.bucket")]) == _open
}

_part := "aws_s3_bucket_object_lock_configuration.this"

_mode := ["rule", 0, "default_retention", 0, "mode"]

_rule := [{"default_retention": [{"mode": "GOVERNANCE", "days": 30}]}]

_bucket(attributes) := fixture.known("aws_s3_bucket.this", object.union({"bucket": "acme-models"}, attributes))

_named(name) := fixture.known("aws_s3_bucket.this", {"bucket": name})

_lock(attributes) := fixture.known(_part, object.union({"bucket": "acme-models", "rule": _rule}, attributes))

_refers(reference) := fixture.resource(_part, {"rule": _rule}, {"bucket": true}, {"bucket": fixture.refers([reference])})

_denied := {"deny": {["aws_s3_bucket.this", ["object_lock_configuration"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_s3_bucket.this", ["object_lock_configuration"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
