package plangate.policies.foundation_models.foreign_customization_data_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.foundation_models.foreign_customization_data as policy

test_deny_each_place if {
	every place in _places {
		every uri in ["s3://others/train.jsonl", "s3://acme-train-of-others/acme-train/", "s3://others/acme-train/"] {
			_given([_model(place, uri)]) == {"deny": {[_address, place]}, "undecided": set()}
		}
	}
}

test_deny_second_validator if {
	_given([fixture.known(_address, {"validation_data_config": [{"validator": [
		{"s3_uri": "s3://acme-train/a"},
		{"s3_uri": "s3://others/b"},
	]}]})]) == {"deny": {[_address, ["validation_data_config", 0, "validator", 1, "s3_uri"]]}, "undecided": set()}
}

test_deny_bucket_of_this_plan_that_is_not_approved if {
	every place in _places {
		_given([_unknown(place, ["aws_s3_bucket.a.id"]), _bucket({"bucket": "acme-scratch"})]) == {
			"deny": {[_address, place]},
			"undecided": set(),
		}
	}
}

test_allow_approved if {
	every place in _places {
		_given([_model(place, "s3://acme-train/claims/train.jsonl")]) == _passed
		_given([_model(place, "s3://acme-out-7")]) == _passed
		_given([_unknown(place, ["aws_s3_bucket.a.id"]), _bucket({"bucket": "acme-train"})]) == _passed
	}
}

test_allow_absent if {
	_given([fixture.known(_address, {})]) == _passed
	_given([fixture.known(_address, {"validation_data_config": []})]) == _passed
	_given([_model(["training_data_config", 0, "s3_uri"], null)]) == _passed
}

test_allow_deleted if {
	_given([fixture.deleted(_address, {})]) == _passed
}

test_undecided_location if {
	every place in _places {
		every references in [["local.uri"], ["aws_cloudformation_stack.platform.outputs"], ["aws_s3_bucket.a.id"]] {
			_given([_unknown(place, references), _bucket({"bucket_prefix": "acme-train"})]) == {
				"deny": set(),
				"undecided": {[_address, place]},
			}
		}
	}
}

test_undecided_blocks if {
	every name in ["training_data_config", "validation_data_config", "output_data_config"] {
		_given([fixture.resource(_address, {}, {name: true}, {})]) == {"deny": set(), "undecided": {[_address, [name]]}}
	}
	_given([_unknown_validators]) == {"deny": set(), "undecided": {[_address, ["validation_data_config", 0, "validator"]]}}
}

test_inactive_without_a_list if {
	_answers([_model(["training_data_config", 0, "s3_uri"], "s3://others/train.jsonl")]) == _passed
	_answers([_unknown(["training_data_config", 0, "s3_uri"], ["local.uri"])]) == _passed
	_answers([_unknown_validators]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_model(_places[0], "s3://others/a")])
		with data.plangate.config as object.union(_config, {"environment": "dev"})
	severities == {"medium"}
}

_address := "aws_bedrock_custom_model.this"

_passed := {"deny": set(), "undecided": set()}

_config := {"parameters": {"BR-018": {"approved_buckets": ["acme-train", "acme-out-*"]}}}

_places := [
	["training_data_config", 0, "s3_uri"],
	["output_data_config", 0, "s3_uri"],
	["validation_data_config", 0, "validator", 0, "s3_uri"],
]

# An attribute inside of blocks, `[block, 0, …, attribute]`.
_at([block, _, name], value) := {block: [{name: value}]}

_at([outer, _, block, _, name], value) := {outer: [{block: [{name: value}]}]}

_model(place, uri) := fixture.known(_address, _at(place, uri))

_bucket(after) := fixture.known("aws_s3_bucket.a", after)

_unknown(place, references) := fixture.resource(
	_address,
	_at(place, null),
	_at(place, true),
	_at(place, fixture.refers(references)),
)

_unknown_validators := fixture.resource(
	_address, {"validation_data_config": [{}]},
	{"validation_data_config": [{"validator": true}]}, {"validation_data_config": [{}]},
)

_given(resources) := answers if {
	answers := _answers(resources) with data.plangate.config as _config
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
