# METADATA
# title: CloudTrail does not see which Studio user acted
# description: >-
#   All profiles that share a role look the same in CloudTrail, so nobody can say who read the data or deleted the model.
#   With `USER_PROFILE_NAME` each session carries the name of its profile as source identity.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/monitor-user-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain#execution_role_identity_config
# custom:
#   severity: low
#   remediation: set `execution_role_identity_config = "USER_PROFILE_NAME"` in `domain_settings` of the `aws_sagemaker_domain`
#   resource_types: [aws_sagemaker_domain]
#   frameworks:
#     nist_800_53: [AU-3, AU-10]
#     iso_42001: [A.6.2.8]
#   aliases: [SM-031]
package plangate.policies.notebooks.untraced_identity

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	not plan.unknown(domain, _path)
	not _names_profiles(domain)
}

undecided contains finding.undecided(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	plan.unknown(domain, _path)
}

_names_profiles(domain) if plan.known(domain, _path) == "USER_PROFILE_NAME"

_path := ["domain_settings", 0, "execution_role_identity_config"]

_policy := finding.policy(rego.metadata.chain())
