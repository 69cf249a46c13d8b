# METADATA
# title: stage of an API sets no throttling for its routes
# description: >-
#   Each request costs what the model behind it costs. Without limits of its own a stage may take what the whole account
#   may, thousands of requests a second, and so may one caller.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_stage#default_route_settings-block
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `throttling_rate_limit` and `throttling_burst_limit` in `default_route_settings` of the `aws_apigatewayv2_stage`
#   resource_types: [aws_apigatewayv2_stage]
#   frameworks:
#     nist_800_53: [SC-5]
#     mitre_atlas: [AML.T0029, AML.T0034]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [NW-004]
package plangate.policies.network.unthrottled_api_stage

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, stage, path) if {
	some stage in plan.resources.aws_apigatewayv2_stage
	some path in _limits
	plan.absent(stage, path)
}

undecided contains finding.undecided(_policy, stage, path) if {
	some stage in plan.resources.aws_apigatewayv2_stage
	not plan.computed(stage, _settings)
	some path in _limits
	plan.unknown(stage, path)
}

# The settings are written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, stage, _settings) if {
	some stage in plan.resources.aws_apigatewayv2_stage
	plan.computed(stage, _settings)
}

_settings := ["default_route_settings"]

_limits := {array.concat(_settings, [0, name]) | some name in ["throttling_rate_limit", "throttling_burst_limit"]}

_policy := finding.policy(rego.metadata.chain())
