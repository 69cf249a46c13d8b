# METADATA
# title: Module instances and what leads from one to another
# description: >-
#   Nodes are `[module instance, name, key, output]`, as `["module.m", "aws_y.one", "[0]", ""]`; a variable leads to the
#   expressions of the calling module, an output to the expressions inside the called one. Both are followed when somebody
#   asks, and what each module hands in and out is read once however many instances it has.
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
declared(instance, r) := _declared[instances[instance].path][_base(r)]

# METADATA
# description: The types of which the configuration gives some resource a write-only attribute, whose name ends in `_wo`.
write_only := {split(address, ".")[0] |
	some resources in _declared
	some address, resource in resources
	some name, _ in resource.expressions
	endswith(name, "_wo")
}

# METADATA
# description: The types of which the configuration gives some resource a provisioner.
provisioned := {split(address, ".")[0] |
	some resources in _declared
	some address, resource in resources
	resource.provisioners
}

# METADATA
# description: >-
#   What the configuration declares of data sources, as `{"address", "expressions"}`: at the module's path, however many
#   instances it has.
declared_data := [{"address": _joined(path, address), "expressions": object.get(resource, "expressions", {})} |
	some path, resources in _declared
	some address, resource in resources
	startswith(address, "data.")
]

# METADATA
# description: >-
#   The references of an expression taken apart, `{"parts": [["type.name", "[key]", output]], "keyed"}`. Terraform lists
#   each reference longest first and then its parents, which say nothing new. `each.value` stands for what `for_each`
#   refers to.
parse(references, each) := {"parts": parts, "keyed": _beside_key(references)} if {
	all := _with(references, each)
	parts := [part |
		some i, reference in all
		not _parent_of_previous(all, i)
		part := _part(reference)
	]
}

# METADATA
# description: >-
#   The nodes that parsed references stand for, seen from a module instance. Beside `each.key` or `count.index` a resource
#   or module without a key is the instance with the same key, if there is one.
nodes(instance, parsed, key) := {_beside(instance, part, key) | some part in parsed.parts} if {
	parsed.keyed
} else := {[instance, part[0], part[1], part[2]] | some part in parsed.parts}

# METADATA
# description: The nodes at which a set of nodes ends when module inputs and outputs are followed.
leaves(start) := start if {
	_ended(start)
} else := _then(_step(start))

# METADATA
# description: >-
#   Whether a module as a whole stands among nodes or within four steps from them: everything that comes out of it is then
#   among their leaves.
vague(nodes) if _has_module(nodes)

vague(nodes) if _has_module(_step(nodes))

vague(nodes) if _has_module(_step(_step(nodes)))

vague(nodes) if _has_module(_step(_step(_step(nodes))))

vague(nodes) if _has_module(_step(_step(_step(_step(nodes)))))

_has_module(nodes) if {
	some node in nodes
	startswith(node[1], "module.")
	node[3] == ""
}

# METADATA
# description: >-
#   What a leaf is: a resource type, `data.<type>`, `var` for a variable of the root module, `constant`, `local`,
#   `module` for a module that cannot be followed.
type_of(leaf) := _type(split(leaf[1], "."))

# METADATA
# description: Whether a node is a resource of this type, or of `data.<type>`.
is_of(leaf, type) if startswith(leaf[1], concat("", [type, "."]))

# METADATA
# description: The value of a leaf that is a constant or a variable of the root module, null included.
constant(leaf) := _values[leaf[1]]

constant(leaf) := object.get(plan.variables, [name, "value"], null) if {
	leaf[0] == ""
	startswith(leaf[1], "var.")
	name := concat("", [trim_prefix(leaf[1], "var."), leaf[2]])
}

# METADATA
# description: The resources of the plan that a leaf names, all instances when it names none.
resources_at(leaf) := [r] if {
	r := plan.document.resource_changes[_exact[_place(leaf)]]
} else := [r |
	some i in _every[_place(leaf)]
	r := plan.document.resource_changes[i]
]

