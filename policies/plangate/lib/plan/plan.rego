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
resources := _kept(_by_type.managed)

# METADATA
# description: Data sources that Terraform reads during apply, as `data_sources[type][_]`.
data_sources := _kept(_by_type.data)

# METADATA
# description: Managed resources that the plan destroys or replaces, as `removed[type][_]`.
removed := {type: rs |
	some type, all in _by_type.managed
	rs := [r | some r in all; "delete" in r.change.actions]
	count(rs) > 0
}

_kept(by_type) := {type: rs |
	some type, all in by_type
	rs := [r | some r in all; _stays(r)]
	count(rs) > 0
}

# Resources of one type stand together in what Terraform prints, module by module: looking through these runs for each
# type costs little, where looking through all resources would not. All of a run are of its type; that it is compared
# once more lets the compiler see that a policy reads the types it asks for and no others.
_by_type := {mode: by_type |
	some mode, runs in _runs
	by_type := {type: rs |
		some type in {run.type | some run in runs}
		rs := [r |
			some run in runs
			run.type == type
			some r in array.slice(document.resource_changes, run.start, run.end)
			r.type == type
		]
	}
}

_runs := {mode: runs |
	some mode in ["managed", "data"]
	runs := [{"type": type, "start": start, "end": _ends[i]} |
		some i, start in _starts
		document.resource_changes[start].mode == mode
		type := document.resource_changes[start].type
	]
}

_ends := array.concat(array.slice(_starts, 1, count(_starts)), [count(document.resource_changes)])

_starts := [i |
	some i, r in document.resource_changes
	not _same_kind(i, r)
]

_same_kind(i, r) if {
	document.resource_changes[i - 1].type == r.type
	document.resource_changes[i - 1].mode == r.mode
}

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

computed(r, path) if {
	count(path) > 1
	some length in numbers.range(2, count(path))
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
	unknown(r, path)
	ends := configuration.ends(r, path)
	count(ends) > 0
	every end in ends {
		end.type in types
	}
	not configuration.switched_off(r, path)
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
targets(r, path, type) := {t.address | some t in configuration.instances(r, path, type)}

# METADATA
# description: Root variables as the plan gives them, `variables[name].value`, with what the configuration declares.
variables := object.union(
	object.get(document, ["configuration", "root_module", "variables"], {}),
	object.get(document, "variables", {}),
)
