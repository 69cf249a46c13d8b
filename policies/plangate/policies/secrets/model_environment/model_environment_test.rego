package plangate.policies.secrets.model_environment_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.model_environment as policy

test_deny_literal_by_shape_and_by_name if {
	_answers([_model({"HF_TOKEN": _token, "LOG_LEVEL": "info"})]) == _denied([["HF_TOKEN"]])
	_answers([_model({"EXTRA_ARGS": concat(" ", ["--hf-token", _token])})]) == _denied([["EXTRA_ARGS"]])
	_answers([_model({"STORE": "postgresql://rag:k7lmqyNURNNVRJat@db.internal:5432/rag"})]) == _denied([["STORE"]])
	_answers([_model({"DB_PASSWORD": "IDsIypO!kZB4zpwb0iY-"})]) == _denied([["DB_PASSWORD"]])
}

test_deny_second_container if {
	_answers([fixture.known(_address, {"container": [
		{"environment": {"LOG_LEVEL": "info"}},
		{"environment": {"KEY": _token}},
	]})]) == {"deny": {[_address, ["container", 1, "environment", "KEY"]]}, "undecided": set()}
}

test_deny_value_marked_sensitive if {
	_answers([_marked(_model({"MODE": "plain"}), {"MODE": true})]) == _denied([["MODE"]])
	_answers([_marked(_model({"MODE": "plain"}), true)]) == _denied([[]])
}

test_allow_parameter_marked_for_what_it_is_not if {
	model := _marked(
		_referring({"VERSION": "7"}, {"primary_container": [{"environment": {}}]}, ["data.aws_ssm_parameter.version.value"]),
		{"VERSION": true},
	)
	_answers([model]) == _passed
}

test_allow_plain_parameter_of_the_plan if {
	parameter := fixture.known("aws_ssm_parameter.version", {"type": "String"})
	secure := fixture.known("aws_ssm_parameter.version", {"type": "SecureString"})
	model := _marked(
		_referring({"VERSION": "7"}, {"primary_container": [{"environment": {}}]}, ["aws_ssm_parameter.version.value"]),
		{"VERSION": true},
	)
	_answers([model, parameter]) == _passed
	_answers([model, secure]) == _denied([["VERSION"]])
}

test_deny_unknown_made_from_a_secret if {
	_answers([_unknown(["aws_iam_access_key.puller.id", "aws_iam_access_key.puller.secret"])]) == _denied([[]])
}

test_undecided_unknown if {
	open := {"deny": set(), "undecided": {[_address, _path]}}
	_answers([_unknown(["aws_iam_access_key.puller.id"])]) == open
	_answers([_unknown(["terraform_data.handoff.output"])]) == open
	_answers([_unknown(["aws_secretsmanager_secret.hub.arn"])]) == open
}

test_undecided_containers_that_only_the_apply_knows if {
	_answers([fixture.resource(_address, {}, {"container": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["container"]]},
	}
}

test_allow_pointers_knobs_and_nothing if {
	every environment in [
		{},
		{"HF_TOKEN": ""},
		{"HF_TOKEN_SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:777788889999:secret:ml/hub-token-x7Qp2L"},
		{"API_KEY_FILE": "/run/secrets/judge_api_key", "MAX_TOTAL_TOKENS": "8192", "PAD_TOKEN": "<pad>"},
		{"MODEL_SHA256": "e57515920517d674582cc6ec69fb920e285acc6b4fca6eb604cf3186a699e4cb"},
	] {
		_answers([_model(environment)]) == _passed
	}
	_answers([_model(null)]) == _passed
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"primary_container": [{"environment": {"HF_TOKEN": _token}}]})]) == _passed
}

test_finding_says_what_why_where_and_how_but_no_value if {
	policy.deny == {{
		"id": "secrets/model_environment",
		"severity": "critical",
		"title": "model container environment carries a credential",
		"msg": concat("", [
			"aws_sagemaker_model.this: model container environment carries a credential",
			" (primary_container.0.environment.HF_TOKEN)",
		]),
		"remediation": concat("", [
			"pass the ARN of the secret (`HF_TOKEN_SECRET_ARN = aws_secretsmanager_secret.<name>.arn`), let the container read it",
			" with its execution role, and replace the credential",
		]),
		"address": _address,
		"path": ["primary_container", 0, "environment", "HF_TOKEN"],
		"frameworks": {
			"nist_800_53": ["IA-5(7)", "SC-28"],
			"mitre_atlas": ["AML.T0055", "AML.T0083"],
			"owasp_llm": ["LLM02:2025"],
		},
		"aliases": ["SM-016", "PL-001"],
	}} with input as fixture.plan([_model({"HF_TOKEN": _token})])
}

_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_address := "aws_sagemaker_model.this"

_path := ["primary_container", 0, "environment"]

_model(environment) := fixture.known(_address, {"primary_container": [{"environment": environment}]})

_unknown(references) := _referring(null, {"primary_container": [{"environment": true}]}, references)

_referring(environment, unknown, references) := fixture.resource(
	_address,
	{"primary_container": [{"environment": environment}]},
	unknown,
	{"primary_container": [{"environment": fixture.refers(references)}]},
)

_marked(resource, mark) := object.union(
	resource,
	{"change": {"change": {"after_sensitive": {"primary_container": [{"environment": mark}]}}}},
)

_denied(names) := {"deny": {[_address, array.concat(_path, name)] | some name in names}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := {"deny": deny, "undecided": undecided} if {
	deny := {[f.address, f.path] | some f in policy.deny} with input as fixture.plan(resources)
	undecided := {[f.address, f.path] | some f in policy.undecided} with input as fixture.plan(resources)
}
