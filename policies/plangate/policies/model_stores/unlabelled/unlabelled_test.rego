package plangate.policies.model_stores.unlabelled_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.unlabelled as policy

test_deny_missing if {
	every tags in [null, {}, {"team": "search"}, {"data-classification": "internal"}, _tags("internal", ""), _tags(null, "crm")] {
		_given([_bucket({"tags": tags})]) == _denied
	}
	_given([_computed({"tags": {"team": "search"}}, {"tags_all": true}, {})]) == _denied
}

# Nobody sets tags, and the provider computes all of them.
test_deny_absent if {
	_given([_computed({}, {"tags_all": true}, {})]) == _denied
}

test_allow_tagged if {
	_given([_bucket({"tags": _tags("internal", "crm")})]) == _passed
	_given([_bucket({"tags": null, "tags_all": _tags("internal", "crm")})]) == _passed
	_given([_bucket({"tags": {"data-provenance": "crm"}, "tags_all": _tags("internal", "crm")})]) == _passed
}

test_allow_value_that_comes_with_the_apply if {
	every name in ["tags", "tags_all"] {
		_given([_computed({name: {"data-classification": "internal"}}, {name: {"data-provenance": true}}, {})]) == _passed
	}
}

test_allow_other_buckets if {
	_given([fixture.known("aws_s3_bucket.this", {"bucket": "acme-models"})]) == _passed
	_given([fixture.known("aws_s3_bucket.this", {"bucket": "acme-logs"})]) == _passed
}

test_allow_deleted if {
	_given([fixture.deleted("aws_s3_bucket.this", {"bucket": "acme-datasets"})]) == _passed
}

test_undecided_tags if {
	_given([_computed({}, {"tags": true, "tags_all": true}, {"tags": fixture.refers(["terraform_data.tags.output"])})]) == _open
}

# Then the plan hides what the provider adds.
test_undecided_beside_a_value_that_comes_with_the_apply if {
	_given([_computed({"tags": {}}, {"tags": {"data-provenance": true}, "tags_all": true}, {})]) == _open
}

test_undecided_is_not_what_is_known if {
	after := {"tags": {"data-classification": "internal"}}
	every unknown in [{"tags": {"data-provenance": false}}, {"timeouts": {"data-provenance": true}}] {
		_given([_computed(after, unknown, {})]) == _denied
	}
}

test_inactive_without_a_list if {
	_answers([_bucket({"tags": {}})]) == _passed
}

test_keys_may_be_globs if {
	answers := _answers([_bucket({"tags": {"data-provenance": "crm"}})]) with data.plangate.config as {"parameters": {"ST-007": {
		"required_tags": ["*provenance"],
	}}}
	answers == _passed
}

_tags(classification, provenance) := {"data-classification": classification, "data-provenance": provenance}

_bucket(attributes) := fixture.known("aws_s3_bucket.this", object.union({"bucket": "acme-datasets"}, attributes))

_computed(after, unknown, expressions) := fixture.resource(
	"aws_s3_bucket.this", object.union({"bucket": "acme-datasets"}, after),
	unknown, expressions,
)

_denied := {"deny": {["aws_s3_bucket.this", ["tags"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_s3_bucket.this", ["tags"]]}}

_given(resources) := answers if {
	answers := _answers(resources) with data.plangate.config as {"parameters": {"model_stores/unlabelled": {
		"required_tags": ["data-classification", "data-provenance"],
	}}}
}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
