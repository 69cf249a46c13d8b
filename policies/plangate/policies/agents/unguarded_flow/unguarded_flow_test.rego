package plangate.policies.agents.unguarded_flow_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.unguarded_flow as policy

test_deny_nodes_without_a_guardrail if {
	every guardrail in [null, [], [{"guardrail_identifier": null}]] {
		_answers([_known([_prompt(guardrail)])]) == _denied({_path(0, "prompt")})
		_answers([_known([_knowledge_base("claude", guardrail)])]) == _denied({_path(0, "knowledge_base")})
	}
}

test_deny_the_node_that_has_none if {
	_answers([_known([_input, _prompt(_literal), _knowledge_base("claude", []), _prompt([])])]) == _denied({
		_path(2, "knowledge_base"),
		_path(3, "prompt"),
	})
}

test_allow_guarded_nodes if {
	_answers([_known([_prompt(_literal), _knowledge_base("claude", _literal)])]) == _passed
	_answers([_unknown(_prompt([{}]), _guardrail([{"guardrail_identifier": true}]), _guardrail([{"guardrail_identifier": fixture.refers([
		"aws_bedrock_guardrail.this.guardrail_id",
	])}]))]) == _passed
}

test_allow_nodes_that_call_no_model if {
	_answers([_known([_input, {"type": "LambdaFunction", "configuration": [{"lambda_function": [{"lambda_arn": "x"}], "prompt": []}]}])]) == _passed
	_answers([_known([_knowledge_base(null, [])])]) == _passed
}

test_allow_no_definition if {
	every definition in [null, []] {
		_answers([fixture.known(_address, {"definition": definition})]) == _passed
	}
	_answers([_known([])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"definition": [{"node": [_prompt([])]}]})]) == _passed
}

test_undecided_guardrail if {
	open := {"deny": set(), "undecided": {[_address, _path(0, "prompt")]}}
	_answers([_unknown(_prompt([]), _guardrail(true), _guardrail([]))]) == open
	_answers([_unknown(_prompt([{}]), _guardrail([{"guardrail_identifier": true}]), _guardrail([{"guardrail_identifier": fixture.refers([
		"aws_cloudformation_stack.this.outputs",
	])}]))]) == open
}

test_undecided_model_of_a_knowledge_base_is_one if {
	node := {"type": "KnowledgeBase", "configuration": [{"knowledge_base": [{"guardrail_configuration": []}]}]}
	_answers([_unknown(node, {"configuration": [{"knowledge_base": [{"model_id": true}]}]}, {"configuration": [{"knowledge_base": [{
		"model_id": fixture.refers(["terraform_data.this.output"]),
	}]}]})]) == _denied({_path(0, "knowledge_base")})
}

test_undecided_nodes if {
	open := {"deny": set(), "undecided": {[_address, ["definition", 0, "node"]]}}
	_answers([fixture.resource(_address, {"definition": [{}]}, {"definition": [{"node": true}]}, {"definition": [{}]})]) == open
	_answers([fixture.resource(_address, {}, {"definition": true}, {})]) == open
}

test_undecided_inside_of_a_node if {
	_answers([_unknown({"type": "Prompt"}, {"configuration": [{"prompt": true, "knowledge_base": []}]}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["definition", 0, "node", 0, "configuration", 0, "prompt"]]},
	}
}

_address := "aws_bedrockagent_flow.this"

_path(node, kind) := ["definition", 0, "node", node, "configuration", 0, kind, 0, "guardrail_configuration"]

_denied(paths) := {"deny": {[_address, path] | some path in paths}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_literal := [{"guardrail_identifier": "8k2x", "guardrail_version": "3"}]

_input := {"type": "Input", "configuration": [{"input": [{}], "prompt": [], "knowledge_base": []}]}

_prompt(guardrail) := {"type": "Prompt", "configuration": [{"prompt": [{"guardrail_configuration": guardrail}], "knowledge_base": []}]}

_knowledge_base(model, guardrail) := {"type": "KnowledgeBase", "configuration": [{
	"prompt": [],
	"knowledge_base": [{"model_id": model, "guardrail_configuration": guardrail}],
}]}

_guardrail(value) := {"configuration": [{"prompt": [{"guardrail_configuration": value}]}]}

_known(nodes) := fixture.known(_address, {"definition": [{"node": nodes}]})

_unknown(node, unknown, expressions) := fixture.resource(
	_address, {"definition": [{"node": [node]}]},
	{"definition": [{"node": [unknown]}]}, {"definition": [{"node": [expressions]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
