# METADATA
# title: model is not attached to a VPC
# description: >-
#   Outside a VPC the containers of a model reach S3 and the internet through a network of AWS's on which no security
#   group, endpoint policy or flow log of the customer has any hold.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: add a `vpc_config` block with private `subnets` and `security_group_ids` to the `aws_sagemaker_model`
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-012]
package plangate.policies.model_endpoints.vpc

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, model, _path) if {
	some model in plan.resources.aws_sagemaker_model
	count(plan.blocks(model, _path)) == 0
	not plan.computed(model, _path)
}

deny contains finding.new(_policy, model, array.concat(block.path, [side])) if {
	some model in plan.resources.aws_sagemaker_model
	some block in plan.blocks(model, _path)
	some side in {"subnets", "security_group_ids"}
	_empty(model, array.concat(block.path, [side]))
}

# The block is written by a dynamic one over a collection that only the apply knows.
undecided contains finding.undecided(_policy, model, _path) if {
	some model in plan.resources.aws_sagemaker_model
	plan.computed(model, _path)
}

_empty(model, path) if plan.absent(model, path)

_empty(model, path) if count(plan.known(model, path)) == 0

_path := ["vpc_config"]

_policy := finding.policy(rego.metadata.chain())
