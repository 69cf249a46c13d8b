# METADATA
# title: route of an API asks nobody who they are
# description: >-
#   An open route in front of a model is free inference for everybody, the way to its weaknesses and to its bill. A key
#   that a route asks for (`api_key_required`) tells callers apart and proves nothing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_route
# custom:
#   severity: high
#   remediation: >-
#     set `authorization_type = "JWT"` (or `AWS_IAM`, `CUSTOM`) and `authorizer_id = aws_apigatewayv2_authorizer.<name>.id` on
#     the `aws_apigatewayv2_route`
#   resource_types: [aws_apigatewayv2_route, aws_apigatewayv2_api]
#   frameworks:
#     nist_800_53: [AC-3, SC-5]
#     mitre_atlas: [AML.T0034, AML.T0029]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [NW-003, CKV_AWS_309]
package plangate.policies.network.open_api_route

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

deny contains finding.new(_policy, route, _type) if {
	some route in plan.resources.aws_apigatewayv2_route
	_open(route)
	_guards(route)
}

# Beside a `target` AWS makes a route and a stage by itself.
deny contains finding.new(_policy, api, ["target"]) if {
	some api in plan.resources.aws_apigatewayv2_api
	not plan.absent(api, ["target"])
}

undecided contains finding.undecided(_policy, route, _type) if {
	some route in plan.resources.aws_apigatewayv2_route
	plan.unknown(route, _type)
	_may_guard(route)
}

undecided contains finding.undecided(_policy, route, _type) if {
	some route in plan.resources.aws_apigatewayv2_route
	_open(route)
	not _guards(route)
	_may_guard(route)
}

_open(route) if plan.absent(route, _type)

_open(route) if plan.known(route, _type) == "NONE"

# Routes at which an API can ask who is calling. Browsers send nothing with what they ask first (`OPTIONS`), a check of
# health is for everybody, and a WebSocket asks once, at `$connect`.
_guards(route) if {
	key := plan.known(route, ["route_key"])
	contains(key, " /")
	not _for_everybody(key)
}

_guards(route) if plan.known(route, ["route_key"]) == "$connect"

_guards(route) if {
	plan.known(route, ["route_key"]) == "$default"
	some api in configuration.instances(route, ["api_id"], "aws_apigatewayv2_api")
	plan.known(api, ["protocol_type"]) == "HTTP"
}

_may_guard(route) if _guards(route)

_may_guard(route) if plan.unknown(route, ["route_key"])

_may_guard(route) if {
	plan.known(route, ["route_key"]) == "$default"
	not _of_websocket(route)
}

_of_websocket(route) if {
	some api in configuration.instances(route, ["api_id"], "aws_apigatewayv2_api")
	plan.known(api, ["protocol_type"]) == "WEBSOCKET"
}

_for_everybody(key) if startswith(key, "OPTIONS ")

_for_everybody(key) if regex.match(`^(GET|HEAD) /([^ ]*/)?(health|healthz|health-?check|livez?|liveness|readyz?|readiness|ping|status)/?$`, key)

_type := ["authorization_type"]

_policy := finding.policy(rego.metadata.chain())
