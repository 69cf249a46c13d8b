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
import data.plangate.lib.iam.denials
import data.plangate.lib.iam.roles
import data.plangate.lib.iam.storage
import data.plangate.lib.plan

deny contains finding.new(_policy, held.policy, statement.path) if {
	some held in _concerned
	some statement in held.statements
	storage.grants(statement, _passing)
	_unbound(statement)
	_any_role(statement)
	not _denied(held)
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in _concerned
	some statement in held.statements
	storage.may_grant(statement, _passing)
	_unbound(statement)
	_may_be_any_role(statement)
	count(statement.open) > 0
	not _denied(held)
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in roles.hidden
	_of_models(held)
}

# Policies of roles that have to do with machine learning, by who holds them or by what else they allow, and policies of
# which the plan does not show who will hold them.
_concerned := [held |
	some held in roles.held
	_of_models(held)
]

_of_models(held) if count(held.roles) == 0

_of_models(held) if {
	some role in held.roles
	roles.machine_learning[role]
}

_of_models(held) if {
	some statement in held.statements
	some action in statement.actions
	regex.match(`(?i)^(sagemaker|bedrock)`, action)
}

_any_role(statement) if {
	some resource in statement.resources
	regex.match(`^(\*|arn:[a-z*-]+:iam::[^:]*:(\*|role/?\*))$`, resource)
}

_any_role(statement) if count(statement.not_resources) > 0

_may_be_any_role(statement) if _any_role(statement)

_may_be_any_role(statement) if {
	some name in ["resources", "not_resources"]
	name in statement.open
}

_unbound(statement) if {
	not _conditions_unknown(statement)
	every key in statement.conditions {
		not key in {"iam:passedtoservice", "iam:associatedresourcearn"}
	}
}

# A dynamic block over unknowns may bind it.
_conditions_unknown(statement) if plan.computed(statement.source, array.concat(statement.at, ["condition"]))

_denied(held) if {
	some statement in denials.statements(held.policy, held.path)
	denials.covers(statement, "iam:passrole")
}

_passing := {"iam:passrole"}

_policy := finding.policy(rego.metadata.chain())
