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
	resource := _resource(r)
	expressions := [expression | some expression in _expressions(resource, path); not _constant(expression)]
	count(expressions) > 0
	every expression in expressions {
		_empty(r, resource, expression)
	}
}

# METADATA
# description: >-
#   The nodes at which the references of the expression at `path` end, as `{"type", "node"}`. Variables of the root
#   module, constants, `each.key`, `count.index` and the like are always known and therefore no ends; a local, behind
#   which a plan shows nothing, is an end of type `local`.
ends(r, path) := _ends(_leaves(r, path))

# METADATA
# description: >-
#   The same for an attribute inside the blocks of a list, which come back in the order in which they are written: only the
#   block that `path` leads through counts, unless a dynamic block stands among them.
ends_in_list(r, path) := _ends(modules.leaves(nodes)) if {
	resource := _resource(r)
	name := path[0]
	written := resource.expressions[name]
	count(written) == count(r.change.after[name])
	alone := {"expressions": {name: [written[path[1]]]}}
	nodes := {node |
		some expression in _expressions(alone, path)
		some node in _nodes(r, resource, expression)
	}
} else := ends(r, path)

# METADATA
# description: >-
#   Whether every reference of the expression at `path`, of which there has to be one, ends at one of these types, and none
#   at a variable or constant that is false.
settles(r, path, types) if {
	leaves := _leaves(r, path)
	ends := _ends(leaves)
	count(ends) > 0
	every end in ends {
		types[end.type]
	}
	every leaf in leaves {
		not _off(leaf)
	}
}

# METADATA
# description: Whether a variable or constant that is false stands among the references of the expression at `path`.
switched_off(r, path) if {
	some leaf in _leaves(r, path)
	_off(leaf)
}

# METADATA
# description: >-
#   The resources of a type that the expression at `path` means, in the instances that it names. Where it names several
#   declared resources and the value is known, those with that value; where it names a module and not which output of it,
#   none, unless all outputs lead to one declared resource.
instances(r, path, type) := meant if {
	found := _of_type(_leaves(r, path), type)
	meant := _meant(r, path, type, found)
}

# METADATA
# description: >-
#   The same for an attribute that holds one value: a conditional, `coalesce` and `try` list all that they choose from, so
#   of several declared resources none is told.
chosen(r, path, type) := found if {
	found := instances(r, path, type)
	_alone(found)
} else := set()

# METADATA
# description: The resources of the plan, of whatever type, at which the expression at `path` ends.
named(r, path) := {t |
	some leaf in _leaves(r, path)
	some t in modules.resources_at(leaf)
}

# METADATA
# description: >-
#   Whether the expression at `path` names a module and not which output of it: of `module.m[each.key].ids` Terraform keeps
#   no more than the module and the key. What comes out of the other outputs then ends it too.
vague(r, path) if {
	resource := _resource(r)
	some expression in _expressions(resource, path)
	modules.vague(_nodes(r, resource, expression))
}

# METADATA
# description: The constant literal that the configuration gives the attribute at `path`, also where the plan hides it.
literals(r, path) := {expression.constant_value |
	some expression in _expressions(_resource(r), path)
	expression.constant_value != null
}

_of_type(leaves, type) := {t |
	some leaf in leaves
	modules.is_of(leaf, type)
	some t in modules.resources_at(leaf)
	t.type == trim_prefix(type, "data.")
}

_meant(r, path, type, found) := found if {
	_alone(found)
} else := valued if {
	value := object.get(r.change.after, path, null)
	is_string(value)
	valued := {t | some t in found; _goes_by(t, value)}
	count(valued) > 0
} else := found if {
	not vague(r, path)
} else := {t |
	resource := _resource(r)
	some expression in _expressions(resource, path)
	some node in _nodes(r, resource, expression)
	near := _of_type(modules.leaves({node}), type)
	_clear(node, near)
	some t in near
}

# Whether these are instances of one declared resource at most.
_alone(found) if count(found) < 2

_alone(found) if count({[_path_of(t), t.type, t.name] | some t in found}) == 1

_path_of(t) := modules.instances[t.module_address].path if {
	t.module_address
} else := ""

_goes_by(t, value) if {
	some name in ["arn", "bucket", "id", "name"]
	t.change.after[name] == value
}

_clear(node, _) if not modules.vague({node})

_clear(_, near) if _alone(near)

_off(leaf) if modules.constant(leaf) == false

_ends(leaves) := {{"type": type, "node": leaf} |
	some leaf in leaves
	type := modules.type_of(leaf)
	not type in {"var", "constant"}
}

_leaves(r, path) := modules.leaves(nodes) if {
	resource := _resource(r)
	nodes := {node |
		some expression in _expressions(resource, path)
		some node in _nodes(r, resource, expression)
	}
} else := set()

_nodes(r, resource, expression) := modules.nodes(object.get(r, "module_address", ""), parsed, _key(r, parsed)) if {
	each := object.get(resource, ["for_each_expression", "references"], [])
	parsed := modules.parse(_references(expression), each)
}

_key(r, parsed) := modules.key_of(r) if {
	parsed.keyed
} else := ""

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

_empty(_, _, expression) if expression.constant_value in {null, ""}

_empty(r, resource, expression) if {
	not _leads_to_resource(expression)
	leaves := modules.leaves(_nodes(r, resource, expression))
	count(leaves) > 0
	every leaf in leaves {
		modules.constant(leaf) in {null, ""}
	}
}

# Seen at once, without following anything.
_leads_to_resource(expression) if {
	some reference in expression.references
	contains(reference, ".")
	not _may_be_empty(reference)
}

_may_be_empty(reference) if startswith(reference, "var.")

_may_be_empty(reference) if startswith(reference, "module.")

_may_be_empty(reference) if startswith(reference, "each.")

_may_be_empty(reference) if modules.always_known[split(reference, ".")[0]]

# The expressions for an attribute, one for each block of the configuration that could be the one at `path`: sets come
# back in another order than they were written, so blocks are not told apart by their index. Null where a block leaves
# the attribute out.
_expressions(resource, [name]) := [_attribute(object.get(resource, "expressions", {}), name)] if is_string(name)

_expressions(resource, path) := [expression |
	names := [name | some name in path; is_string(name)]
	some block in _parents(object.get(resource, "expressions", {}), names)
	expression := _attribute(block, names[count(names) - 1])
] if {
	count(path) > 1
}

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

_parents(expressions, names) := _third(expressions, names) if {
	count(names) == 4
}

_parents(expressions, names) := _inside(_third(expressions, names), names[3]) if {
	count(names) == 5
}

_parents(expressions, names) := _inside(_inside(_third(expressions, names), names[3]), names[4]) if {
	count(names) == 6
}

_third(expressions, names) := _inside(_inside(_inside([expressions], names[0]), names[1]), names[2])

_inside(blocks, name) := [inner |
	some block in blocks
	value := block[name]
	some inner in _list(value)
]

_list(value) := value if {
	is_array(value)
} else := [value]

_resource(r) := modules.declared(object.get(r, "module_address", ""), r)
