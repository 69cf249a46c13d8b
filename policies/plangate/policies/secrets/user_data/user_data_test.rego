package plangate.policies.secrets.user_data_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.user_data as policy

test_deny_base64_of_a_launch_template if {
	_answers([_template(base64.encode(_script))]) == _denied(_address, "user_data")
}

test_deny_plain_and_base64_of_an_instance if {
	_answers([fixture.known(_instance, {"user_data": _script})]) == _denied(_instance, "user_data")
	_answers([fixture.known(_instance, {"user_data": base64.encode(_script)})]) == _denied(_instance, "user_data")
	_answers([fixture.known(_instance, {"user_data_base64": base64.encode(_script)})]) == _denied(
		_instance,
		"user_data_base64",
	)
}

test_deny_password_and_sensitive_variable if {
	_answers([_template(base64.encode("#!/bin/sh\nexport PGPASSWORD='k7lmqyNURNN'\n"))]) == _denied(_address, "user_data")
	marked := object.union(
		_template(base64.encode("#!/bin/sh\nserve --mode plain\n")),
		{"change": {"change": {"after_sensitive": {"user_data": true}}}},
	)
	_answers([marked]) == _denied(_address, "user_data")
}

test_undecided_compressed_or_unknown if {
	open := {"deny": set(), "undecided": {[_address, ["user_data"]]}}
	_answers([_template("H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==")]) == open
	every value in ["#cloud-config\n- encoding: gz+b64\n  content: H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==\n"] {
		_answers([_template(base64.encode(value))]) == open
		_answers([_template(value)]) == open
		_answers([_template(concat("", [value, _script]))]) == _denied(_address, "user_data")
		_answers([_template(base64.encode(concat("", [value, _script])))]) == _denied(_address, "user_data")
	}
	_answers([fixture.resource(
		_address, {}, {"user_data": true},
		{"user_data": fixture.refers(["aws_efs_file_system.models.id"])},
	)]) == open
}

test_hash_in_place_of_user_data if {
	hash := "03e32e843ac8722e1a13214d5efe5e0ac8583fc8"
	_answers([fixture.resource(_instance, {"user_data": hash}, {}, {"user_data": {"constant_value": _script}})]) == _denied(_instance, "user_data")
	_answers([fixture.resource(_instance, {"user_data": hash}, {}, {"user_data": {"constant_value": "#!/bin/sh\nserve\n"}})]) == _passed
	_answers([fixture.resource(_instance, {"user_data": hash}, {}, {"user_data": fixture.refers(["local.script"])})]) == {
		"deny": set(),
		"undecided": {[_instance, ["user_data"]]},
	}
}

test_allow_computed_but_not_set if {
	_answers([fixture.resource(_instance, {"user_data": "#!/bin/sh\nserve\n"}, {"user_data_base64": true}, {})]) == _passed
}

test_allow_fetched_at_boot_and_nothing if {
	every script in [
		"#!/bin/sh\nHF_TOKEN=$(aws secretsmanager get-secret-value --secret-id ai/hf --query SecretString --output text)\n",
		"#!/bin/sh\nexport OPENAI_API_KEY=\"${OPENAI_API_KEY:?not set}\" HF_TOKEN_FILE=/run/secrets/hf_token\n",
		"#!/bin/sh\ngit checkout 6cd334b459e42220d8c947e0dedc8b137913993e\n",
	] {
		_answers([_template(base64.encode(script))]) == _passed
	}
	every value in [null, ""] {
		_answers([_template(value)]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"user_data": base64.encode(_script)})]) == _passed
}

test_finding_carries_no_value if {
	findings := policy.deny with input as fixture.plan([_template(base64.encode(_script))])
	{f.msg | some f in findings} == {"aws_launch_template.this: user data carries a credential (user_data)"}
	every f in findings {
		f.aliases == ["CP-004", "PL-001", "CKV_AWS_46", "AWS-0029", "AWS-0129"]
		not contains(json.marshal(f), _token)
		not contains(json.marshal(f), base64.encode(_script))
	}
}

test_deny_each_attribute_of_machines if {
	every type in ["aws_instance", "aws_spot_instance_request", "aws_launch_configuration"] {
		address := concat(".", [type, "this"])
		every name, value in {"user_data": _script, "user_data_base64": base64.encode(_script)} {
			_answers([fixture.known(address, {name: value})]) == _denied(address, name)
		}
	}
}

_address := "aws_launch_template.this"

_instance := "aws_instance.this"

_script := concat("", ["#!/bin/bash\nexport HF_TOKEN=", _token, "\n/opt/serve\n"])

_template(value) := fixture.known(_address, {"user_data": value})

_denied(address, name) := {"deny": {[address, [name]]}, "undecided": set()}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
