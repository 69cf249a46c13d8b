package plangate.policies.foundation_models.unlogged_modality_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.foundation_models.unlogged_modality as policy

test_deny_each_kind if {
	every name in _flags {
		_answers([_logging({name: false})]) == {"deny": {[_address, ["logging_config", 0, name]]}, "undecided": set()}
	}
}

# Before version 6 of the provider the block was an object.
test_deny_in_an_object if {
	every name in _flags {
		_answers([fixture.known(_address, {"logging_config": {name: false}})]) == {
			"deny": {[_address, ["logging_config", name]]},
			"undecided": set(),
		}
	}
}

test_allow_all_kinds if {
	every name in _flags {
		every value in [true, null] {
			_answers([_logging({name: value})]) == _passed
		}
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_no_text if {
	_answers([_logging({"text_data_delivery_enabled": false})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"logging_config": [{"image_data_delivery_enabled": false}]})]) == _passed
}

test_undecided_each_kind if {
	every name in _flags {
		_answers([fixture.resource(
			_address, {"logging_config": [{}]}, {"logging_config": [{name: true}]},
			{"logging_config": [{name: fixture.refers(["local.deliver"])}]},
		)]) == {"deny": set(), "undecided": {[_address, ["logging_config", 0, name]]}}
	}
}

_address := "aws_bedrock_model_invocation_logging_configuration.this"

_flags := ["image_data_delivery_enabled", "embedding_data_delivery_enabled", "video_data_delivery_enabled"]

_passed := {"deny": set(), "undecided": set()}

_logging(logging) := fixture.known(_address, {"logging_config": [logging]})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
