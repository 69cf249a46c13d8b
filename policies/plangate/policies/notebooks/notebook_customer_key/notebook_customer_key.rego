# METADATA
# title: notebook volume is not encrypted with a customer managed key
# description: >-
#   The volume of a notebook keeps the datasets, credentials and model drafts of everybody who worked on it. Only a customer
#   managed key lets its owner decide who can read a copy of that volume, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance#kms_key_id
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `kms_key_id = aws_kms_key.<name>.arn` on the `aws_sagemaker_notebook_instance`
#   resource_types: [aws_sagemaker_notebook_instance]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0035]
#     soc_2: [CC6.1]
#   aliases: [SM-019, CKV_AWS_22, CKV_AWS_187, AC_AWS_0499]
package plangate.policies.notebooks.notebook_customer_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	kms.missing(notebook, _path)
}

undecided contains finding.undecided(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	kms.undecided(notebook, _path)
}

_path := ["kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
