# METADATA
# title: Canvas deploys models directly in production
# description: >-
#   With direct deployment a user of Canvas makes an endpoint from a model with one click, past the registry, the review and
#   the pipeline that every other model goes through.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DirectDeploySettings.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/canvas-deploy-model.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain#direct_deploy_settings
# custom:
#   severity: low
#   environments: [prod]
#   remediation: set `status = "DISABLED"` in `direct_deploy_settings` of `canvas_app_settings`
#   resource_types: [aws_sagemaker_domain, aws_sagemaker_user_profile]
#   frameworks:
#     nist_800_53: [CM-3, CM-5]
#     owasp_llm: ["LLM06:2025"]
#     soc_2: [CC8.1]
#   aliases: [SM-032]
package plangate.policies.notebooks.canvas_direct_deploy

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, place.resource, place.path) if {
	some place in _places
	plan.known(place.resource, place.path) == "ENABLED"
}

undecided contains finding.undecided(_policy, place.resource, place.path) if {
	some place in _places
	plan.unknown(place.resource, place.path)
}

_places := [{"resource": r, "path": [settings, 0, "canvas_app_settings", 0, "direct_deploy_settings", 0, "status"]} |
	some type, settings in {"aws_sagemaker_domain": "default_user_settings", "aws_sagemaker_user_profile": "user_settings"}
	some r in plan.resources[type]
]

_policy := finding.policy(rego.metadata.chain())