# METADATA
# description: Module instances by address, the root under the empty string, as `{"module", "call", "path", "parent", "key"}`.
instances := object.union_n([_root, _shown, _silent_1, _silent_2, _silent_3])

# METADATA
# description: What begins a reference to something that every plan knows, or to something that stands for another.
always_known := {"count", "each", "path", "self", "terraform"}

_values := {"=null": null, "=false": false, "=true": true}

_parent_of_previous(references, i) if {
	startswith(references[i - 1], references[i])
	_goes_on(trim_prefix(references[i - 1], references[i]))
}

_goes_on(rest) if startswith(rest, ".")

_goes_on(rest) if startswith(rest, "[")

_beside_key(references) if {
	some reference in references
	_of_iteration(reference)
} else := false

_of_iteration(reference) if startswith(reference, "each.")

_of_iteration(reference) if startswith(reference, "count.index")

_with(references, each) := array.concat(references, each) if {
	some reference in references
	startswith(reference, "each.value")
} else := references

# A key may hold anything, so it takes a pattern to find its end.
_part(reference) := part if {
	contains(reference, "[")
	[_, name, key, attribute] := regex.find_all_string_submatch_n(_reference, reference, 1)[0]
	segments := split(name, ".")
	not always_known[segments[0]]
	part := [name, key, _output(segments, attribute)]
} else := [_name(segments), "", _output(segments, _attribute(segments))] if {
	not contains(reference, "[")
	segments := split(reference, ".")
	count(segments) > 1
	not always_known[segments[0]]
}

_reference := `^((?:data\.)?[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)(\[(?:"(?:[^"\\]|\\.)*"|[0-9]+)\])?(?:\.([A-Za-z0-9_-]+))?`

_name(segments) := concat(".", array.slice(segments, 0, 3)) if {
	segments[0] == "data"
} else := concat(".", [segments[0], segments[1]])

_attribute(segments) := segments[2] if {
	count(segments) > 2
} else := ""

_output(segments, attribute) := attribute if {
	segments[0] == "module"
} else := ""

_type(segments) := concat(".", ["data", segments[1]]) if {
	segments[0] == "data"
} else := "constant" if {
	startswith(segments[0], "=")
} else := segments[0]

_beside(instance, part, key) := [instance, part[0], key, part[2]] if {
	part[1] == ""
	key != ""
	_exists(_place([instance, part[0], key, ""]))
} else := [instance, part[0], part[1], part[2]]

_exists(address) if _exact[address]

_exists(address) if instances[address]

# The address of what a node names.
_place(node) := concat("", [node[1], node[2]]) if {
	node[0] == ""
} else := concat("", [node[0], ".", node[1], node[2]])

# Resources by address. Each index is a whole document: asked for by key, OPA's interpreter would evaluate a partial rule
# again for each one.
_exact := {r.address: i |
	some i, r in plan.document.resource_changes
	not r.deposed
}

# Those that have a key by their address without it: where there is none, they are among the exact ones.
_every := group.by_key([[place, i] |
	some i, r in plan.document.resource_changes
	endswith(r.address, "]")
	not r.deposed
	base := _base(r)
	_tail(r) != base
	place := _place([object.get(r, "module_address", ""), base, ""])
])

_tail(r) := trim_prefix(r.address, concat("", [r.module_address, "."])) if {
	r.module_address
} else := r.address

_base(r) := concat(".", ["data", r.type, r.name]) if {
	r.mode == "data"
} else := concat(".", [r.type, r.name])

_declared := {path: resources |
	some path, m in tree
	resources := {resource.address: resource | some resource in m.module.resources}
}

_ended(nodes) if {
	every node in nodes {
		not _passes(node)
	}
}

_passes(node) if startswith(node[1], "module.")

_passes(node) if {
	startswith(node[1], "var.")
	node[0] != ""
}

# Nearly everything ends after a step or two. There is no recursion: 32 steps lead up and down through all levels.
_then(nodes) := nodes if {
	_ended(nodes)
} else := _finally(_step(nodes))

_finally(nodes) := nodes if {
	_ended(nodes)
} else := _eight(_eight(_eight(_eight(nodes))))

