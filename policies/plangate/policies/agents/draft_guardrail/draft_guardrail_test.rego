package plangate.policies.agents.draft_guardrail_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.draft_guardrail as policy

test_deny_draft if {
	_answers([_known("8k2x", "DRAFT")]) == _denied
	_answers([_unknown({"guardrail_version": "DRAFT"}, {"guardrail_identifier": true}, [_id])]) == _denied
}

test_deny_no_version if {
	every version in [null, ""] {
		_answers([_known("8k2x", version)]) == _denied
	}
}

test_deny_version_of_the_guardrail_itself if {
	_answers([_unknown({}, _both, [_id, "aws_bedrock_guardrail.this.version"])]) == _denied
}

test_allow_version if {
	_answers([_known("8k2x", "3")]) == _passed
	_answers([_unknown({"guardrail_version": "3"}, {"guardrail_identifier": true}, [_id])]) == _passed
	_answers([_unknown({}, _both, [_id, "aws_bedrock_guardrail_version.this.version"])]) == _passed
	_answers([_unknown(
		{"guardrail_identifier": "8k2x"}, {"guardrail_version": true},
		["aws_bedrock_guardrail_version.this.version"],
	)]) == _passed
}

test_allow_no_guardrail if {
	every value in [null, [], [{}], [{"guardrail_identifier": null, "guardrail_version": null}]] {
		_answers([fixture.known(_address, {"guardrail_configuration": value})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"guardrail_configuration": [{"guardrail_version": "DRAFT"}]})]) == _passed
}

test_undecided_version_from_elsewhere if {
	_answers([_unknown({"guardrail_identifier": "8k2x"}, {"guardrail_version": true}, [_stack])]) == _open
	_answers([_unknown({}, _both, [_id, _stack])]) == _open
}

test_undecided_list_over_something_unknown if {
	answers := _answers([fixture.resource(
		_address, {}, {"guardrail_configuration": true},
		{"guardrail_configuration": fixture.refers([_stack])},
	)])
	answers == {"deny": set(), "undecided": {[_address, ["guardrail_configuration"]]}}
}

_address := "aws_bedrockagent_agent.this"

_id := "aws_bedrock_guardrail.this.guardrail_id"

_stack := "aws_cloudformation_stack.this.outputs"

_both := {"guardrail_identifier": true, "guardrail_version": true}

_path := ["guardrail_configuration", 0, "guardrail_version"]

_denied := {"deny": {[_address, _path]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _path]}}

_passed := {"deny": set(), "undecided": set()}

_known(id, version) := fixture.known(_address, {"guardrail_configuration": [{"guardrail_identifier": id, "guardrail_version": version}]})

_unknown(after, unknown, references) := fixture.resource(
	_address, {"guardrail_configuration": [after]},
	{"guardrail_configuration": [unknown]}, {"guardrail_configuration": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
