package plangate.policies.governance.untagged_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.governance.untagged as policy

test_deny_missing if {
	every tags in [null, {}, {"owner": "a"}, {"owner": "a", "model-id": ""}, {"owner": "a", "model-id": null}, {"Owner": "a", "model-id": "m"}] {
		_given([_model({"tags": tags}, {})]) == _denied
	}
}

# Nobody sets tags, and the provider computes all of them.
test_deny_absent if {
	_given([_model({}, {"tags_all": true})]) == _denied
	_given([_model({"tags": null, "tags_all": {}}, {})]) == _denied
}

test_allow_tagged if {
	_given([_model({"tags": _both}, {})]) == _passed
	_given([_model({"tags": null, "tags_all": _both}, {})]) == _passed
	_given([_model({"tags": {"owner": "a"}, "tags_all": _both}, {})]) == _passed
}

test_allow_value_that_comes_with_the_apply if {
	_given([_model({"tags": {"owner": "a"}}, {"tags": {"model-id": true}, "tags_all": true})]) == _passed
	_given([_model({"tags_all": {"owner": "a"}}, {"tags_all": {"model-id": true}})]) == _passed
}

test_a_key_that_is_known_does_not_come_with_the_apply if {
	_given([_model({"tags": {"owner": "a"}}, {"tags": {"model-id": false}})]) == _denied
}

test_undecided_tags if {
	r := fixture.resource(_address, {}, {"tags": true, "tags_all": true}, {"tags": fixture.refers(["terraform_data.tags.output"])})
	_given([r]) == _open
}

test_labels if {
	address := "google_vertex_ai_endpoint.this"
	_given([fixture.known(address, {"labels": {"owner": "a"}, "effective_labels": {"owner": "a"}})]) == _denied_at(address, "labels")
	_given([fixture.known(address, {"labels": _both})]) == _passed
	_given([fixture.known(address, {"labels": null, "effective_labels": _both})]) == _passed
}

test_tags_of_other_clouds if {
	_given([fixture.known("azurerm_cognitive_account.this", {"tags": {"owner": "a"}})]) == _denied_at("azurerm_cognitive_account.this", "tags")
	pairs := [{"key": "owner", "value": "a"}, {"key": "model-id", "value": "m"}]
	_given([fixture.known("awscc_sagemaker_cluster.this", {"tags": pairs})]) == _passed
	_given([fixture.known("awscc_sagemaker_cluster.this", {"tags": [pairs[0]]})]) == _denied_at("awscc_sagemaker_cluster.this", "tags")
}

test_default_tags_that_are_written_down if {
	every unknown in [{"tags_all": true}, {"tags": {"team": true}, "tags_all": true}] {
		_given_by("aws", {"default_tags": [{"tags": {"constant_value": _both}}]}, _model({}, unknown)) == _passed
		_given_by("aws", {"default_tags": [{"tags": {"constant_value": {"owner": "a"}}}]}, _model({}, unknown)) == _denied
		_given_by("aws", {"default_tags": [{"tags": {"constant_value": {"owner": "a", "model-id": ""}}}]}, _model({}, unknown)) == _denied
	}
}

# Where the plan shows what they are merged into, that is what counts.
test_default_tags_beside_a_known_result if {
	_given_by("aws", {"default_tags": [{"tags": {"constant_value": _both}}]}, _model({"tags_all": {"owner": "a"}}, {})) == _denied
}

test_undecided_default_tags_that_refer if {
	refers := {"default_tags": [{"tags": fixture.refers(["var.tags"])}]}
	_given_by("aws", refers, _model({"tags": {"owner": "a"}}, {"tags_all": true})) == _open
	_given_by("aws", refers, _model({"tags": _both}, {"tags_all": true})) == _passed
	_given_by("aws", refers, _model({"tags_all": {"owner": "a"}}, {})) == _denied
}

test_default_labels if {
	address := "google_vertex_ai_endpoint.this"
	r := fixture.resource(address, {"labels": {}}, {"effective_labels": true}, {})
	_given_by("google", {"default_labels": {"constant_value": _both}}, r) == _passed
	_given_by("google", {"default_labels": fixture.refers(["var.labels"])}, r) == {"deny": set(), "undecided": {[address, ["labels"]]}}
	_given_by("google", {}, r) == _denied_at(address, "labels")
}

test_allow_what_takes_no_tags if {
	_given([fixture.known("aws_sagemaker_image_version.this", {"image_name": "a"})]) == _passed
}

test_allow_other_resources if {
	_given([fixture.known("aws_sqs_queue.this", {"tags": {}})]) == _passed
	_given([fixture.known("aws_s3_bucket.this", {"bucket": "acme-logs", "tags": {}})]) == _passed
}

test_deny_store if {
	_given([fixture.known("aws_s3_bucket.this", {"bucket": "acme-models", "tags": {}})]) == _denied_at("aws_s3_bucket.this", "tags")
}

test_allow_deleted if {
	_given([fixture.deleted(_address, {"tags": {}})]) == _passed
}

test_inactive_without_a_list if {
	_answers(fixture.plan([_model({"tags": {}}, {})])) == _passed
}

test_keys_may_be_globs if {
	answers := _answers(fixture.plan([_model({"tags": {"acme:owner": "a"}}, {})])) with data.plangate.config as {"parameters": {"PL-003": {
		"required_tags": ["*:owner"],
	}}}
	answers == _passed
}

_address := "aws_sagemaker_model.this"

_both := {"owner": "a", "model-id": "m"}

_model(after, unknown) := fixture.resource(_address, after, unknown, {})

_denied := _denied_at(_address, "tags")

_denied_at(address, name) := {"deny": {[address, [name]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["tags"]]}}

_passed := {"deny": set(), "undecided": set()}

_given(resources) := _judged(fixture.plan(resources))

_given_by(key, arguments, r) := _judged(object.union(
	fixture.plan([object.union(r, {"configuration": {"provider_config_key": key}})]),
	{"configuration": {"provider_config": {key: {"name": key, "expressions": arguments}}}},
))

_judged(plan) := answers if {
	answers := _answers(plan) with data.plangate.config as {"parameters": {"governance/untagged": {"required_tags": ["owner", "model-id"]}}}
}

_answers(plan) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as plan
}
