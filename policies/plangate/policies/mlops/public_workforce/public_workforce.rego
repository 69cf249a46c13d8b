# METADATA
# title: human review goes to the public workforce
# description: >-
#   The public workforce is Amazon Mechanical Turk: anybody with an account sees what the model was unsure of, documents and
#   pictures of customers included, and decides what the model's answer was.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sms-workforce-management-public.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_HumanLoopConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_flow_definition
# custom:
#   severity: medium
#   remediation: >-
#     set `workteam_arn = aws_sagemaker_workteam.<name>.arn` in `human_loop_config` and remove `public_workforce_task_price`
#   resource_types: [aws_sagemaker_flow_definition]
#   frameworks:
#     nist_800_53: [AC-21]
#     owasp_llm: ["LLM02:2025", "LLM04:2025"]
#   aliases: [SM-041]
package plangate.policies.mlops.public_workforce

import data.plangate.lib.finding
import data.plangate.lib.plan

# Only the public workforce has a price.
deny contains finding.new(_policy, flow, _price) if {
	some flow in plan.resources.aws_sagemaker_flow_definition
	count(plan.blocks(flow, _price)) > 0
}

deny contains finding.new(_policy, flow, _team) if {
	some flow in plan.resources.aws_sagemaker_flow_definition
	contains(plan.known(flow, _team), ":workteam/public-crowd/")
}

undecided contains finding.undecided(_policy, flow, _price) if {
	some flow in plan.resources.aws_sagemaker_flow_definition
	plan.computed(flow, _price)
}

undecided contains finding.undecided(_policy, flow, _team) if {
	some flow in plan.resources.aws_sagemaker_flow_definition
	plan.unknown(flow, _team)
	not plan.settled(flow, _team, {"aws_sagemaker_workteam"})
}

_price := ["human_loop_config", 0, "public_workforce_task_price"]

_team := ["human_loop_config", 0, "workteam_arn"]

_policy := finding.policy(rego.metadata.chain())
