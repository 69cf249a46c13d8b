# METADATA
# title: Who can take more rights than a policy gives
# description: >-
#   Finds in the policies of the plan the first way to rights of others: what a statement gives on any resource of a kind,
#   or on the role that holds it, after conditions, Deny statements and boundaries. Actions `*` on their own are those of an
#   administrator, who has nothing left to take.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package plangate.lib.iam.escalation

import data.plangate.lib.group
import data.plangate.lib.iam
import data.plangate.lib.iam.boundaries
import data.plangate.lib.iam.conditions
import data.plangate.lib.iam.denials
import data.plangate.lib.iam.escalation.paths
import data.plangate.lib.iam.passing
import data.plangate.lib.iam.roles
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   Policies with such a way, `{"policy", "path", "told", "limit"}`: where its first action is given, what it does, and
#   `open` where a boundary that the plan does not show may take it back. One for each policy.
found := [object.union(way, {"policy": given.held.policy, "limit": limit}) |
	some given in _given
	way := _first(given)
	limit := _limit(given.held, way.needs)
	limit != "none"
]

# METADATA
# description: Policies that may have such a way once the apply knows all of their statements' actions and resources.
possible := [held |
	some held in _all
	some statement in held.statements
	count(statement.open) > 0
	not _everything(statement)
	not conditions.bound(statement)
	some action in _may_give(statement)
	_may_reach(denials.left(statement, held.denied, action), action)
	_limit(held, [action]) != "none"
]

# Policies that are only a boundary give nothing.
_all := [held |
	some held in array.concat(roles.held, roles.personal)
	not _only_a_boundary(held)
]

_only_a_boundary(held) if {
	count(held.roles) == 0
	boundaries.policies[held.policy.address]
}

_given := [{"held": held, "rights": rights} |
	some held in _all
	rights := [right |
		some statement in held.statements
		_may_matter(statement)
		some right in _rights(held, statement)
	]
	count(rights) > 0
]

# Actions with `any` reach all of their kind, or need not.
_rights(held, statement) := [{"action": action, "path": statement.path, "any": _reach(held, left, action)} |
	not _everything(statement)
	not conditions.bound(statement)
	some action in sort(_gives(statement))
	left := denials.left(statement, held.denied, action)
	_remains(left, statement)
]

_remains(left, statement) if left == statement

_remains(left, _) if count(left.resources) + count(left.not_resources) > 0

_reach(held, statement, action) if {
	_reaches(held, statement, action)
} else := false

_first(given) := [{"path": right.path, "needs": way.needs, "told": way.told} |
	own := {right.action | some right in given.rights}
	whole := {right.action | some right in given.rights; right.any}
	some way in paths.all
	whole[way.needs[0]]
	every action in way.needs {
		_has(given.held, own, action)
	}
	not _told_elsewhere(given.held, way)
	some right in given.rights
	right.any
	right.action == way.needs[0]
][0]

_has(_, own, action) if own[action]

_has(held, _, action) if {
	some role in held.roles
	action in _of_role[role]
}

_of_role := group.by_key([[role, right.action] |
	some given in _given
	some role in given.held.roles
	some right in given.rights
])

# That any role can be passed is what another policy says of those.
_told_elsewhere(held, way) if {
	way.needs[0] == "iam:passrole"
	passing.of_models(held)
}

_everything(statement) if {
	some action in statement.actions
	action in {"*", "*:*"}
}

# Most statements name resources, or services that lead nowhere.
_may_matter(statement) if count(statement.not_actions) > 0

_may_matter(statement) if {
	some pattern in statement.actions
	_leads_on(_service(pattern))
}

_leads_on(service) if paths.by_service[service]

_leads_on(service) if contains(service, "*")

_leads_on(service) if contains(service, "?")

_service(pattern) := lower(split(pattern, ":")[0])

_gives(statement) := {action |
	some pattern in statement.actions
	some action in _near(_service(pattern))
	iam.covers(pattern, action)
} | {action |
	count(statement.not_actions) > 0
	some _, actions in paths.by_service
	some action in actions
	iam.acts(statement, action)
}

_near(service) := actions if {
	actions := paths.by_service[service]
} else := {action | some _, actions in paths.by_service; some action in actions} if {
	regex.match(`[*?]`, service)
} else := set()

_may_give(statement) := {action | some _, actions in paths.by_service; some action in actions; paths.targets[action]} if {
	count(statement.open & {"actions", "not_actions"}) > 0
} else := {action | some action in _gives(statement); _alone[action]}

_alone := {way.needs[0] | some way in paths.all; count(way.needs) == 1}

_reaches(_, _, action) if not paths.targets[action]

_reaches(_, statement, action) if _any(statement, paths.targets[action])

_reaches(held, statement, action) if {
	action in {"iam:attachrolepolicy", "iam:putrolepolicy"}
	_itself(held, statement)
}

_may_reach(statement, action) if _any(statement, paths.targets[action])

_may_reach(statement, _) if count(statement.open & {"resources", "not_resources"}) > 0

_any(statement, _) if count(statement.not_resources) > 0

_any(statement, target) if {
	some resource in statement.resources
	contains(resource, "*")
	_names_any(resource, target)
}

_names_any(resource, _) if regex.match(`^\*+$`, resource)

_names_any(resource, target) if {
	segments := split(resource, ":")
	segments[0] == "arn"
	_same_service(segments, target)
	_same_kind(concat(":", array.slice(segments, 5, count(segments))), target.kind)
}

# What ends before its account ends in a star that stands for all that follows.
_names_any(resource, target) if {
	segments := split(resource, ":")
	segments[0] == "arn"
	count(segments) in {2, 3, 4, 5}
	endswith(resource, "*")
	_same_service(segments, target)
}

_same_service(segments, target) if segments[2] in {target.service, "*"}

_same_service(segments, _) if count(segments) == 2

_same_kind(rest, kind) if {
	regex.match(`^([A-Za-z-]*[/:]?)\*[*/]*$`, rest)
	startswith(concat("", [kind, "/"]), split(replace(rest, ":", "/"), "*")[0])
}

# The role that holds the policy, by its name or by reference.
_itself(held, statement) if {
	some resource in statement.resources
	some name in _names(held.roles)
	regex.match(`:role/`, resource)
	endswith(resource, concat("", ["/", name]))
}

_itself(held, statement) if {
	some role in configuration.instances(statement.source, array.concat(statement.at, ["resources"]), "aws_iam_role")
	held.roles[role.address]
}

_names(held) := {name | some address in held; name := _name_of[address]}

_name_of := {role.address: name |
	some role in plan.resources.aws_iam_role
	name := plan.known(role, ["name"])
}

# What boundaries leave of a way: of several roles the widest counts.
_limit(held, needs) := "all" if {
	_unlimited(held)
} else := "all" if {
	some limit in _limits(held)
	not limit.open
	every action in needs {
		_within_limit(held, limit, action)
	}
} else := "open" if {
	some limit in _limits(held)
	limit.open
} else := "none"

_unlimited(held) if count(held.roles) == 0

_unlimited(held) if {
	some role in held.roles
	not boundaries.of_holder[role]
}

_limits(held) := [limit | some role in held.roles; limit := boundaries.of_holder[role]]

_within_limit(held, limit, action) if {
	some statement in limit.statements
	iam.acts(statement, action)
	not conditions.bound(statement)
	left := denials.left(statement, limit.denied, action)
	_remains(left, statement)
	_reaches(held, left, action)
}
