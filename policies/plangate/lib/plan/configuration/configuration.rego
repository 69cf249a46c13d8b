# METADATA
# title: Where values come from
# description: >-
#   Follows the expressions of a plan's `configuration` to where they end, through the inputs and outputs of module
#   instances, which form a graph of nodes `<module instance>|<reference>`.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
package plangate.lib.plan.configuration

import data.plangate.lib.plan.modules

# METADATA
# description: >-
#   Whether the configuration leaves the attribute at `path` of a resource out, or gives it null, an empty string, or a
#   variable that is null. A block that the configuration does not show may be a dynamic one, so nothing is said of it.
#   Of blocks that repeat, those that give it a constant are left aside: what is asked about is unknown, so it is another.
unset(r, path) if {
	expressions := [expression | some expression in _expressions(r, path); not _constant(expression)]
	count(expressions) > 0
	every expression in expressions {
		_empty(r, expression)
	}
}

# METADATA
# description: >-
#   The nodes at which the references of the expression at `path` end, as `{"type", "node"}`. Variables of the root
#   module, constants, `each.key`, `count.index` and the like are always known and therefore no ends; a local, behind
#   which a plan shows nothing, is an end of type `local`.
ends(r, path) := {{"type": type, "node": leaf} |
	some leaf in _leaves(r, path)
	type := modules.type_of(leaf)
	not type in {"var", "constant"}
}

# METADATA
# description: Whether a variable or constant that is false stands among the references of the expression at `path`.
switched_off(r, path) if {
	some leaf in _leaves(r, path)
	modules.constant(leaf) == false
}

# METADATA
# description: The resources of a type at which the expression at `path` ends, in the instances that it names.
instances(r, path, type) := {t |
	some leaf in _leaves(r, path)
	modules.type_of(leaf) == type
	some t in modules.resources_at(leaf)
	t.type == trim_prefix(type, "data.")
}

# METADATA
# description: The constant literal that the configuration gives the attribute at `path`, also where the plan hides it.
literals(r, path) := {expression.constant_value |
	some expression in _expressions(r, path)
	expression.constant_value != null
}

_leaves(r, path) := modules.leaves(union({nodes |
	some expression in _expressions(r, path)
	nodes := _nodes(r, expression)
}))

_nodes(r, expression) := modules.nodes(
	object.get(r, "module_address", ""),
	modules.parse(_references(expression), object.get(_resource(r), ["for_each_expression", "references"], [])),
	modules.key_of(r),
)

_references(expression) := expression.references if {
	is_array(expression.references)
} else := [reference |
	walk(expression, [path, reference])
	path[count(path) - 2] == "references"
]

_constant(expression) if {
	value := expression.constant_value
	not value in {null, ""}
}

_empty(_, expression) if expression.constant_value in {null, ""}

_empty(r, expression) if {
	leaves := modules.leaves(_nodes(r, expression))
	count(leaves) > 0
	every leaf in leaves {
		modules.constant(leaf) in {null, ""}
	}
}

# The expressions for an attribute, one for each block of the configuration that could be the one at `path`: sets come
# back in another order than they were written, so blocks are not told apart by their index. Null where a block leaves
# the attribute out.
_expressions(r, path) := [expression |
	names := [name | some name in path; is_string(name)]
	some block in _parents(object.get(_resource(r), "expressions", {}), names)
	expression := _attribute(block, names[count(names) - 1])
]

# An attribute that is written as one expression lists its references for the whole of it.
_attribute(block, name) := block if {
	is_array(object.get(block, "references", null))
} else := object.get(block, name, {"constant_value": null})

_parents(expressions, names) := [expressions] if {
	count(names) == 1
}

_parents(expressions, names) := _inside([expressions], names[0]) if {
	count(names) == 2
}

_parents(expressions, names) := _inside(_inside([expressions], names[0]), names[1]) if {
	count(names) == 3
}

_parents(expressions, names) := _inside(_inside(_inside([expressions], names[0]), names[1]), names[2]) if {
	count(names) == 4
}

_inside(blocks, name) := [inner |
	some block in blocks
	value := block[name]
	some inner in _list(value)
]

_list(value) := value if {
	is_array(value)
} else := [value]

_resource(r) := modules.declared(object.get(r, "module_address", ""), r)
