# METADATA
# title: Studio domain is not encrypted with a customer managed key
# description: >-
#   The file system of a Studio domain holds the home directories of all its users, and the volumes of their apps the data
#   that they work on. Only a customer managed key lets its owner decide who can read copies of them, and shut them off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-studio.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain#kms_key_id
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `kms_key_id = aws_kms_key.<name>.arn` on the `aws_sagemaker_domain`
#   resource_types: [aws_sagemaker_domain]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0035]
#     soc_2: [CC6.1]
#   aliases: [SM-027, CKV_AWS_187]
package plangate.policies.notebooks.domain_customer_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	kms.missing(domain, _path)
}

undecided contains finding.undecided(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	kms.undecided(domain, _path)
}

_path := ["kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
