# METADATA
# title: Passing roles to services
# description: Tells which statements let any role be passed to a service, and whose policies have to do with models.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
package plangate.lib.iam.passing

import data.plangate.lib.iam.boundaries
import data.plangate.lib.iam.conditions
import data.plangate.lib.iam.roles

# METADATA
# description: >-
#   Policies of roles that have to do with machine learning, by who holds them or by what else they allow, and policies of
#   which the plan does not show who will hold them, other than those that are the boundary of somebody's rights.
concerned := [held |
	some held in roles.held
	of_models(held)
]

# METADATA
# description: Whether a policy, one of `roles.held`, is among those.
of_models(held) if {
	count(held.roles) == 0
	not boundaries.policies[held.policy.address]
}

of_models(held) if {
	some role in held.roles
	roles.machine_learning[role]
}

of_models(held) if {
	count(held.roles) > 0
	some statement in held.statements
	some action in statement.actions
	regex.match(`(?i)^(sagemaker|bedrock)`, action)
}

# METADATA
# description: Whether a statement names every role of an account, or every one but some.
any_role(statement) if {
	some resource in statement.resources
	regex.match(`^(\*+|arn:[^:]*:(\*+|(iam|\*):(\*+|[^:]*:(\*+|[^:]*:(\*+|role/?\*+)))))$`, resource)
}

any_role(statement) if count(statement.not_resources) > 0

# METADATA
# description: Whether the same holds, or may once the apply knows all resources.
may_be_any_role(statement) if any_role(statement)

may_be_any_role(statement) if count(statement.open & {"resources", "not_resources"}) > 0

# METADATA
# description: Whether no condition of a statement says to which service or for which resource a role may be passed.
unbound(statement) if {
	not conditions.unseen(statement)
	every condition in statement.conditions {
		not _binds(condition)
	}
}

_binds(condition) if {
	condition.key in {"iam:passedtoservice", "iam:associatedresourcearn"}
	conditions.narrows(condition)
}
