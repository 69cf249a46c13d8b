package plangate.policies.network.open_api_route_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.network.open_api_route as policy

test_deny_open if {
	every type in ["NONE", null, ""] {
		_answers([_route({"route_key": "POST /v1/chat", "authorization_type": type})]) == _denied
	}
	_answers([_route({"route_key": "POST /v1/chat", "authorization_type": "NONE", "api_key_required": true})]) == _denied
	_answers([_route({"route_key": "ANY /{proxy+}"})]) == _denied
	_answers([_route({"route_key": "GET /v1/health-records"})]) == _denied
	_answers([_route({"route_key": "POST /health"})]) == _denied
	_answers([_route({"route_key": "$connect", "authorization_type": "NONE"})]) == _denied
}

test_deny_default_route_of_an_http_api if {
	_answers([_of_api("$default"), _api("HTTP")]) == _denied
}

test_deny_route_that_aws_makes if {
	api := fixture.known("aws_apigatewayv2_api.this", {"protocol_type": "HTTP", "target": "arn:aws:lambda:eu-west-1:1:function:chat"})
	_answers([api]) == {"deny": {["aws_apigatewayv2_api.this", ["target"]]}, "undecided": set()}
	unknown := fixture.resource(
		"aws_apigatewayv2_api.this", {}, {"target": true},
		{"target": fixture.refers(["aws_lambda_function.chat.arn"])},
	)
	_answers([unknown]) == {"deny": {["aws_apigatewayv2_api.this", ["target"]]}, "undecided": set()}
}

test_allow_guarded if {
	every type in ["JWT", "AWS_IAM", "CUSTOM"] {
		_answers([_route({"route_key": "POST /v1/chat", "authorization_type": type})]) == _passed
		_answers([_route({"route_key": "$default", "authorization_type": type})]) == _passed
	}
}

test_allow_routes_for_everybody if {
	every key in ["OPTIONS /v1/chat", "GET /health", "HEAD /v1/healthz", "GET /ready", "GET /health-check", "GET /ping/"] {
		_answers([_route({"route_key": key, "authorization_type": "NONE"})]) == _passed
	}
}

# They are asked for at `$connect`.
test_allow_other_routes_of_a_websocket if {
	every key in ["$disconnect", "ask"] {
		_answers([_route({"route_key": key, "authorization_type": "NONE"})]) == _passed
	}
	_answers([_of_api("$default"), _api("WEBSOCKET")]) == _passed
}

test_allow_routes_for_everybody_of_an_http_api if {
	_answers([_of_api("OPTIONS /v1/chat"), _api("HTTP")]) == _passed
}

test_allow_api_without_a_target if {
	_answers([_api("HTTP")]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"authorization_type": "NONE"})]) == _passed
}

test_undecided_type if {
	_answers([_unknown({"route_key": "POST /v1/chat"}, "authorization_type")]) == _open
	_answers([_unknown({"route_key": "OPTIONS /v1/chat"}, "authorization_type")]) == _passed
}

test_undecided_key if {
	_answers([_unknown({"authorization_type": "NONE"}, "route_key")]) == _open
	_answers([_unknown({"authorization_type": "JWT"}, "route_key")]) == _passed
}

test_undecided_default_route_of_an_unknown_api if {
	_answers([_route({"route_key": "$default", "authorization_type": "NONE"})]) == _open
	_answers([_of_api("$default"), fixture.resource("aws_apigatewayv2_api.this", {"target": null}, {"protocol_type": true}, {})]) == _open
}

_address := "aws_apigatewayv2_route.this"

_type := ["authorization_type"]

_route(attributes) := fixture.known(_address, attributes)

_of_api(key) := fixture.resource(
	_address, {"route_key": key, "authorization_type": "NONE"}, {"api_id": true},
	{"api_id": fixture.refers(["aws_apigatewayv2_api.this.id"])},
)

_api(protocol) := fixture.known("aws_apigatewayv2_api.this", {"protocol_type": protocol, "target": null})

_unknown(attributes, name) := fixture.resource(
	_address, attributes, {name: true},
	{name: fixture.refers(["terraform_data.handoff.output"])},
)

_denied := {"deny": {[_address, _type]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _type]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
