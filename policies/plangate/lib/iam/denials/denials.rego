# METADATA
# title: What policies deny
# description: >-
#   Reads the Deny statements of a policy, which take back what its Allow statements give, and says what they leave.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package plangate.lib.iam.denials

import data.plangate.lib.iam
import data.plangate.lib.iam.conditions
import data.plangate.lib.plan

# METADATA
# description: >-
#   The Deny statements of the policy at `path` in the form of `iam.allowed`, with `everybody` and `others`: whether it
#   holds for all principals, and for all but some. Of what a document leaves to the apply only the known parts are there.
statements(r, path) := [object.union(iam.statement(entry, path), {"everybody": _everybody(entry), "others": _others(entry)}) |
	some entry in iam.entries(r, path).entries
	iam.effect(entry) == "Deny"
]

# METADATA
# description: Whether only the apply tells what else the policy at `path` denies.
open(r, path) if iam.open(r, path)

open(r, path) if {
	some entry in iam.entries(r, path).entries
	iam.effect(entry) != "Allow"
	some name in ["effect", "actions", "principals", "condition"]
	plan.computed(entry.document, ["statement", entry.i, name])
}

# METADATA
# description: >-
#   An Allow statement with the resources on which it still gives an action once the Deny statements beside it are heard.
#   A Deny that spares what meets a narrow condition takes all, since nothing but that is left; one that only denies what
#   meets it takes nothing; `NotResource` leaves what it names. What comes with the apply is taken as everything. A part
#   of what a pattern names is only taken where `NotResource` leaves all of it or none.
left(statement, denied, action) := statement if {
	count(_forbidding(denied, action)) == 0
} else := _on([], statement) if {
	some denial in _forbidding(denied, action)
	_everything(denial)
} else := _on(_without(_spared(statement, sparing), _forbidding(denied, action)), statement) if {
	sparing := [denial.not_resources | some denial in _forbidding(denied, action); count(denial.not_resources) > 0]
	count(sparing) > 0
} else := statement if {
	count(statement.not_resources) > 0
} else := object.union(statement, {"resources": _without(statement.resources, _forbidding(denied, action))})

# METADATA
# description: Whether a Deny statement holds for an action and leaves at most what meets a narrow condition.
forbids(denial, action) if {
	_speaks_of(denial, action)
	every condition in denial.conditions {
		conditions.spares(condition)
	}
}

# METADATA
# description: >-
#   Whether a Deny statement speaks of all actions and resources of an Allow statement, as far as both are known, whatever
#   its conditions and principals.
covers(denial, statement) if {
	_covers_actions(denial, statement)
	_covers_resources(denial, statement)
}

_covers_actions(denial, _) if "*" in denial.actions

_covers_actions(denial, statement) if {
	count(statement.not_actions) == 0
	every action in statement.actions {
		iam.acts(denial, action)
	}
}

_covers_resources(denial, _) if _everything(denial)

_covers_resources(denial, statement) if {
	count(denial.not_resources) + count(statement.not_resources) == 0
	every resource in statement.resources {
		_taken(resource, [denial])
	}
}

_speaks_of(denial, action) if iam.acts(denial, action)

_speaks_of(denial, _) if "actions" in denial.open

_forbidding(denied, action) := [denial | some denial in denied; forbids(denial, action)]

_everything(denial) if "*" in denial.resources

_everything(denial) if count(denial.open & {"resources", "not_resources"}) > 0

_on(resources, statement) := object.union(
	statement,
	{"resources": resources, "not_resources": [], "open": statement.open - {"resources", "not_resources"}},
)

_without(resources, denied) := [resource |
	some resource in resources
	not _taken(resource, denied)
]

_taken(resource, denied) if {
	some denial in denied
	some pattern in denial.resources
	iam.within(resource, pattern)
}

# What a statement names of what the first Deny spares, as far as each of the others may spare it too.
_spared(statement, sparing) := [resource |
	some resource in _named(statement, sparing[0])
	every patterns in array.slice(sparing, 1, count(sparing)) {
		_meets_one(resource, patterns)
	}
]

_named(statement, patterns) := patterns if {
	count(statement.not_resources) > 0
} else := [shared |
	some resource in statement.resources
	some pattern in patterns
	shared := _both(resource, pattern)
]

_meets_one(resource, patterns) if {
	some pattern in patterns
	_both(resource, pattern)
}

# The narrower of two patterns. Of two that only overlap nothing is said.
_both(one, other) := one if {
	iam.within(one, other)
} else := other if {
	iam.within(other, one)
}

_everybody(entry) := "*" in _principals(object.get(entry.statement, "Principal", null)) if {
	entry.statement
} else := "*" in [name |
	some principal in object.get(entry.block, "principals", [])
	principal.type in {"AWS", "*"}
	some name in iam.texts(object.get(principal, "identifiers", null))
]

_others(entry) := object.get(entry.statement, "NotPrincipal", null) != null if {
	entry.statement
} else := count(object.get(entry.block, "not_principals", [])) > 0

_principals(principal) := [name |
	some type in ["AWS", "*"]
	some name in iam.texts(object.get(principal, type, null))
] if {
	is_object(principal)
} else := iam.texts(principal)
