package plangate.policies.secrets.variable_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.variable as policy

test_deny_value_or_default if {
	_denied({"key": {"value": _token}}, {}) == {["variable.key", []]}
	_denied({"key": {"value": "other"}}, {"key": {"default": _token}}) == {["variable.key", []]}
	_denied({"tracking_password": {"value": "Sup3rS3cret!"}}, {}) == {["variable.tracking_password", []]}
}

test_deny_sensitive_default if {
	_denied({"key": {"value": _token}}, {"key": {"sensitive": true, "default": _token}}) == {["variable.key", []]}
}

test_allow_sensitive_value_from_outside if {
	_denied({"key": {"value": _token}}, {"key": {"sensitive": true}}) == set()
	_denied({"key": {"value": _token}}, {"key": {"sensitive": true, "default": null}}) == set()
}

test_deny_deep_inside if {
	_denied({"models": {"value": {"chat": {"environment": {"HF_TOKEN": _token}}}}}, {}) == {[
		"variable.models",
		["chat", "environment", "HF_TOKEN"],
	]}
}

test_allow_names_placeholders_and_nothing if {
	_denied({"secret_name": {"value": "northwind/llm/openai-api-key"}}, {}) == set()
	_denied({"registry_token": {"value": "unused"}}, {}) == set()
	_denied({"token": {"value": null}, "password": {"value": ""}, "max_tokens": {"value": 4096}}, {}) == set()
	_denied({}, {"token": {"sensitive": true, "ephemeral": true}}) == set()
}

test_finding_has_no_value if {
	findings := policy.deny with input as {"variables": {"key": {"value": _token}}}
	{f.msg | some f in findings} == {"variable.key: variable holds a credential"}
	every f in findings {
		not contains(json.marshal(f), _token)
	}
}

_denied(variables, declared) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as object.union(fixture.plan([]), {
		"variables": variables,
		"configuration": {"root_module": {"variables": declared}},
	})
}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])
