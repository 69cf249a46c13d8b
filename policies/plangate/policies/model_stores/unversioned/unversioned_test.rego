package plangate.policies.model_stores.unversioned_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.unversioned as policy

test_deny_nothing_says if {
	_answers([_bucket({})]) == _denied
	_answers([_computed({}, {})]) == _denied
}

test_deny_switched_off if {
	every status in ["Suspended", "Disabled", null, ""] {
		_answers([_bucket({}), _versioning(status)]) == {"deny": {[_part, _status]}, "undecided": set()}
	}
	_answers([_bucket({}), fixture.known(_part, {"bucket": "acme-models", "versioning_configuration": []})]) == {
		"deny": {[_part, _status]},
		"undecided": set(),
	}
}

test_deny_block_that_is_off if {
	every block in [{"enabled": false}, {"enabled": null}, {"mfa_delete": true}] {
		_answers([_bucket({"versioning": [block]})]) == _denied
	}
}

test_deny_versions_of_another if {
	other := fixture.known(_part, {"bucket": "acme-logs", "versioning_configuration": [{"status": "Enabled"}]})
	_answers([_bucket({}), other]) == _denied
}

test_deny_deleted_versions if {
	_answers([_bucket({}), fixture.deleted(_part, {"bucket": "acme-models"})]) == _denied
}

test_deny_bucket_outside_the_plan if {
	_answers([_versioning("Suspended")]) == {"deny": {[_part, _status]}, "undecided": set()}
}

test_deny_bucket_that_is_not_locked if {
	_answers([_bucket({"object_lock_enabled": false})]) == _denied
}

test_allow_enabled if {
	_answers([_bucket({}), _versioning("Enabled")]) == _passed
	_answers([_bucket({}), _refers("aws_s3_bucket.this.id")]) == _passed
	_answers([_bucket({"versioning": [{"enabled": true}]})]) == _passed
}

# S3 turns versions on in a bucket with object lock.
test_allow_locked if {
	_answers([_bucket({"object_lock_enabled": true})]) == _passed
}

test_allow_other_buckets if {
	_answers([fixture.known("aws_s3_bucket.this", {"bucket": "acme-logs"})]) == _passed
	_answers([fixture.known(_part, {"bucket": "acme-logs", "versioning_configuration": [{"status": "Suspended"}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_s3_bucket.this", {"bucket": "acme-models"})]) == _passed
}

test_undecided_status if {
	_answers([_bucket({}), fixture.resource(
		_part, {"bucket": "acme-models", "versioning_configuration": [{}]}, {"versioning_configuration": [{"status": true}]},
		{"versioning_configuration": [{"status": fixture.refers(["terraform_data.status.output"])}]},
	)]) == {"deny": set(), "undecided": {[_part, _status]}}
}

test_undecided_dynamic_block if {
	_answers([_bucket({}), fixture.resource(_part, {"bucket": "acme-models"}, {"versioning_configuration": true}, {})]) == {
		"deny": set(),
		"undecided": {[_part, _status]},
	}
}

test_undecided_block_of_the_bucket if {
	_answers([fixture.resource(
		"aws_s3_bucket.this", {"bucket": "acme-models", "versioning": [{}]}, {"versioning": [{"enabled": true}]},
		{"versioning": [{"enabled": fixture.refers(["terraform_data.on.output"])}]},
	)]) == _open
}

test_undecided_stray if {
	_answers([_bucket({}), _refers("local.bucket")]) == _open
}

_part := "aws_s3_bucket_versioning.this"

_status := ["versioning_configuration", 0, "status"]

_bucket(attributes) := fixture.known("aws_s3_bucket.this", object.union({"bucket": "acme-models"}, attributes))

# As the provider shows a bucket of which nobody wrote down versions.
_computed(after, expressions) := fixture.resource(
	"aws_s3_bucket.this", object.union({"bucket": "acme-models"}, after),
	{"versioning": true, "object_lock_enabled": true}, expressions,
)

_versioning(status) := fixture.known(_part, {"bucket": "acme-models", "versioning_configuration": [{"status": status}]})

_refers(reference) := fixture.resource(
	_part, {"versioning_configuration": [{"status": "Enabled"}]}, {"bucket": true},
	{"bucket": fixture.refers([reference])},
)

_denied := {"deny": {["aws_s3_bucket.this", ["versioning"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_s3_bucket.this", ["versioning"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
