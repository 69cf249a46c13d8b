package plangate.policies.agents.any_token_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.any_token as policy

test_deny_issuer_alone if {
	every type in _types {
		_answers([_authorizer(type, {})]) == _denied(type)
	}
}

test_deny_nulls_and_empty_lists if {
	every value in [null, []] {
		_answers([_authorizer(_runtime, {
			"allowed_audience": value,
			"allowed_clients": value,
			"allowed_scopes": value,
			"custom_claim": [],
		})]) == _denied(_runtime)
	}
}

test_allow_any_limit if {
	every type in _types {
		every name in ["allowed_audience", "allowed_clients", "allowed_scopes", "custom_claim"] {
			_answers([_authorizer(type, {name: ["agents"]})]) == _passed
		}
	}
}

# Without an authorizer a runtime asks for IAM.
test_allow_no_authorizer if {
	_answers([fixture.known("aws_bedrockagentcore_agent_runtime.this", {})]) == _passed
	_answers([fixture.known("aws_bedrockagentcore_agent_runtime.this", {"authorizer_configuration": []})]) == _passed
	_answers([fixture.known("aws_bedrockagentcore_agent_runtime.this", {"authorizer_configuration": [{}]})]) == _passed
}

test_allow_gateway_that_ignores_tokens if {
	every type in ["NONE", "AWS_IAM"] {
		_answers([fixture.known("aws_bedrockagentcore_gateway.this", {
			"authorizer_type": type,
			"authorizer_configuration": [{"custom_jwt_authorizer": [{"discovery_url": "https://example.com"}]}],
		})]) == _passed
	}
}

test_allow_one_unknown_client if {
	_answers([_unknown({"allowed_clients": [null]}, {"allowed_clients": [true]}, {})]) == _passed
}

test_allow_clients_of_this_plan if {
	_answers([_unknown({}, {"allowed_clients": true}, {"allowed_clients": fixture.refers([
		"aws_cognito_user_pool_client.a.id",
		"aws_cognito_user_pool_client.b.id",
	])})]) == _passed
}

test_allow_unknown_clients_beside_a_known_audience if {
	_answers([_unknown(
		{"allowed_audience": ["agents"]},
		{"allowed_clients": true},
		{"allowed_clients": fixture.refers(["terraform_data.clients.output"])},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_bedrockagentcore_agent_runtime.this", {})]) == _passed
}

test_undecided_unknown_limit if {
	every name in ["allowed_audience", "allowed_clients", "allowed_scopes", "custom_claim"] {
		_answers([_unknown({}, {name: true}, {name: fixture.refers(["terraform_data.list.output"])})]) == {
			"deny": set(),
			"undecided": {[concat(".", [_runtime, "this"]), _path]},
		}
	}
}

test_undecided_unknown_block if {
	every unknown in [true, [{"custom_jwt_authorizer": true}]] {
		_answers([fixture.resource(
			"aws_bedrockagentcore_agent_runtime.this",
			{}, {"authorizer_configuration": unknown}, {},
		)]) == {
			"deny": set(),
			"undecided": {[
				"aws_bedrockagentcore_agent_runtime.this",
				["authorizer_configuration", 0, "custom_jwt_authorizer"],
			]},
		}
	}
}

_runtime := "aws_bedrockagentcore_agent_runtime"

_types := [_runtime, "aws_bedrockagentcore_gateway"]

_path := ["authorizer_configuration", 0, "custom_jwt_authorizer", 0]

_denied(type) := {"deny": {[concat(".", [type, "this"]), _path]}, "undecided": set()}

_authorizer(type, limits) := fixture.known(concat(".", [type, "this"]), {
	"authorizer_type": "CUSTOM_JWT",
	"authorizer_configuration": [{"custom_jwt_authorizer": [object.union(
		{"discovery_url": "https://example.com/.well-known/openid-configuration"},
		limits,
	)]}],
})

_unknown(after, unknown, expressions) := fixture.resource(
	concat(".", [_runtime, "this"]),
	{"authorizer_configuration": [{"custom_jwt_authorizer": [after]}]},
	{"authorizer_configuration": [{"custom_jwt_authorizer": [unknown]}]},
	{"authorizer_configuration": [{"custom_jwt_authorizer": [expressions]}]},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
