# METADATA
# title: Module instances as a graph
# description: >-
#   Nodes are `<module instance>|<reference>`; a variable leads to the expressions of the calling module, an output to
#   the expressions inside the called one. Built once for a plan, in the size of its configuration times the instances
#   of each module.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
package plangate.lib.plan.modules

import data.plangate.lib.group
import data.plangate.lib.plan

# METADATA
# description: The key of a resource's instance as its address writes it, `["a"]` or `[0]`; empty where it has none.
key_of(r) := trim_prefix(_tail(r), _base(r))

# METADATA
# description: What the configuration declares of a resource; undefined when it declares nothing.
declared(instance, r) := _declared[instance][_base(r)]

# METADATA
# description: >-
#   The references of an expression taken apart, `{"parts": [[all, "type.name", "[key]", attribute]], "keyed"}`. Terraform
#   lists each reference longest first and then its parents, which say nothing new. `each.value` stands for what
#   `for_each` refers to.
parse(references, each) := {"parts": parts, "keyed": keyed} if {
	all := array.concat(references, _each(references, each))
	parts := [part |
		some i, reference in all
		not _parent_of_previous(all, i)
		part := regex.find_all_string_submatch_n(_reference, reference, 1)[0]
		not part[1] in _always_known
		not startswith(part[1], "each.")
		not startswith(part[1], "path.")
		not startswith(part[1], "terraform.")
		not startswith(part[1], "self.")
	]
	keyed := count([r | some r in references; regex.match(`^(each\.|count\.index)`, r)]) > 0
}

# METADATA
# description: >-
#   The nodes that parsed references stand for, seen from a module instance. Beside `each.key` or `count.index` a resource
#   or module without a key is the instance with the same key, if there is one.
nodes(instance, parsed, key) := {_node(instance, part, key) | some part in parsed.parts} if {
	parsed.keyed
} else := {_node(instance, part, "") | some part in parsed.parts}

# METADATA
# description: The nodes at which a set of nodes ends when module inputs and outputs are followed.
leaves(start) := start if {
	every node in start {
		not _graph[node]
	}
} else := {leaf |
	some leaf in (start | {next | some node in graph.reachable(_graph, start); some next in _graph[node]})
	not _graph[leaf]
}

# METADATA
# description: >-
#   What a leaf is: a resource type, `data.<type>`, `var` for a variable of the root module, `constant`, `local`,
#   `module` for a module that cannot be followed.
type_of(leaf) := _type(split(_reference_in(leaf), "."))

# METADATA
# description: The value of a leaf that is a constant or a variable of the root module, null included.
constant(leaf) := value if {
	some value, node in _constants
	leaf == node
}

constant(leaf) := object.get(plan.variables, [name, "value"], null) if {
	startswith(leaf, "|var.")
	name := substring(leaf, 5, -1)
}

# METADATA
# description: The resources of the plan that a leaf names, all instances when it names none.
resources_at(leaf) := [r] if {
	r := plan.document.resource_changes[_exact[leaf]]
} else := [r |
	some i in _every[leaf]
	r := plan.document.resource_changes[i]
]

# METADATA
# description: Module instances by address, the root under the empty string, as `{"module", "call", "parent"}`.
instances := object.union_n([_root, _shown, _silent_1, _silent_2, _silent_3])

_constants := {null: "|=null", false: "|=false", true: "|=true"}

_reference := `^((?:data\.)?[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)(\[(?:"(?:[^"\\]|\\.)*"|[0-9]+)\])?(?:\.([A-Za-z0-9_-]+))?`

_parent_of_previous(references, i) if {
	rest := trim_prefix(references[i - 1], references[i])
	substring(rest, 0, 1) in {".", "["}
}

_always_known := {"count.index", "each.key"}

_each(references, each) := each if {
	some reference in references
	startswith(reference, "each.value")
} else := []

# A key in quotes may hold the separator too.
_reference_in(leaf) := parts[1] if {
	parts := split(leaf, "|")
	count(parts) == 2
} else := regex.find_all_string_submatch_n(_separated, leaf, 1)[0][1]

_separated := `^(?:[^"|]|"(?:[^"\\]|\\.)*")*\|(.*)$`

_type(segments) := concat(".", ["data", segments[1]]) if {
	segments[0] == "data"
} else := "constant" if {
	startswith(segments[0], "=")
} else := segments[0]

# Nodes of one reference: `part` is [all, "type.name", "[key]" or "", attribute or ""].
_node(instance, part, key) := concat("", [instance, "|", part[1], part[2], _output(part)]) if {
	part[2] != ""
} else := keyed if {
	keyed := concat("", [instance, "|", part[1], key, _output(part)])
	key != ""
	_exists(instance, part, key)
} else := concat("", [instance, "|", part[1], _output(part)])

_output(part) := concat("", [".", part[3]]) if {
	startswith(part[1], "module.")
	part[3] != ""
} else := ""

_exists(instance, part, key) if _exact[concat("", [instance, "|", part[1], key])]

_exists(instance, part, key) if instances[_joined(instance, concat("", [part[1], key]))]

# Resources by node, with and without their key. Each index is a whole document: asked for by key, OPA's interpreter would
# evaluate a partial rule again for each one. What has no key is found with its name alone, in the first of the two.
_exact := {node: i |
	some i, r in plan.document.resource_changes
	not r.deposed
	node := concat("|", [object.get(r, "module_address", ""), _tail(r)])
}

# Those that have a key alone: where there is none, the node is among the exact ones.
_every := group.by_key([[node, i] |
	some i, r in plan.document.resource_changes
	endswith(r.address, "]")
	not r.deposed
	base := _base(r)
	_tail(r) != base
	node := concat("|", [object.get(r, "module_address", ""), base])
])

