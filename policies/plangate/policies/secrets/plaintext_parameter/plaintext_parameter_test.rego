package plangate.policies.secrets.plaintext_parameter_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.plaintext_parameter as policy

test_deny_plain_by_name_by_value_and_by_origin if {
	every parameter in [
		_known({"name": "/ml/mlflow-password", "type": "String", "value": "changeme"}),
		_known({"name": "/ml/openai", "type": "String", "value": _token}),
		_known({"name": "/ml/keys", "type": "StringList", "insecure_value": concat(",", ["a", _token])}),
		_from("/ml/tracker", ["var.tracking_secret"]),
		_from("/ml/tracker", ["random_password.tracker.result"]),
		_from("/ml/hub-token", ["terraform_data.handoff.output"]),
	] {
		_answers([parameter]) == _denied(["type"])
	}
}

test_deny_write_only_value_of_a_plain_parameter if {
	_answers([fixture.resource(
		_address, {"name": "/ml/tracker", "type": "String", "value_wo": null}, {},
		{"value_wo": fixture.refers(["var.anything"])},
	)]) == _denied(["type"])
}

test_deny_secure_string_without_a_customer_key if {
	every key in [null, "", "alias/aws/ssm"] {
		_answers([_known({"name": "/ml/hub-token", "type": "SecureString", "key_id": key})]) == _denied(["key_id"])
	}
	_answers([fixture.resource(_address, {"name": "/ml/hub-token", "type": "SecureString"}, {"key_id": true}, {})]) == _denied(["key_id"])
}

test_allow_secure_string_with_a_customer_key if {
	_answers([_known({"name": "/ml/hub-token", "type": "SecureString", "key_id": "alias/ml"})]) == _passed
	_answers([_keyed(["aws_kms_key.ml.arn"])]) == _passed
}

test_allow_plain_settings if {
	every pair in [
		["/ml/model-id", "meta-llama/Llama-3.1-8B-Instruct"],
		["/ml/max-tokens", "4096"],
		["/ml/eos_token", "<|eot_id|>"],
		["/ml/padToken", "</s>"],
		["/ml/hub-token-secret-arn", "arn:aws:secretsmanager:eu-west-1:1:secret:ml/hub-token-x7Qp2L"],
		["/ml/hub-token", "arn:aws:secretsmanager:eu-west-1:1:secret:ml/hub-token-x7Qp2L"],
	] {
		_answers([_known({"name": pair[0], "type": "String", "value": pair[1]})]) == _passed
	}
	_answers([_from("/ml/endpoint-name", ["terraform_data.handoff.output"])]) == _passed
	_answers([_from("/ml/entry", ["aws_sagemaker_endpoint.chat.name"])]) == _passed
}

test_undecided_unknown_value_key_or_type if {
	_answers([_from("/ml/setting", ["terraform_data.handoff.output"])]) == {"deny": set(), "undecided": {[_address, ["value"]]}}
	_answers([_keyed(["terraform_data.handoff.output"])]) == {"deny": set(), "undecided": {[_address, ["key_id"]]}}
	_answers([fixture.resource(
		_address, {"name": "/ml/hub-token"}, {"type": true},
		{"type": fixture.refers(["terraform_data.handoff.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["type"]]}}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"name": "/ml/hub-token", "type": "String", "value": _token})]) == _passed
}

test_other_attributes_of_the_value if {
	_answers([_of("insecure_value", "/ml/setting", ["terraform_data.handoff.output"])]) == {
		"deny": set(),
		"undecided": {[_address, ["insecure_value"]]},
	}
	_answers([_of("insecure_value", "/ml/tracker", ["random_password.tracker.result"])]) == _denied(["type"])
	_answers([_known({"name": "/ml/hub-token", "type": "String", "insecure_value": "arn:aws:secretsmanager:eu-west-1:1:secret:a"})]) == _passed
}

test_undecided_value_of_a_secure_string_is_fine if {
	_answers([fixture.resource(
		_address,
		{"name": "/ml/setting", "type": "SecureString", "key_id": "alias/ml"},
		{"value": true},
		{"value": fixture.refers(["terraform_data.handoff.output"])},
	)]) == _passed
}

test_key_of_a_plain_parameter_is_not_asked_for if {
	_answers([fixture.resource(
		_address,
		{"name": "/ml/model-id", "type": "String", "value": "llama"},
		{"key_id": true},
		{"key_id": fixture.refers(["terraform_data.handoff.output"])},
	)]) == _passed
}

test_name_that_comes_with_the_apply if {
	every pair in [["aws_ssm_parameter.hub_token", {["aws_ssm_parameter.hub_token", ["type"]]}], ["aws_ssm_parameter.this", set()]] {
		answers := _answers([fixture.resource(
			pair[0],
			{"type": "String", "value": "changeme"},
			{"name": true},
			{"name": fixture.refers(["terraform_data.handoff.output"]), "value": {"constant_value": "changeme"}},
		)])
		answers == {"deny": pair[1], "undecided": set()}
	}
}

_address := "aws_ssm_parameter.this"

_known(attributes) := fixture.known(_address, attributes)

_from(name, references) := fixture.resource(
	_address, {"name": name, "type": "String"}, {"value": true},
	{"name": {"constant_value": name}, "value": fixture.refers(references)},
)

_of(attribute, name, references) := fixture.resource(
	_address, {"name": name, "type": "String"}, {attribute: true},
	{"name": {"constant_value": name}, attribute: fixture.refers(references)},
)

_keyed(references) := fixture.resource(
	_address, {"name": "/ml/hub-token", "type": "SecureString"}, {"key_id": true},
	{"key_id": fixture.refers(references)},
)

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as object.union(
		fixture.plan(resources),
		{"configuration": {"root_module": {"variables": {"plain": {}, "tracking_secret": {"sensitive": true}}}}},
	)
}
