package plangate.policies.agents.foreign_model_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.foreign_model as policy

test_deny_other_models if {
	every model in [
		"deepseek.r1-v1:0",
		"amazon.nova-pro-v1:0-preview-fork",
		"eu.deepseek.r1-v1:0",
		"xx.amazon.nova-pro-v1:0",
		"arn:aws:bedrock:eu-west-1::foundation-model/mistral.mistral-large-2402-v1:0",
		"arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/amazon.nova-pro-v1:0",
		"arn:aws:bedrock:eu-west-1:111122223333:imported-model/amazon.nova-pro-v1:0",
	] {
		_answers([_agent(model)]) == _denied
	}
}

test_deny_any_where_none_is_allowed if {
	_answers_with([], [_agent("amazon.nova-pro-v1:0")]) == _denied
}

test_allow_listed_models if {
	every model in [
		"amazon.nova-pro-v1:0",
		"anthropic.claude-sonnet-4-5-20250929-v1:0",
		"eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
		"global.amazon.nova-pro-v1:0",
		"us-gov.amazon.nova-pro-v1:0",
		"arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0",
		"arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.amazon.nova-pro-v1:0",
	] {
		_answers([_agent(model)]) == _passed
	}
}

test_allow_only_what_an_entry_says if {
	arn := "arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc"
	_answers_with([arn], [_agent(arn)]) == _passed
	_answers_with(["eu.amazon.nova-pro-v1:0"], [_agent("eu.amazon.nova-pro-v1:0")]) == _passed
	_answers_with(["eu.amazon.nova-pro-v1:0"], [_agent("us.amazon.nova-pro-v1:0")]) == _denied
	_answers_with(["eu.amazon.nova-pro-v1:0"], [_agent("amazon.nova-pro-v1:0")]) == _denied
}

test_profile_of_this_plan_is_what_it_copies if {
	_answers([_refers(["aws_bedrock_inference_profile.this.arn"]), _profile("amazon.nova-pro-v1:0")]) == _passed
	_answers([_refers(["aws_bedrock_inference_profile.this.arn"]), _profile("deepseek.r1-v1:0")]) == _denied
}

test_undecided_model_from_elsewhere if {
	_answers([_refers(["aws_cloudformation_stack.this.outputs"])]) == _open
	_answers([_refers(["aws_bedrock_inference_profile.this.arn", "local.model"]), _profile("deepseek.r1-v1:0")]) == _open
	_answers([_refers(["aws_bedrock_inference_profile.this.arn"]), fixture.known("aws_bedrock_inference_profile.this", {})]) == _open
	_answers([_refers(["aws_bedrock_inference_profile.gone.arn"])]) == _open
}

test_undecided_one_of_two_profiles if {
	other := fixture.known("aws_bedrock_inference_profile.other", {"model_source": [{"copy_from": "deepseek.r1-v1:0"}]})
	_answers([
		_refers(["aws_bedrock_inference_profile.this.arn", "aws_bedrock_inference_profile.other.arn"]),
		_profile("amazon.nova-pro-v1:0"),
		other,
	]) == _open
}

test_allow_no_model if {
	_answers([_agent(null)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"foundation_model": "deepseek.r1-v1:0"})]) == _passed
}

test_inactive_without_a_list if {
	every agent in [_agent("deepseek.r1-v1:0"), _refers(["local.model"])] {
		policy.deny == set() with input as fixture.plan([agent])
		policy.undecided == set() with input as fixture.plan([agent])
	}
}

test_allow_listed_models_in_each_geography if {
	every geography in ["us", "us-gov", "eu", "apac", "jp", "au", "ca", "global"] {
		_answers([_agent(concat("", [geography, ".amazon.nova-pro-v1:0"]))]) == _passed
	}
}

test_allow_entry_that_is_the_arn_of_a_model if {
	arn := "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0"
	_answers_with([arn], [_agent(arn)]) == _passed
}

_address := "aws_bedrockagent_agent.this"

_given := ["anthropic.claude-sonnet-4-5-*", "amazon.nova-pro-v1:0"]

_denied := {"deny": {[_address, ["foundation_model"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["foundation_model"]]}}

_passed := {"deny": set(), "undecided": set()}

_agent(model) := fixture.known(_address, {"foundation_model": model})

_refers(references) := fixture.resource(_address, {}, {"foundation_model": true}, {"foundation_model": fixture.refers(references)})

_profile(model) := fixture.known("aws_bedrock_inference_profile.this", {"model_source": [{
	"copy_from": concat("", ["arn:aws:bedrock:eu-west-1::foundation-model/", model]),
}]})

_answers(resources) := _answers_with(_given, resources)

_answers_with(given, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": {"BR-025": {"allowed_models": given}}}
}
