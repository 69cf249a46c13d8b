package plangate.policies.network.public_function_url_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.network.public_function_url as policy

test_deny_none if {
	_answers([_url({"authorization_type": "NONE"})]) == {"deny": {[_address, _type]}, "undecided": set()}
	_answers([_url({"authorization_type": "NONE", "cors": [{"allow_origins": ["https://a.example"]}]})]) == {
		"deny": {[_address, _type]},
		"undecided": set(),
	}
}

test_allow_signed if {
	_answers([_url({"authorization_type": "AWS_IAM"})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"authorization_type": "NONE"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"authorization_type": true},
		{"authorization_type": fixture.refers(["terraform_data.auth.output"])},
	)]) == {"deny": set(), "undecided": {[_address, _type]}}
}

_address := "aws_lambda_function_url.this"

_type := ["authorization_type"]

_url(attributes) := fixture.known(_address, attributes)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
