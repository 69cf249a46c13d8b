package plangate.policies.foundation_models.unlogged_invocations_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.foundation_models.unlogged_invocations as policy

test_deny_no_configuration if {
	every after in [{}, {"logging_config": []}, {"logging_config": null}] {
		_answers([fixture.known(_address, after)]) == _denied(["logging_config"])
	}
}

test_deny_no_destination if {
	every logging in [
		{"text_data_delivery_enabled": true},
		{"text_data_delivery_enabled": true, "s3_config": [], "cloudwatch_config": []},
		{"text_data_delivery_enabled": true, "s3_config": null, "cloudwatch_config": null},
	] {
		_answers([fixture.known(_address, {"logging_config": [logging]})]) == _denied(["logging_config", 0])
	}
}

test_deny_no_text if {
	_answers([_configured({"text_data_delivery_enabled": false})]) == _denied(_text)
}

# Before version 6 of the provider the blocks were objects.
test_objects if {
	destination := {"bucket_name": "acme-logs"}
	_answers([fixture.known(_address, {"logging_config": {"text_data_delivery_enabled": true, "s3_config": null}})]) == _denied(["logging_config"])
	_answers([fixture.known(_address, {"logging_config": {
		"text_data_delivery_enabled": false,
		"s3_config": destination,
	}})]) == _denied(["logging_config", "text_data_delivery_enabled"])
	_answers([fixture.known(_address, {"logging_config": {
		"text_data_delivery_enabled": true,
		"s3_config": destination,
	}})]) == _passed
}

test_allow_each_destination if {
	_answers([_configured({})]) == _passed
	_answers([fixture.known(_address, {"logging_config": [{"cloudwatch_config": [{"log_group_name": "/acme/logs"}]}]})]) == _passed
}

test_allow_destination_of_unknown_name if {
	_answers([_unknown({"s3_config": [{"key_prefix": null}]}, {"s3_config": [{"bucket_name": true}]})]) == _passed
}

test_allow_destination_beside_an_unknown_one if {
	_answers([_unknown({"s3_config": [{"bucket_name": "acme-logs"}]}, {"cloudwatch_config": true})]) == _passed
}

test_allow_text_that_nobody_sets if {
	_answers([_configured({"text_data_delivery_enabled": true})]) == _passed
	_answers([_configured({"text_data_delivery_enabled": null})]) == _passed
}

test_allow_other_data_left_out if {
	_answers([_configured({"image_data_delivery_enabled": false, "video_data_delivery_enabled": false})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"logging_config": []})]) == _passed
}

test_undecided_text if {
	_answers([_unknown({"s3_config": [{"bucket_name": "acme-logs"}]}, {"text_data_delivery_enabled": true})]) == _open(_text)
}

test_undecided_destination if {
	every name in ["s3_config", "cloudwatch_config"] {
		_answers([_unknown({"text_data_delivery_enabled": true}, {name: true})]) == _open(["logging_config", 0, name])
	}
}

test_undecided_configuration if {
	_answers([fixture.resource(_address, {}, {"logging_config": true}, {})]) == _open(["logging_config"])
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([fixture.known(_address, {})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_bedrock_model_invocation_logging_configuration.this"

_text := ["logging_config", 0, "text_data_delivery_enabled"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_configured(logging) := fixture.known(_address, {"logging_config": [object.union(
	{"s3_config": [{"bucket_name": "acme-logs"}], "cloudwatch_config": []},
	logging,
)]})

_unknown(known, unknown) := fixture.resource(
	_address, {"logging_config": [known]}, {"logging_config": [unknown]},
	{"logging_config": [{name: fixture.refers(["aws_cloudformation_stack.platform.outputs"]) | some name, value in unknown; value == true}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
