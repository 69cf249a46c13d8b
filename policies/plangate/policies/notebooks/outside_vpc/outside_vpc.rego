# METADATA
# title: notebook is not in a subnet of the VPC
# description: >-
#   Without a subnet the only network of a notebook is one of AWS's: no security group, endpoint policy or flow log of the
#   customer has any hold on it, and private data stores cannot be kept apart from the internet.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance#subnet_id
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `subnet_id` and `security_groups` on the `aws_sagemaker_notebook_instance`
#   resource_types: [aws_sagemaker_notebook_instance]
#   frameworks:
#     nist_800_53: [SC-7]
#     soc_2: [CC6.6]
#   aliases: [SM-021, CKV_AWS_306]
package plangate.policies.notebooks.outside_vpc

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	plan.absent(notebook, _path)
}

undecided contains finding.undecided(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	plan.unknown(notebook, _path)
	not plan.settled(notebook, _path, _subnets)
}

_path := ["subnet_id"]

# Whatever these turn out to be, it is a subnet.
_subnets := {"aws_subnet", "aws_default_subnet", "data.aws_subnet", "data.aws_subnets"}

_policy := finding.policy(rego.metadata.chain())
