package plangate.policies.agents.unguarded_agent_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.unguarded_agent as policy

test_deny_no_guardrail if {
	every guardrail in [null, [], [{}], [{"guardrail_identifier": null, "guardrail_version": null}]] {
		_answers([fixture.known(_address, {"guardrail_configuration": guardrail})]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_allow_guardrail if {
	_answers([fixture.known(_address, {"guardrail_configuration": [{"guardrail_identifier": "8k2x", "guardrail_version": "3"}]})]) == _passed
	_answers([_unknown(["aws_bedrock_guardrail.this.guardrail_id", "aws_bedrock_guardrail_version.this.version"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_guardrail_from_elsewhere if {
	_answers([_unknown(["aws_cloudformation_stack.this.outputs"])]) == _open
	_answers([fixture.resource(
		_address, {}, {"guardrail_configuration": true},
		{"guardrail_configuration": fixture.refers(["aws_cloudformation_stack.this.outputs"])},
	)]) == _open
}

_address := "aws_bedrockagent_agent.this"

_denied := {"deny": {[_address, ["guardrail_configuration"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["guardrail_configuration"]]}}

_passed := {"deny": set(), "undecided": set()}

_unknown(references) := fixture.resource(
	_address, {"guardrail_configuration": [{}]},
	{"guardrail_configuration": [{"guardrail_identifier": true, "guardrail_version": true}]},
	{"guardrail_configuration": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
