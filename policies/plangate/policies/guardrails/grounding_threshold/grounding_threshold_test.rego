package plangate.policies.guardrails.grounding_threshold_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.guardrails.grounding_threshold as policy

test_deny_no_filter if {
	every after in [{}, {_grounding: []}, {_grounding: [{"filters_config": []}]}] {
		_answers([fixture.known(_address, after)]) == _denied
	}
}

test_deny_zero if {
	_answers([_guardrail([{"type": "GROUNDING", "threshold": 0}, {"type": "RELEVANCE", "threshold": 0}])]) == _denied
}

test_deny_relevance_alone if {
	_answers([_guardrail([{"type": "RELEVANCE", "threshold": 0.8}])]) == _denied
	_answers([_guardrail([{"type": "GROUNDING", "threshold": 0}, {"type": "RELEVANCE", "threshold": 0.8}])]) == _denied
	_answers([_unknown({"type": "RELEVANCE"}, {"threshold": true})]) == _denied
}

test_deny_zero_of_an_unknown_type if {
	_answers([_unknown({"threshold": 0}, {"type": true})]) == _denied
}

test_allow_threshold if {
	every threshold in [0.01, 0.8, 0.99] {
		_answers([_guardrail([{"type": "GROUNDING", "threshold": threshold}])]) == _passed
	}
	_answers([_guardrail([{"type": "RELEVANCE", "threshold": 0}, {"type": "GROUNDING", "threshold": 0.8}])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {_grounding: []})]) == _passed
}

test_undecided_threshold if {
	_answers([_unknown({"type": "GROUNDING"}, {"threshold": true})]) == _open
}

test_undecided_zero_beside_an_unknown_filter if {
	_answers([fixture.resource(
		_address,
		{_grounding: [{"filters_config": [{"type": "GROUNDING", "threshold": 0}, {}]}]},
		{_grounding: [{"filters_config": [{}, {"type": true, "threshold": true}]}]},
		{_grounding: [{}]},
	)]) == _open
}

test_undecided_type if {
	_answers([_unknown({"threshold": 0.8}, {"type": true})]) == _open
}

test_undecided_filters if {
	_answers([fixture.resource(_address, {_grounding: [{}]}, {_grounding: [{"filters_config": true}]}, {_grounding: [{}]})]) == _open
}

test_undecided_policy if {
	_answers([fixture.resource(_address, {}, {_grounding: true}, {})]) == _open
}

_address := "aws_bedrock_guardrail.this"

_grounding := "contextual_grounding_policy_config"

_denied := {"deny": {[_address, [_grounding]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, [_grounding]]}}

_passed := {"deny": set(), "undecided": set()}

_guardrail(filters) := fixture.known(_address, {_grounding: [{"filters_config": filters}]})

_unknown(known, unknown) := fixture.resource(
	_address,
	{_grounding: [{"filters_config": [known]}]},
	{_grounding: [{"filters_config": [unknown]}]},
	{_grounding: [{"filters_config": [object.union(
		{name: {"constant_value": value} | some name, value in known},
		{name: fixture.refers(["aws_cloudformation_stack.platform.outputs"]) | some name, _ in unknown},
	)]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
