package plangate.policies.identity.bedrock_api_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.bedrock_api_key as policy

test_deny_bedrock if {
	_answers([_credential({"service_name": "bedrock.amazonaws.com"})]) == _denied
	_answers([_credential({"service_name": "bedrock.amazonaws.com", "credential_age_days": 90})]) == _denied
}

test_allow_other_services if {
	every service in ["codecommit.amazonaws.com", "cassandra.amazonaws.com"] {
		_answers([_credential({"service_name": service})]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"service_name": "bedrock.amazonaws.com"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"service_name": true},
		{"service_name": fixture.refers(["terraform_data.service.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["service_name"]]}}
}

_address := "aws_iam_service_specific_credential.this"

_credential(attributes) := fixture.known(_address, attributes)

_denied := {"deny": {[_address, ["service_name"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
