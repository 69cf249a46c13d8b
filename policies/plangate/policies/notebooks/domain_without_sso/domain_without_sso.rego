# METADATA
# title: Studio domain signs its users in through IAM
# description: >-
#   In IAM mode whoever may call `sagemaker:CreatePresignedDomainUrl` opens any profile as its user. With IAM Identity Center
#   people sign in as themselves, with the second factor and the offboarding of the organisation.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/onboard-custom.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain#auth_mode
# custom:
#   severity: low
#   remediation: set `auth_mode = "SSO"` on the `aws_sagemaker_domain`; it is made again
#   resource_types: [aws_sagemaker_domain]
#   frameworks:
#     nist_800_53: [IA-2, AC-2]
#     mitre_atlas: [AML.T0012]
#     soc_2: [CC6.1]
#   aliases: [SM-028]
package plangate.policies.notebooks.domain_without_sso

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	plan.known(domain, _path) == "IAM"
}

undecided contains finding.undecided(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	plan.unknown(domain, _path)
}

_path := ["auth_mode"]

_policy := finding.policy(rego.metadata.chain())
