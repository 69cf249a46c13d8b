# METADATA
# title: notebook runs as an administrator
# description: >-
#   Whatever runs in a notebook, a package from the internet included, acts with its role. An administrator's notebook is an
#   administrator's shell, open to everyone who may start it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/role-manager.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachment
# custom:
#   severity: high
#   remediation: >-
#     attach an `aws_iam_policy` of your own that names the actions and buckets the notebook needs, instead of
#     `AdministratorAccess` or `AmazonSageMakerFullAccess`
#   resource_types: [aws_iam_role_policy_attachment, aws_iam_policy_attachment, aws_iam_role]
#   frameworks:
#     nist_800_53: [AC-6]
#     mitre_atlas: [AML.T0012]
#   aliases: [IA-003, CKV2_AWS_68, CKV_AWS_274]
package plangate.policies.identity.notebook_admin_role

import data.plangate.lib.finding
import data.plangate.lib.iam.roles
import data.plangate.lib.plan

deny contains finding.new(_policy, attached.attachment, attached.path) if {
	some attached in roles.attachments
	_of_notebook(attached)
	_administrator(attached)
}

undecided contains finding.undecided(_policy, attached.attachment, attached.path) if {
	some attached in roles.attachments
	_of_notebook(attached)
	plan.unknown(attached.attachment, attached.path)
	not _told(attached)
}

# A policy of the plan's own of which nobody sees before the apply what it allows.
undecided contains finding.undecided(_policy, attached.attachment, attached.path) if {
	some attached in roles.attachments
	_of_notebook(attached)
	not _administrator(attached)
	some policy in attached.policies
	policy in {held.policy.address | some held in roles.hidden}
}

undecided contains finding.undecided(_policy, attached.attachment, ["role"]) if {
	some attached in roles.attachments
	_administrator(attached)
	roles.unnamed(attached.attachment, ["role"])
}

_told(attached) if {
	plan.settled(attached.attachment, attached.path, {"aws_iam_policy"})
	count(attached.policies) > 0
}

_of_notebook(attached) if {
	some role in attached.roles
	roles.used_for.notebook[role]
}

_administrator(attached) if roles.administrative(attached.arn)

# A policy of the plan's own that allows everything.
_administrator(attached) if {
	some policy in attached.policies
	_unlimited[policy]
}

_unlimited := {held.policy.address |
	some held in roles.held
	some statement in held.statements
	"*" in statement.actions
	"*" in statement.resources
}

_policy := finding.policy(rego.metadata.chain())
