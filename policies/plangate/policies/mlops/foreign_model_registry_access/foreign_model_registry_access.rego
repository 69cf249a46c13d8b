# METADATA
# title: model registry is shared with an account that nobody approved
# description: >-
#   Whom the policy of a model package group names can read and deploy its models, and with some actions add versions. An
#   account that is not on the list of the team's accounts is a mistyped number or somebody else's.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-version.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model_package_group_policy
# custom:
#   severity: critical
#   severity_by_environment:
#     dev: high
#   remediation: >-
#     take the account out of the `resource_policy`, or name it in `approved_accounts` of this policy
#   resource_types: [aws_sagemaker_model_package_group_policy]
#   frameworks:
#     nist_800_53: [AC-3, AC-6]
#     mitre_atlas: [AML.T0048.004]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-036]
#   parameters:
#     approved_accounts:
#       type: array
#       description: Ids of the accounts, as globs, that a model registry may be shared with.
package plangate.policies.mlops.foreign_model_registry_access

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.iam.principals
import data.plangate.lib.plan

deny contains finding.new(_policy, policy, grant.path) if {
	accounts := config.parameter(_policy, "approved_accounts")
	some policy in plan.resources.aws_sagemaker_model_package_group_policy
	some grant in principals.grants(policy, ["resource_policy"])
	some account in principals.accounts(grant)
	not approved.fits(account, accounts)
}

undecided contains finding.undecided(_policy, policy, ["resource_policy"]) if {
	config.parameter(_policy, "approved_accounts")
	some policy in plan.resources.aws_sagemaker_model_package_group_policy
	principals.undecided(policy, ["resource_policy"])
}

_policy := finding.policy(rego.metadata.chain())
