package plangate.policies.governance.foreign_region_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.governance.foreign_region as policy

test_deny_planned_region if {
	_answers([_model({"region": "us-east-1"})]) == _denied(["region"])
}

test_deny_location if {
	every address in ["google_vertex_ai_index.this", "azurerm_cognitive_account.this"] {
		_answers([fixture.known(address, {"location": "eastus"})]) == {"deny": {[address, ["location"]]}, "undecided": set()}
	}
}

test_allow_planned_region if {
	every region in ["eu-west-1", "eu-central-1"] {
		_answers([_model({"region": region})]) == _passed
	}
}

# The provider's own region does not count then.
test_planned_region_wins if {
	_answers_made_by("us-east-1", {"region": "eu-west-1"}, {}, {}) == _passed
	_answers_made_by("eu-west-1", {"region": "us-east-1"}, {}, {}) == _denied(["region"])
}

test_region_of_the_provider if {
	every after in [{}, {"region": null}] {
		_answers_made_by("us-east-1", after, {}, {}) == _denied([])
		_answers_made_by("eu-west-1", after, {}, {}) == _passed
	}
}

# The old provider computes it for buckets.
test_region_that_is_computed_is_the_provider_s if {
	_answers_made_by("us-east-1", {}, {"region": true}, {}) == _denied([])
	_answers_made_by("eu-west-1", {}, {"region": true}, {}) == _passed
}

test_undecided_region_that_comes_with_the_apply if {
	_answers_made_by(
		"us-east-1", {}, {"region": true},
		{"region": fixture.refers(["terraform_data.region.output"])},
	) == _open(["region"])
}

test_undecided_location_that_comes_with_the_apply if {
	address := "google_vertex_ai_index.this"
	r := fixture.resource(address, {}, {"location": true}, {"location": fixture.refers(["terraform_data.region.output"])})
	_answers([r]) == {"deny": set(), "undecided": {[address, ["location"]]}}
}

test_undecided_where_nothing_names_a_region if {
	_answers([_model({})]) == _open([])
	every region in ["prod", "", 7, true] {
		_answers_made_by(region, {}, {}, {}) == _open([])
	}
}

# Parts of a resource elsewhere have no region of their own.
test_allow_other_clouds_without_a_region if {
	_answers([fixture.known("azurerm_cognitive_deployment.this", {})]) == _passed
}

test_store if {
	bucket := fixture.known("aws_s3_bucket.this", {"bucket": "acme-models", "region": "us-east-1"})
	_answers([bucket]) == {"deny": {["aws_s3_bucket.this", ["region"]]}, "undecided": set()}
}

test_allow_other_resources if {
	_answers([fixture.known("aws_cloudwatch_log_group.this", {"region": "us-east-1"})]) == _passed
	_answers([fixture.known("aws_s3_bucket.this", {"bucket": "acme-logs", "region": "us-east-1"})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"region": "us-east-1"})]) == _passed
}

test_inactive_without_a_list if {
	every r in [_model({"region": "us-east-1"}), _model({}), fixture.resource(
		_address, {}, {"region": true},
		{"region": fixture.refers(["terraform_data.region.output"])},
	)] {
		_judged(fixture.plan([r])) == _passed
	}
	_judged(_made_by("us-east-1", {}, {}, {})) == _passed
}

_address := "aws_sagemaker_model.this"

_model(after) := fixture.known(_address, after)

_made_by(region, after, unknown, expressions) := object.union(fixture.plan([r]), {"configuration": {"provider_config": {"aws": {
	"name": "aws",
	"expressions": {"region": {"constant_value": region}},
}}}}) if {
	r := object.union(
		fixture.resource(_address, after, unknown, expressions),
		{"configuration": {"provider_config_key": "aws"}},
	)
}

_answers_made_by(region, after, unknown, expressions) := _given(_made_by(region, after, unknown, expressions))

_answers(resources) := _given(fixture.plan(resources))

_given(plan) := answers if {
	answers := _judged(plan) with data.plangate.config as {"parameters": {"PL-010": {"allowed_regions": ["eu-west-1", "eu-c*"]}}}
}

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_judged(plan) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as plan
}
