package plangate.policies.secrets.secret_value_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.secret_value as policy

test_deny_known_values if {
	every value in [_token, "IDsIypO!", "{\"user\":\"rag\",\"password\":\"k7lmqyNURNN\"}"] {
		_answers([fixture.known(_address, {"secret_string": value})]) == _denied(["secret_string"])
	}
	_answers([fixture.known(_address, {"secret_binary": base64.encode(_token)})]) == _denied(["secret_binary"])
}

test_deny_write_only_literal if {
	_answers([fixture.resource(
		_address, {"secret_string_wo": null}, {},
		{"secret_string_wo": {"constant_value": _token}},
	)]) == _denied(["secret_string_wo"])
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"secret_string": true},
		{"secret_string": fixture.refers(["terraform_data.issuer.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["secret_string"]]}}
}

test_allow_write_only_from_elsewhere if {
	_answers([fixture.resource(
		_address, {"secret_string_wo": null}, {"secret_string": true},
		{"secret_string_wo": fixture.refers(["var.hub_token"])},
	)]) == _passed
}

test_allow_placeholders_and_nothing if {
	every value in [null, "", "{}", "changeme", "replace me after the apply"] {
		_answers([fixture.known(_address, {"secret_string": value})]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"secret_string": _token})]) == _passed
}

_address := "aws_secretsmanager_secret_version.this"

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
