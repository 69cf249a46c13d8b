# METADATA
# title: What somebody changed outside Terraform
# description: >-
#   Reads `resource_drift`, which lists every resource that a refresh found different from the state: also what a service
#   counts or dates by itself, what a resource of its own sets, an empty map where there was nothing. What somebody changed is
#   told by the configuration, which writes the attribute down, or by the plan, which puts it back.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
#   - ref: https://developer.hashicorp.com/terraform/tutorials/state/resource-drift
package plangate.lib.drift

import data.plangate.lib.plan
import data.plangate.lib.plan.modules

# METADATA
# description: What the refresh found different, a resource each. Moves in a refresh-only plan are none.
entries := [entry |
	some entry in plan.document.resource_drift
	entry.mode == "managed"
]

# METADATA
# description: Whether somebody deleted the resource of an entry.
deleted(entry) if "delete" in entry.change.actions

# METADATA
# description: >-
#   The attributes that somebody changed at the resource of an entry. What the plan goes on to destroy or forget is left
#   aside, and so is what `ignore_changes` visibly leaves to others.
changed(entry) := {name |
	"update" in entry.change.actions
	not _going(entry)
	some name, after in entry.change.after
	leaves := _changes(object.get(entry.change.before, name, null), after)
	count(leaves) > 0
	_noticed(entry, name, leaves)
}

# The plan puts it back.
_noticed(entry, name, _) if {
	some r in _planned(entry)
	not plan.computed(r, [name])
	count(_changes(object.get(r.change.before, name, null), object.get(r.change.after, name, null))) > 0
}

_noticed(entry, name, leaves) if {
	expression := modules.declared(object.get(entry, "module_address", ""), entry).expressions[name]
	written := _written(expression)
	some leaf in leaves
	_below(leaf, written)
	not _ignored(entry, name, expression)
}

# The configuration says something else, and the plan lets the change be.
_ignored(entry, name, expression) if {
	some r in _planned(entry)
	after := object.get(r.change.after, name, null)
	count(_changes(expression.constant_value, after)) > 0
}

_going(entry) if {
	some r in _planned(entry)
	r.change.after == null
}

_planned(entry) := modules.resources_at([
	object.get(entry, "module_address", ""),
	concat(".", [entry.type, entry.name]),
	modules.key_of(entry),
	"",
])

# The paths, by names alone, below which the configuration writes something down.
_written(expression) := {[name | some name in path; is_string(name)] |
	walk(expression, [path, inner])
	_ends(inner)
}

_ends(inner) if inner.references

_ends(inner) if object.get(inner, "constant_value", "none") != "none"

_below(leaf, written) if {
	some length in numbers.range(0, count(leaf))
	written[array.slice(leaf, 0, length)]
}

# The paths, by names alone, at which two values differ.
_changes(before, after) := {names |
	before != after
	old := _leaves(before)
	new := _leaves(after)
	some [path, _] in ((old - new) | (new - old))
	names := [name | some name in path; is_string(name)]
}

# What providers take for nothing is no leaf; JSON in a text counts by what it says.
_leaves(value) := {[path, _meaning(leaf)] |
	walk(value, [path, leaf])
	not is_object(leaf)
	not is_array(leaf)
	not leaf in {null, "", false, 0}
}

_meaning(leaf) := json.unmarshal(leaf) if {
	_is_document(leaf)
	json.is_valid(leaf)
} else := leaf

_is_document(leaf) if {
	is_string(leaf)
	some bracket in ["{", "["]
	startswith(leaf, bracket)
}
