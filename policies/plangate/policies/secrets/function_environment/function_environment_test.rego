package plangate.policies.secrets.function_environment_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.function_environment as policy

test_deny_literal if {
	_answers([_function({"SLACK_BOT_TOKEN": _token, "LOG_LEVEL": "info"})]) == {
		"deny": {[_address, ["environment", 0, "variables", "SLACK_BOT_TOKEN"]]},
		"undecided": set(),
	}
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {"environment": [{}]}, {"environment": [{"variables": true}]},
		{"environment": [{"variables": fixture.refers(["aws_dynamodb_table.sessions.arn"])}]},
	)]) == {"deny": set(), "undecided": {[_address, ["environment", 0, "variables"]]}}
	_answers([fixture.resource(_address, {}, {"environment": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["environment"]]},
	}
}

test_allow_identifiers_and_nothing if {
	every variables in [null, {}, {
		"GIT_COMMIT": "7c796171d3535b4459db0e4f6f2d1765492fe63b",
		"KMS_KEY_ID": "7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913",
		"MAX_TOKENS": "4096",
		"TOKENIZER": "cl100k_base",
	}] {
		_answers([_function(variables)]) == _passed
	}
	_answers([fixture.known(_address, {"environment": []})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"environment": [{"variables": {"KEY": _token}}]})]) == _passed
}

_address := "aws_lambda_function.this"

_function(variables) := fixture.known(_address, {"environment": [{"variables": variables}]})

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
