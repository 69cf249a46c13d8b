# METADATA
# title: model customization job does not run in a VPC
# description: >-
#   Outside a VPC the job reaches the training data in S3 through a network of AWS's, where no security group, endpoint
#   policy or flow log of the customer has any hold on what goes in and out.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-model-customization.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_custom_model
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: add a `vpc_config` block with private `subnet_ids` and `security_group_ids` to the `aws_bedrock_custom_model`
#   resource_types: [aws_bedrock_custom_model]
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [BR-017]
package plangate.policies.foundation_models.customization_outside_vpc

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, model, _path) if {
	some model in plan.resources.aws_bedrock_custom_model
	count(plan.blocks(model, _path)) == 0
	not plan.computed(model, _path)
}

deny contains finding.new(_policy, model, path) if {
	some model in plan.resources.aws_bedrock_custom_model
	some block in plan.blocks(model, _path)
	path := array.concat(block.path, ["subnet_ids"])
	_empty(model, path)
}

# The block is written by a dynamic one over a collection that only the apply knows.
undecided contains finding.undecided(_policy, model, _path) if {
	some model in plan.resources.aws_bedrock_custom_model
	plan.computed(model, _path)
}

# A list that comes from elsewhere may turn out empty; one that refers to subnets names them.
undecided contains finding.undecided(_policy, model, path) if {
	some model in plan.resources.aws_bedrock_custom_model
	some block in plan.blocks(model, _path)
	path := array.concat(block.path, ["subnet_ids"])
	plan.unknown(model, path)
	not plan.settled(model, path, {"aws_subnet", "aws_default_subnet", "data.aws_subnet", "data.aws_subnets"})
}

_empty(model, path) if plan.absent(model, path)

_empty(model, path) if count(plan.known(model, path)) == 0

_path := ["vpc_config"]

_policy := finding.policy(rego.metadata.chain())
