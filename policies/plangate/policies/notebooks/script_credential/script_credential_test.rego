package plangate.policies.notebooks.script_credential_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.script_credential as policy

test_deny_base64_and_plain if {
	every name in ["on_create", "on_start"] {
		_answers([fixture.known(_address, {name: base64.encode(_script)})]) == _denied(_address, name)
		_answers([fixture.known(_address, {name: _script})]) == _denied(_address, name)
	}
}

test_deny_studio if {
	studio := "aws_sagemaker_studio_lifecycle_config.this"
	_answers([fixture.known(studio, {"studio_lifecycle_config_content": base64.encode(_script)})]) == _denied(
		studio,
		"studio_lifecycle_config_content",
	)
}

test_deny_one_of_two_scripts if {
	_answers([fixture.resource(
		_address, {"on_start": base64.encode(_script)}, {"on_create": true},
		{"on_create": fixture.refers(["local.script"]), "on_start": {"constant_value": "…"}},
	)]) == {"deny": {[_address, ["on_start"]]}, "undecided": {[_address, ["on_create"]]}}
}

test_deny_passwords_and_keys if {
	every line in [
		"export PGPASSWORD='k7lmqyNURNN'",
		"export DATABASE_URL='postgresql://rag:k7lmqyNURNNVRJat@db.internal.example:5432/rag'",
		concat("", ["export AWS_ACCESS_KEY_ID=AKIA", "545PISNK3265SEUI"]),
		concat("", ["git clone https://x-access-token:ghp_", "7dQmXv2LkT9sWcRfY4bNzJ6hEaUgPo3KiB1t", "@github.com/acme/features.git"]),
	] {
		_answers([_starts(base64.encode(concat("\n", ["#!/bin/bash", line, ""])))]) == _denied(_address, "on_start")
	}
}

test_deny_sensitive_variable if {
	_answers([_marked({"references": ["var.greeting"]})]) == _denied(_address, "on_start")
}

test_allow_value_of_a_parameter if {
	_answers([_marked(fixture.refers(["data.aws_ssm_parameter.image.value"]))]) == _passed
}

test_deny_made_of_a_secret if {
	_answers([_refers("random_password.hub.result")]) == _denied(_address, "on_start")
	_answers([_refers("aws_iam_access_key.hub.secret")]) == _denied(_address, "on_start")
}

test_allow_no_script_though_it_might_have_been_made_of_a_secret if {
	_answers([fixture.resource(
		_address, {"on_start": null}, {},
		{"on_start": fixture.refers(["var.hub", "random_password.hub.result"])},
	)]) == _passed
}

test_undecided_unknown_or_compressed if {
	_answers([_refers("aws_secretsmanager_secret.hub.arn")]) == _open
	_answers([_refers("aws_cloudformation_stack.platform.outputs")]) == _open
	_answers([_starts("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==")]) == _open
}

test_allow_nothing_and_fetched_at_start if {
	every value in [null, ""] {
		_answers([_starts(value)]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
	every line in [
		"HF_TOKEN=$(aws secretsmanager get-secret-value --secret-id ai/hf --query SecretString --output text)",
		"export OPENAI_API_KEY=\"${OPENAI_API_KEY:-}\"",
		"curl -s https://get.example.com/install.sh | bash",
	] {
		_answers([_starts(base64.encode(line))]) == _passed
		_answers([_starts(line)]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"on_start": base64.encode(_script)})]) == _passed
}

test_finding_carries_no_value if {
	findings := policy.deny with input as fixture.plan([_starts(base64.encode(_script))])
	count(findings) == 1
	every f in findings {
		not contains(json.marshal(f), _token)
		not contains(json.marshal(f), base64.encode(_script))
	}
}

test_severity_is_the_same_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_starts(base64.encode(_script))])
		with data.plangate.config as {"environment": "dev"}
	severities == {"critical"}
}

_address := "aws_sagemaker_notebook_instance_lifecycle_configuration.this"

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_script := concat("", ["#!/bin/bash\nexport HF_TOKEN=", _token, "\npip install transformers\n"])

_starts(value) := fixture.known(_address, {"on_start": value})

_refers(reference) := fixture.resource(_address, {}, {"on_start": true}, {"on_start": fixture.refers([reference])})

_marked(expression) := object.union(
	fixture.resource(_address, {"on_start": base64.encode("#!/bin/sh\necho hello\n")}, {}, {"on_start": expression}),
	{"change": {"change": {"after_sensitive": {"on_start": true}}}},
)

_denied(address, name) := {"deny": {[address, [name]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["on_start"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
