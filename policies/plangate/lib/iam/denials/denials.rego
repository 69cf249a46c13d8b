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
#   The Deny statements of the policy at `path` in the form of `iam.allowed`, with `everybody`: whether it holds for all
#   principals. Of what a document leaves to the apply only the known parts are there.
statements(r, path) := [object.union(iam.statement(entry, path), {"everybody": _everybody(entry)}) |
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
#   meets it takes nothing; `NotResource` leaves what it names. What comes with the apply is taken as everything.
left(statement, denied, action) := statement if {
	count(_forbidding(denied, action)) == 0
} else := _on([], statement) if {
	some denial in _forbidding(denied, action)
	_everything(denial)
} else := _on(_without(_named(statement, sparing), _forbidding(denied, action)), statement) if {
	[sparing] := [denial | some denial in _forbidding(denied, action); count(denial.not_resources) > 0]
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

# What a statement names of what a Deny spares, and what that Deny names of what the statement does.
_named(statement, denial) := denial.not_resources if {
	count(statement.not_resources) > 0
} else := array.concat(
	[resource |
		some resource in statement.resources
		some pattern in denial.not_resources
		iam.within(resource, pattern)
	],
	[spared |
		some spared in denial.not_resources
		some pattern in statement.resources
		spared != pattern
		iam.within(spared, pattern)
	],
)

_everybody(entry) := "*" in _principals(object.get(entry.statement, "Principal", null)) if {
	entry.statement
} else := "*" in [name |
	some principal in object.get(entry.block, "principals", [])
	principal.type in {"AWS", "*"}
	some name in iam.texts(object.get(principal, "identifiers", null))
]

_principals(principal) := [name |
	some type in ["AWS", "*"]
	some name in iam.texts(object.get(principal, type, null))
] if {
	is_object(principal)
} else := iam.texts(principal)
