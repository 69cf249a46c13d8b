# METADATA
# title: Which of two roles may do more
# description: >-
#   Compares what the policies of this plan give to roles. Roles are sets of addresses; what no policy of the plan shows
#   counts as nothing for the one that is compared with, and as unknown for the one that is asked about.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package plangate.lib.iam.roles.rights

import data.plangate.lib.group
import data.plangate.lib.iam
import data.plangate.lib.iam.roles
import data.plangate.lib.plan

# METADATA
# description: Addresses of the roles that hold a managed policy of administrators or are allowed everything on everything.
administrators := {role |
	some role, arns in _managed
	some arn in arns
	roles.administrative(arn)
} | {role |
	some role, statements in _statements
	some statement in statements
	"*" in statement.actions
	_everywhere(statement)
}

# METADATA
# description: >-
#   Whether `own` may do what `base` may not: `fail` when it may, or when nothing in the plan shows what it may do, `pass`
#   when it may not, `undecided` when policies of either are known only after the apply.
compared(own, base) := "pass" if {
	some role in base
	administrators[role]
} else := "fail" if {
	some role in own
	administrators[role]
} else := "undecided" if {
	some role in (own | base)
	_unread[role]
} else := "fail" if {
	not _shown(own)
} else := "fail" if {
	_shown(base)
	_beyond(own, base)
} else := "fail" if {
	not _shown(base)
	_wide(own)
} else := "pass"

_shown(all) if {
	some role in all
	_statements[role]
}

_shown(all) if {
	some role in all
	_managed[role]
}

_beyond(own, base) if {
	some arn in _of(own, _managed)
	not arn in _of(base, _managed)
}

_beyond(own, base) if {
	some statement in _of(own, _statements)
	some action in statement.actions
	not _granted(action, statement, _of(base, _statements))
}

_beyond(own, _) if {
	some statement in _of(own, _statements)
	count(statement.not_actions) > 0
}

_granted(action, statement, others) if {
	some other in others
	some pattern in other.actions
	iam.covers(pattern, action)
	_reaches(other, statement)
}

_reaches(other, _) if _everywhere(other)

_reaches(_, statement) if not _everywhere(statement)

# All actions of a service, or all but some, on everything.
_wide(own) if {
	some statement in _of(own, _statements)
	_everywhere(statement)
	some action in statement.actions
	endswith(action, ":*")
}

_wide(own) if {
	some statement in _of(own, _statements)
	_everywhere(statement)
	count(statement.not_actions) > 0
}

_everywhere(statement) if "*" in statement.resources

_of(all, rights) := [right |
	some role in all
	some right in rights[role]
]

_statements := group.by_key([[role, statement] |
	some held in roles.held
	some role in held.roles
	some statement in held.statements
])

# Managed policies that are not of this plan, by ARN.
_managed := group.by_key([[role, attached.arn] |
	some attached in roles.attachments
	count(attached.policies) == 0
	some role in attached.roles
])

_unread := {role |
	some held in roles.held
	held.open
	some role in held.roles
} | {role |
	some attached in roles.attachments
	plan.unknown(attached.attachment, attached.path)
	count(attached.policies) == 0
	some role in attached.roles
}
