package plangate.policies.vector_stores.kendra_user_context_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.kendra_user_context as policy

test_deny_filter if {
	every edition in ["ENTERPRISE_EDITION", "DEVELOPER_EDITION", null] {
		_answers([fixture.known(_address, {"edition": edition, "user_context_policy": "ATTRIBUTE_FILTER"})]) == _denied
	}
}

test_deny_default if {
	_answers([fixture.known(_address, {})]) == _denied
	_answers([fixture.known(_address, {"user_context_policy": null})]) == _denied
}

test_allow_token if {
	_answers([fixture.known(_address, {"user_context_policy": "USER_TOKEN"})]) == _passed
}

test_allow_filter_where_tokens_are_refused if {
	every context in [null, "ATTRIBUTE_FILTER"] {
		_answers([fixture.known(_address, {
			"edition": "GEN_AI_ENTERPRISE_EDITION",
			"user_context_policy": context,
		})]) == _passed
	}
	_answers([_unknown({"edition": "GEN_AI_ENTERPRISE_EDITION"}, {"user_context_policy": true})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_unknown_policy if {
	_answers([_unknown({"edition": "ENTERPRISE_EDITION"}, {"user_context_policy": true})]) == _open(["user_context_policy"])
	_answers([_unknown({}, {"edition": true, "user_context_policy": true})]) == _open(["user_context_policy"])
}

test_undecided_unknown_edition if {
	_answers([_unknown({"user_context_policy": "ATTRIBUTE_FILTER"}, {"edition": true})]) == _open(["edition"])
}

test_allow_token_of_unknown_edition if {
	_answers([_unknown({"user_context_policy": "USER_TOKEN"}, {"edition": true})]) == _passed
}

_address := "aws_kendra_index.this"

_denied := {"deny": {[_address, ["user_context_policy"]]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_unknown(after, unknown) := fixture.resource(
	_address, after, unknown,
	{name: fixture.refers(["terraform_data.this.output"]) | some name, _ in unknown},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
