package plangate.policies.secrets.agent_environment_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.agent_environment as policy

test_deny_literal if {
	_answers([fixture.known(_address, {"environment_variables": {"MODE": "eu", "SEARCH_KEY": _token}})]) == {
		"deny": {[_address, ["environment_variables", "SEARCH_KEY"]]},
		"undecided": set(),
	}
}

test_undecided_unknown if {
	_answers([_unknown(["terraform_data.handoff.output"])]) == {
		"deny": set(),
		"undecided": {[_address, ["environment_variables"]]},
	}
}

test_deny_unknown_made_from_a_secret if {
	_answers([_unknown(["random_password.agent.result"])]) == {
		"deny": {[_address, ["environment_variables"]]},
		"undecided": set(),
	}
}

# The provider keeps the variables that are known beside the names of those that are not.
test_undecided_unknown_beside_known if {
	every reference in ["aws_cloudformation_stack.this.outputs", "terraform_data.handoff.output", "local.key", "data.aws_ssm_parameter.this.value"] {
		_answers([_partly({"MODE": "eu"}, [reference])]) == {"deny": set(), "undecided": {[_address, ["environment_variables"]]}}
		_answers([_partly({}, ["aws_dynamodb_table.this.arn", reference])]) == {"deny": set(), "undecided": {[_address, ["environment_variables"]]}}
	}
}

test_allow_unknown_address_beside_known if {
	_answers([_partly({"MODE": "eu"}, ["aws_secretsmanager_secret.this.arn"])]) == _passed
	_answers([_partly({"MODE": "eu"}, ["aws_dynamodb_table.this.arn", "data.aws_sqs_queue.this.url", "var.mode"])]) == _passed
}

test_deny_beside_unknown if {
	_answers([_partly({"SEARCH_KEY": _token}, ["aws_cloudformation_stack.this.outputs"])]) == {
		"deny": {[_address, ["environment_variables", "SEARCH_KEY"]]},
		"undecided": set(),
	}
	_answers([_partly({"MODE": "eu"}, ["aws_secretsmanager_secret_version.this.secret_string"])]) == {
		"deny": {[_address, ["environment_variables"]]},
		"undecided": set(),
	}
}

test_allow_absent_and_pointers if {
	every variables in [null, {}, {"SEARCH_KEY_PROVIDER": "search"}, {"SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:1:secret:a"}] {
		_answers([fixture.known(_address, {"environment_variables": variables})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"environment_variables": {"SEARCH_KEY": _token}})]) == _passed
}

test_finding_carries_no_value if {
	every f in _findings {
		f.severity == "critical"
		f.aliases == ["AC-003", "PL-001"]
		not contains(json.marshal(f), _token)
	}
	count(_findings) == 1
}

_findings := findings if {
	findings := policy.deny with input as fixture.plan([fixture.known(_address, {"environment_variables": {"KEY": _token}})])
}

_address := "aws_bedrockagentcore_agent_runtime.this"

_unknown(references) := fixture.resource(
	_address, {}, {"environment_variables": true},
	{"environment_variables": fixture.refers(references)},
)

_partly(known, references) := fixture.resource(
	_address, {"environment_variables": known}, {"environment_variables": {"LATE": true}},
	{"environment_variables": fixture.refers(references)},
)

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
