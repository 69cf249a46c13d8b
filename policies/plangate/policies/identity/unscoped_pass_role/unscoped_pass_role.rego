# METADATA
# title: any role of the account can be passed to a service
# description: >-
#   Who may pass every role starts a notebook or a training job with the role of an administrator and works with its rights
#   from then on.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-pass-role
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy
# custom:
#   severity: high
#   remediation: >-
#     name the roles in `Resource` (`aws_iam_role.<name>.arn`), and the service in
#     `Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } }`
#   resource_types: [aws_iam_policy, aws_iam_role_policy, aws_iam_role]
#   frameworks:
#     nist_800_53: [AC-6]
#     mitre_atlas: [AML.T0012]
#   aliases: [IA-006, AWS-0342, CKV_AWS_286]
package plangate.policies.identity.unscoped_pass_role

import data.plangate.lib.finding
import data.plangate.lib.iam
import data.plangate.lib.iam.denials
import data.plangate.lib.iam.passing
import data.plangate.lib.iam.roles

deny contains finding.new(_policy, held.policy, statement.path) if {
	some held in passing.concerned
	some statement in held.statements
	iam.acts(statement, _passing)
	passing.unbound(statement)
	passing.any_role(denials.left(statement, held.denied, _passing))
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in passing.concerned
	some statement in held.statements
	count(statement.open) > 0
	iam.may_act(statement, _passing)
	passing.unbound(statement)
	passing.may_be_any_role(denials.left(statement, held.denied, _passing))
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in roles.hidden
	passing.of_models(held)
}

_passing := "iam:passrole"

_policy := finding.policy(rego.metadata.chain())
