package plangate.policies.secrets.provider_block_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.provider_block as policy

test_deny_static_keys if {
	_denied({"aws.eu": {"expressions": {
		"access_key": {"constant_value": concat("", ["AKIA", "CJCUECAX46NQDPBB"])},
		"secret_key": {"constant_value": "sGs6OeFrEwVYH/81AqB2uOSCe+BCIfNKvANRZV3L"},
		"region": {"constant_value": "eu-west-1"},
	}}}) == {["provider.aws.eu", ["access_key"]], ["provider.aws.eu", ["secret_key"]]}
}

test_deny_inside_a_block if {
	_denied({"kubernetes": {"expressions": {"exec": [{"env": {"constant_value": {"HF_TOKEN": _token}}}]}}}) == {[
		"provider.kubernetes",
		["exec", 0, "env", "HF_TOKEN"],
	]}
}

test_allow_mocks_references_and_nothing if {
	_denied({"aws": {"expressions": {
		"access_key": {"constant_value": "mock"},
		"secret_key": {"constant_value": "mock"},
		"token": {"references": ["var.token"]},
		"shared_credentials_files": {"constant_value": ["./credentials"]},
	}}}) == set()
	_denied({"terraform": {"name": "terraform"}}) == set()
	_denied({}) == set()
}

_denied(providers) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as object.union(
		fixture.plan([]),
		{"configuration": {"provider_config": providers}},
	)
}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])
