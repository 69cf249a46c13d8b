package plangate.policies.foundation_models.foreign_invocation_log_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.foundation_models.foreign_invocation_log as policy

test_deny_each_place if {
	every place in _places {
		_given([], [_log(place, "others")]) == _denied(place)
		_given(["acme-*"], [_log(place, "others-acme-1")]) == _denied(place)
	}
}

test_deny_second_destination if {
	_given([], [
		fixture.known(_address, {"logging_config": [{
			"cloudwatch_config": [{"log_group_name": "/acme/logs", "large_data_delivery_s3_config": [{"bucket_name": "acme-logs"}]}],
			"s3_config": [{"bucket_name": "others"}],
		}]}),
		_bucket({"bucket": "acme-logs"}),
		_group({"name": "/acme/logs"}),
	]) == _denied(["logging_config", 0, "s3_config", 0, "bucket_name"])
}

test_deny_name_of_another_kind if {
	_given([], [_log(_places[0], "acme"), _bucket({"bucket": "acme"})]) == _denied(_places[0])
	_given([], [_log(_places[1], "acme"), _group({"name": "acme"})]) == _denied(_places[1])
}

test_deny_bucket_that_is_destroyed if {
	_given([], [_log(_places[1], "acme"), fixture.deleted("aws_s3_bucket.a", {"bucket": "acme"})]) == _denied(_places[1])
}

# Before version 6 of the provider the blocks were objects.
test_objects if {
	_given([], [fixture.known(_address, {"logging_config": {"s3_config": {"bucket_name": "others"}, "cloudwatch_config": null}})]) == _denied([
		"logging_config",
		"s3_config", "bucket_name",
	])
}

test_allow_managed_by_name if {
	every place in _places {
		_given([], [_log(place, "acme"), _bucket({"bucket": "acme"}), _group({"name": "acme"})]) == _passed
	}
}

test_allow_managed_by_reference if {
	_given([], [_unknown(_places[0], ["aws_cloudwatch_log_group.a.name"]), _group({"name_prefix": "/acme"})]) == _passed
	every place in [_places[1], _places[2]] {
		_given([], [_unknown(place, ["aws_s3_bucket.a.id"]), _bucket({"bucket_prefix": "acme"})]) == _passed
	}
}

test_allow_approved if {
	every place in _places {
		_given(["others"], [_log(place, "others")]) == _passed
		_given(["acme-*", "oth*"], [_log(place, "others")]) == _passed
	}
}

test_allow_nowhere if {
	every after in [{}, {"logging_config": []}, {"logging_config": [{"s3_config": [], "cloudwatch_config": []}]}] {
		_given([], [fixture.known(_address, after)]) == _passed
	}
	_given([], [_log(_places[1], null)]) == _passed
}

test_allow_deleted if {
	_given([], [fixture.deleted(_address, {"logging_config": []})]) == _passed
}

test_undecided_name if {
	every place in _places {
		every references in [["local.name"], ["aws_cloudformation_stack.platform.outputs"]] {
			_given([], [_unknown(place, references)]) == _open(place)
		}
	}
	_given([], [_unknown(_places[0], ["aws_s3_bucket.a.id"])]) == _open(_places[0])
	_given([], [_unknown(_places[1], ["aws_cloudwatch_log_group.a.name"])]) == _open(_places[1])
}

test_undecided_blocks if {
	_given([], [fixture.resource(_address, {}, {"logging_config": true}, {})]) == _open(["logging_config"])
	every name in ["s3_config", "cloudwatch_config"] {
		_given([], [_unknown_block(name)]) == _open(["logging_config", 0, name])
	}
	_given([], [fixture.resource(
		_address, {"logging_config": [{"cloudwatch_config": [{}]}]},
		{"logging_config": [{"cloudwatch_config": [{"large_data_delivery_s3_config": true}]}]}, {},
	)]) == _open(["logging_config", 0, "cloudwatch_config", 0, "large_data_delivery_s3_config"])
}

test_inactive_without_a_list if {
	_answers([_log(_places[1], "others")]) == _passed
	_answers([_unknown(_places[1], ["local.name"])]) == _passed
	_answers([_unknown_block("s3_config")]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_log(_places[1], "others")])
		with data.plangate.config as object.union(_config([]), {"environment": "dev"})
	severities == {"medium"}
}

_address := "aws_bedrock_model_invocation_logging_configuration.this"

_places := [
	["logging_config", 0, "cloudwatch_config", 0, "log_group_name"],
	["logging_config", 0, "s3_config", 0, "bucket_name"],
	["logging_config", 0, "cloudwatch_config", 0, "large_data_delivery_s3_config", 0, "bucket_name"],
]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_config(entries) := {"parameters": {"BR-002": {"approved_destinations": entries}}}

# An attribute inside of blocks, `[block, 0, …, attribute]`.
_at([outer, _, block, _, name], value) := {outer: [{block: [{name: value}]}]}

_at([outer, _, middle, _, block, _, name], value) := {outer: [{middle: [{block: [{name: value}]}]}]}

_log(place, name) := fixture.known(_address, _at(place, name))

_bucket(after) := fixture.known("aws_s3_bucket.a", after)

_group(after) := fixture.known("aws_cloudwatch_log_group.a", after)

_unknown(place, references) := fixture.resource(
	_address,
	_at(place, null), _at(place, true), _at(place, fixture.refers(references)),
)

_unknown_block(name) := fixture.resource(
	_address, {"logging_config": [{}]},
	{"logging_config": [{name: true}]}, {"logging_config": [{}]},
)

_given(entries, resources) := answers if {
	answers := _answers(resources) with data.plangate.config as _config(entries)
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