_eight(nodes) := _step(_step(_step(_step(_step(_step(_step(_step(nodes))))))))

_step(nodes) := {next |
	some node in nodes
	some next in _next(node)
}

# From an input to the calling module, from an output to inside the instance, from a module as a whole to all its outputs.
_next(node) := next if {
	startswith(node[1], "var.")
	m := instances[node[0]]
	source := _interfaces[m.path].inputs[trim_prefix(node[1], "var.")]
	next := _seen_from(m.parent, source, m.key)
} else := next if {
	startswith(node[1], "module.")
	next := _inside(node)
} else := {node}

_inside(node) := next if {
	node[3] != ""
	instance := _place(node)
	source := _interfaces[instances[instance].path].outputs[node[3]]
	next := _seen_from(instance, source, "")
} else := {[node[0], node[1], key, ""] | some key in _keys[_place(node)]} if {
	node[3] == ""
	_keys[_place(node)]
} else := {[node[0], node[1], node[2], name] | some name, _ in _interfaces[instances[_place(node)].path].outputs} if {
	node[3] == ""
	instances[_place(node)].call
}

# The keys of the instances that a module without one stands for.
_keys := group.by_key([[module, segments[depth][2]] |
	some depth in numbers.range(0, 7)
	some segments in _paths
	segments[depth][2] != ""
	module := _joined(_address(segments, depth), concat("", ["module.", segments[depth][1]]))
])

_seen_from(_, source, _) := {source.node} if source.node

_seen_from(instance, source, key) := nodes(instance, source.parsed, key) if source.parsed

# What leads into and out of each module of the configuration.
_interfaces := {path: {"inputs": inputs, "outputs": outputs} |
	some path, m in tree
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

_constant_node(value) := ["", "=null", "", ""] if value in {null, ""}

_constant_node(false) := ["", "=false", "", ""]

_constant_node(value) := ["", "=true", "", ""] if not value in {null, false, ""}

# Module instances that the addresses of the plan show.
_shown := {instance: m |
	some segments in _paths
	some depth, segment in segments
	path := concat(".", [concat("", ["module.", s[1]]) | some s in array.slice(segments, 0, depth + 1)])
	instance := _address(segments, depth + 1)
	m := {
		"module": tree[path].module,
		"call": tree[path].call,
		"path": path,
		"parent": _address(segments, depth),
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
		"key": "",
	}
}

_joined("", segment) := segment

_joined(parent, segment) := concat(".", [parent, segment]) if parent != ""

_address(segments, depth) := concat(".", [s[0] | some s in array.slice(segments, 0, depth)])

# The module addresses of the plan, taken apart into `[segment, name, "[key]" or ""]`, in order.
_paths := [_segments(r.module_address) |
	some i, r in plan.document.resource_changes
	r.module_address
	not plan.document.resource_changes[i - 1].module_address == r.module_address
]

# Where no key can hold what separates segments, there is no need for a pattern.
_segments(address) := [_segment_of(part) | some part in parts] if {
	startswith(address, "module.")
	not contains(address, `\`)
	parts := split(trim_prefix(address, "module."), ".module.")
	every part in parts {
		_whole(part)
	}
} else := regex.find_all_string_submatch_n(_segment, address, -1)

_whole(part) if not contains(part, `["`)

_whole(part) if endswith(part, `"]`)

_segment_of(part) := [concat("", ["module.", part]), name, trim_prefix(part, name)] if {
	name := split(part, "[")[0]
}

_segment := `module\.([A-Za-z0-9_-]+)(\[(?:"(?:[^"\\]|\\.)*"|[0-9]+)\])?`

_root := {"": {"module": plan.document.configuration.root_module, "call": false, "path": ""}}

# METADATA
# description: >-
#   The modules of the configuration by path, the root under the empty string, as `{"module", "call", "path"}`. Rego has no
#   recursion: eight levels of modules are followed, what lies deeper stays undecided.
tree := object.union_n([_root, _level_1, _level_2, _level_3, _level_4, _level_5, _level_6, _level_7, _level_8])

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
