# METADATA
# title: notebook runs on a platform that gets no updates
# description: >-
#   Amazon Linux 1 and 2 are past their end of support: their notebooks get no security updates, AWS starts none anew, and
#   holes such as the one in PyTorch that AWS cannot mend there stay open.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-al2.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-al2023.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance#platform_identifier
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `platform_identifier = "notebook-al2023-v1"` on the `aws_sagemaker_notebook_instance`, or leave it out and get the
#     current default
#   resource_types: [aws_sagemaker_notebook_instance]
#   frameworks:
#     nist_800_53: [SI-2, SA-22]
#     soc_2: [CC7.1]
#   aliases: [SM-024]
#   parameters:
#     supported_platforms:
#       type: array
#       description: Platform identifiers that pass; entries are globs.
#       default: [notebook-al2023-v1]
package plangate.policies.notebooks.retired_platform

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	approved.foreign(notebook, _path, config.parameter(_policy, "supported_platforms"))
}

undecided contains finding.undecided(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	plan.unknown(notebook, _path)
}

_path := ["platform_identifier"]

_policy := finding.policy(rego.metadata.chain())