_tail(r) := trim_prefix(r.address, concat("", [r.module_address, "."])) if {
	r.module_address
} else := r.address

_base(r) := concat(".", ["data", r.type, r.name]) if {
	r.mode == "data"
} else := concat(".", [r.type, r.name])

_declared := {instance: resources |
	some instance, m in instances
	resources := {resource.address: resource | some resource in m.module.resources}
}

# Put together in one go, since a union copies what it has for each part. The instances that a module shows are more than
# itself where it has both.
_graph := {node: next |
	some part in [_inputs, _outputs, _wholes, _families]
	some node, next in part
}

# Inputs: from inside a module instance to the calling module.
_inputs := {node: next |
	some instance, m in instances
	m.call
	some name, source in _interfaces[m.path].inputs
	node := concat("", [instance, "|var.", name])
	next := _next(m.parent, source, m.key)
}

# Outputs: from the calling module to inside the instance.
_outputs := {node: next |
	some instance, m in instances
	m.call
	some name, output in _interfaces[m.path].outputs
	node := concat("", [m.parent, "|", m.segment, ".", name])
	next := _next(instance, output, "")
}

# A module as a whole is all of its outputs.
_wholes := {node: next |
	some m in instances
	m.call
	node := concat("", [m.parent, "|", m.segment])
	not _families[node]
	next := {concat("", [node, ".", name]) | some name, _ in _interfaces[m.path].outputs}
}

# A module without the key that its instances have is all of them.
_families := group.by_key([[node, next] |
	some depth in numbers.range(0, 7)
	some segments in _paths
	segments[depth][2] != ""
	parent := _address(segments, depth)
	node := concat("", [parent, "|module.", segments[depth][1]])
	next := concat("", [parent, "|", segments[depth][0]])
])

_next(_, source, _) := {source.node} if source.node

_next(instance, source, key) := nodes(instance, source.parsed, key) if source.parsed

# What leads into and out of each module of the configuration, read once however many instances it has.
_interfaces := {path: {"inputs": inputs, "outputs": outputs} |
	some path, m in _tree
	m.call
	inputs := {name: _input(m, name, variable) | some name, variable in m.module.variables}
	outputs := {name: _source(output.expression, []) | some name, output in m.module.outputs}
}

_input(m, name, _) := _source(m.call.expressions[name], object.get(m.call, ["for_each_expression", "references"], []))

_input(m, name, variable) := {"node": _constant_node(object.get(variable, "default", null))} if {
	not m.call.expressions[name]
}

_source(expression, each) := {"parsed": parse(expression.references, each)} if {
	expression.references
} else := {"node": _constant_node(object.get(expression, "constant_value", true))}

_constant_node(value) := _constants[value]

_constant_node("") := _constants[null]

_constant_node(value) := _constants[true] if not value in {null, false, true, ""}

# Module instances that the addresses of the plan show.
_shown := {instance: m |
	some segments in _paths
	some depth, segment in segments
	path := concat(".", [concat("", ["module.", s[1]]) | some s in array.slice(segments, 0, depth + 1)])
	instance := _address(segments, depth + 1)
	m := {
		"module": _tree[path].module,
		"call": _tree[path].call,
		"path": path,
		"parent": _address(segments, depth),
		"segment": segment[0],
		"key": segment[2],
	}
}

# Those without resources of their own show nowhere; without `count` and `for_each` there is one of each.
_silent_1 := _silent(object.union(_root, _shown))

_silent_2 := _silent(_silent_1)

_silent_3 := _silent(_silent_2)

_silent(above) := {instance: m |
	some parent, p in above
	some call_name, call in p.module.module_calls
	not call.count_expression
	not call.for_each_expression
	segment := concat("", ["module.", call_name])
	instance := _joined(parent, segment)
	not _shown[instance]
	m := {
		"module": call.module,
		"call": call,
		"path": _joined(p.path, segment),
		"parent": parent,
		"segment": segment,
		"key": "",
	}
}

_joined("", segment) := segment

_joined(parent, segment) := concat(".", [parent, segment]) if parent != ""

_address(segments, depth) := concat(".", [s[0] | some s in array.slice(segments, 0, depth)])

# The module addresses of the plan, taken apart into `[segment, name, "[key]" or ""]`, in order.
_paths := [regex.find_all_string_submatch_n(_segment, r.module_address, -1) |
	some i, r in plan.document.resource_changes
	r.module_address
	not plan.document.resource_changes[i - 1].module_address == r.module_address
]

_segment := `module\.([A-Za-z0-9_-]+)(\[(?:"(?:[^"\\]|\\.)*"|[0-9]+)\])?`

_root := {"": {"module": plan.document.configuration.root_module, "call": false, "path": ""}}

# The modules of the configuration by path. Rego has no recursion: eight levels of modules are followed, what lies deeper
# stays undecided.
_tree := object.union_n([_root, _level_1, _level_2, _level_3, _level_4, _level_5, _level_6, _level_7, _level_8])

_level_1 := _below(_root)

_level_2 := _below(_level_1)

_level_3 := _below(_level_2)

_level_4 := _below(_level_3)

_level_5 := _below(_level_4)

_level_6 := _below(_level_5)

_level_7 := _below(_level_6)

_level_8 := _below(_level_7)

_below(level) := {path: {"module": call.module, "call": call, "path": path} |
	some above, m in level
	some name, call in m.module.module_calls
	path := _joined(above, concat("", ["module.", name]))
}
