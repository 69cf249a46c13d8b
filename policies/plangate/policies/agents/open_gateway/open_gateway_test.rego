package plangate.policies.agents.open_gateway_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.open_gateway as policy

test_deny_none if {
	_answers([_gateway({"authorizer_type": "NONE"})]) == _denied
}

test_deny_none_beside_an_authorizer if {
	_answers([_gateway({
		"authorizer_type": "NONE",
		"authorizer_configuration": [{"custom_jwt_authorizer": [{"allowed_audience": ["tools"]}]}],
	})]) == _denied
}

test_allow_authorizers if {
	every type in ["AWS_IAM", "CUSTOM_JWT"] {
		_answers([_gateway({"authorizer_type": type})]) == _passed
	}
}

test_allow_nothing_said if {
	_answers([_gateway({})]) == _passed
	_answers([_gateway({"authorizer_type": null})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"authorizer_type": "NONE"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {},
		{"authorizer_type": true},
		{"authorizer_type": fixture.refers(["terraform_data.type.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["authorizer_type"]]}}
}

test_severity_is_the_same_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_gateway({"authorizer_type": "NONE"})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"critical"}
}

_address := "aws_bedrockagentcore_gateway.this"

_denied := {"deny": {[_address, ["authorizer_type"]]}, "undecided": set()}

_gateway(attributes) := fixture.known(_address, attributes)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
