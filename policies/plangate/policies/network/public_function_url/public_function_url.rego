# METADATA
# title: function URL answers everybody
# description: >-
#   With the authorization type `NONE` whoever has the URL calls the function, and with it the model behind it, on your
#   bill. CORS keeps browsers from reading the answer and nobody from asking.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function_url
# custom:
#   severity: critical
#   remediation: >-
#     set `authorization_type = "AWS_IAM"` on the `aws_lambda_function_url`, and let callers sign their requests or reach the
#     function through CloudFront with an `aws_cloudfront_origin_access_control`
#   resource_types: [aws_lambda_function_url]
#   frameworks:
#     nist_800_53: [AC-3]
#     mitre_atlas: [AML.T0040]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [NW-002, CKV_AWS_258]
package plangate.policies.network.public_function_url

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, url, _type) if {
	some url in plan.resources.aws_lambda_function_url
	plan.known(url, _type) == "NONE"
}

undecided contains finding.undecided(_policy, url, _type) if {
	some url in plan.resources.aws_lambda_function_url
	plan.unknown(url, _type)
}

_type := ["authorization_type"]

_policy := finding.policy(rego.metadata.chain())
