# METADATA
# title: What a Terraform plan says
# description: >-
#   The only reader of `input`. Takes `terraform show -json` as it is and HCP Terraform's `{plan, run}`, indexes
#   resources by type once, and answers for each attribute whether it is known, absent or unknown until apply.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
package plangate.lib.plan

import data.plangate.lib.plan.configuration

# METADATA
# description: The plan itself, whether it comes bare or inside HCP Terraform's `{plan, run}`.
document := input.plan if {
	is_object(input.plan)
} else := input

# METADATA
# description: >-
#   Managed resources that exist once the plan is applied, as `resources[type][_]`. What is destroyed or forgotten is
#   not there, and neither are deposed objects.
resources := {type: rs |
	some near in _eight_types([i | some i in _of_mode("managed"); _stays(document.resource_changes[i])])
	some type in {t | some t in near.types}
	rs := [r |
		some at, t in near.types
		t == type
		r := document.resource_changes[near.places[at]]
		r.type == type
	]
}

# METADATA
# description: Data sources that Terraform reads during apply, as `data_sources[type][_]`.
data_sources := {type: rs |
	some near in _eight_types([i | some i in _of_mode("data"); _stays(document.resource_changes[i])])
	some type in {t | some t in near.types}
	rs := [r |
		some at, t in near.types
		t == type
		r := document.resource_changes[near.places[at]]
		r.type == type
	]
}

# METADATA
# description: Managed resources that the plan destroys or replaces, as `removed[type][_]`.
removed := {type: rs |
	some near in _eight_types([i | some i in _of_mode("managed"); "delete" in document.resource_changes[i].change.actions])
	some type in {t | some t in near.types}
	rs := [r |
		some at, t in near.types
		t == type
		r := document.resource_changes[near.places[at]]
		r.type == type
	]
}

_of_mode(mode) := [i |
	some i, r in document.resource_changes
	r.mode == mode
	is_string(r.type)
]

# Going through all resources for each type would take the product of the two, so eight types at a time are told from the
# others first: where in the plan their resources are, and of which type each is. A list of nothing but types is quick to
# go through. That the type of the resource itself is compared once more lets the compiler see that a policy reads the
# types it asks for and no others.
_eight_types(places) := [{"types": [types[at] | some at in near], "places": [places[at] | some at in near]} |
	types := [document.resource_changes[i].type | some i in places]
	kinds := [t | some t in {t | some t in types}]
	heads := {t: kinds[i - (i % 8)] | some i, t in kinds}
	of := [heads[t] | some t in types]
	some head in {t | some t in of}
	near := [at | some at, one in of; one == head]
]

_stays(r) if {
	r.change.actions[0] != "forget"
	r.change.actions != ["delete"]
	not r.deposed
}

# METADATA
# description: >-
#   The value at `path` when the plan knows it and it is not null and not the empty string, which providers take as
#   absent. Undefined otherwise.
known(r, [name]) := value if {
	value := r.change.after[name]
	value != null
	value != ""
}

known(r, path) := value if {
	count(path) > 1
	value := object.get(r.change.after, path, null)
	value != null
	value != ""
}

# METADATA
# description: Whether Terraform learns the value at `path`, or a block around it, only during apply.
computed(r, path) if r.change.after_unknown[path[0]] == true

computed(r, path) if r.change.after_unknown[path[0]][path[1]] == true

computed(r, path) if r.change.after_unknown[path[0]][path[1]][path[2]] == true

computed(r, path) if {
	count(path) > 3
	some length in numbers.range(4, count(path))
	object.get(r.change.after_unknown, array.slice(path, 0, length), false) == true
}

# METADATA
# description: >-
#   Whether nobody sets the attribute at `path`: it is missing, null or empty, or it is computed by the provider and the
#   configuration gives it nothing, null or a variable that is null.
absent(r, path) if {
	not computed(r, path)
	object.get(r.change.after, path, null) in {null, ""}
}

absent(r, path) if {
	computed(r, path)
	configuration.unset(r, path)
}

# METADATA
# description: Whether somebody sets the attribute at `path` to a value that is known only during apply.
unknown(r, path) if {
	computed(r, path)
	not configuration.unset(r, path)
}

# METADATA
# description: >-
#   Whether the unknown value at `path` can only come from resources of these types: every reference of its expression,
#   followed through module inputs and outputs, ends at one of them. A false variable or constant beside them leaves it
#   open, since the condition of a conditional is listed like its branches.
settled(r, path, types) if {
	computed(r, path)
	configuration.settles(r, path, types)
}

# METADATA
# description: >-
#   The blocks of a list or set attribute with their paths, `[{"path": [name, i], "value": block}]`; what is written as
#   one object counts as a list of one. Empty when there is none or when the whole is unknown.
blocks(r, path) := [{"path": array.concat(path, [i]), "value": block} |
	some i, block in object.get(r.change.after, path, [])
] if {
	is_array(object.get(r.change.after, path, []))
} else := [{"path": path, "value": block} |
	block := object.get(r.change.after, path, null)
	is_object(block)
]

# METADATA
# description: >-
#   The addresses of the resources of a type that the expression at `path` refers to, through module boundaries, in the
#   same instances: what a module instance refers to lies in that instance, and `each.key` and `count.index` keep the key.
#   Of a module of which no output is named, several declared resources may be meant, so none is told.
targets(r, path, type) := {t.address | some t in configuration.instances(r, path, type)}

# METADATA
# description: >-
#   The same for an attribute that holds one value: instances of one declared resource, none where a conditional names
#   several.
target(r, path, type) := {t.address | some t in configuration.chosen(r, path, type)}

# METADATA
# description: >-
#   All that may be meant, of several types, which are asked for at once; a data source is of type `data.<type>`.
targets_of(r, path, types) := {t.address |
	some t in configuration.named(r, path)
	_type_of(t) in types
}

# METADATA
# description: >-
#   Whether `targets_of` may hold more than the expression at `path` means, since Terraform keeps no more of
#   `module.m[each.key].ids` than the module and the key.
vague(r, path) if configuration.vague(r, path)

_type_of(r) := concat("", ["data.", r.type]) if {
	r.mode == "data"
} else := r.type

# METADATA
# description: Root variables as the plan gives them, `variables[name].value`, with what the configuration declares.
variables := object.union(
	object.get(document, ["configuration", "root_module", "variables"], {}),
	object.get(document, "variables", {}),
)
