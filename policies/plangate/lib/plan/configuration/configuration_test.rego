package plangate.lib.plan.configuration_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.plan.configuration

test_unset if {
	every expressions in [
		{},
		{"a": {"constant_value": null}},
		{"a": {"constant_value": ""}},
		{"a": fixture.refers(["var.nothing"])},
		{"a": fixture.refers(["var.empty"])},
		{"a": fixture.refers(["var.nothing", "var.empty"])},
		{"a": fixture.refers(["var.undeclared"])},
	] {
		_unset(expressions, ["a"])
	}
}

test_not_unset if {
	every expressions in [
		{"a": {"constant_value": "x"}},
		{"a": {"constant_value": false}},
		{"a": {"references": []}},
		{"a": {}},
		{"a": fixture.refers(["var.text"])},
		{"a": fixture.refers(["var.off"])},
		{"a": fixture.refers(["var.nothing", "aws_y.one.id"])},
		{"a": fixture.refers(["local.a"])},
		{"a": fixture.refers(["each.value"])},
		{"a": fixture.refers(["count.index"])},
	] {
		not _unset(expressions, ["a"])
	}
}

test_unset_inside_blocks if {
	_unset({"b": [{"a": {"constant_value": null}}]}, ["b", 0, "a"])
	_unset({"b": [{}]}, ["b", 0, "a"])
	_unset({"b": {"a": {"constant_value": null}}}, ["b", "a"])
	_unset({"b": [{"c": [{}]}]}, ["b", 0, "c", 0, "a"])
	_unset({"b": [{"c": [{"d": [{}]}]}]}, ["b", 0, "c", 0, "d", 0, "a"])
	_unset({"b": [{"c": [{"d": [{"e": [{}]}]}]}]}, ["b", 0, "c", 0, "d", 0, "e", 0, "a"])
	_unset({"b": [{"c": [{"d": [{"e": [{"f": [{}]}]}]}]}]}, ["b", 0, "c", 0, "d", 0, "e", 0, "f", 0, "a"])
}

test_block_that_the_configuration_does_not_show_is_not_unset if {
	every path in [["b", 0, "a"], ["b", 0, "c", 0, "a"], ["b", 0, "c", 0, "d", 0, "a"]] {
		not _unset({}, path)
	}
	not _unset({"b": [{}]}, ["b", 0, "c", 0, "a"])
}

# Sets come back in another order than they were written.
test_unset_does_not_trust_the_index if {
	every i in [0, 1, 7] {
		_unset({"b": [{"a": {"constant_value": "x"}}, {}]}, ["b", i, "a"])
		not _unset({"b": [{"a": {"constant_value": "x"}}, {"a": fixture.refers(["aws_y.one.id"])}]}, ["b", i, "a"])
		not _unset({"b": [{}, {"a": fixture.refers(["aws_y.one.id"])}]}, ["b", i, "a"])
		not _unset({"b": [{"a": {"constant_value": "x"}}]}, ["b", i, "a"])
	}
}

test_ends_in_list_are_those_of_the_block if {
	blocks := [{"a": fixture.refers(["aws_y.one.id"])}, {"c": [{"a": fixture.refers(["local.a"])}]}, {}]
	r := fixture.resource("aws_x.this", {"b": [{}, {}, {}]}, {}, {"b": blocks})
	types := [type |
		some path in [["b", 0, "a"], ["b", 1, "c", 0, "a"], ["b", 1, "a"], ["b", 2, "a"]]
		type := {end.type | some end in configuration.ends_in_list(r.change, path)}
	] with input as fixture.plan([r])
	types == [{"aws_y"}, {"local"}, set(), set()]
}

test_ends_in_list_beside_a_dynamic_block_are_all if {
	blocks := [{"a": fixture.refers(["aws_y.one.id"])}, {"a": fixture.refers(["local.a"])}]
	every written in [blocks, []] {
		r := fixture.resource("aws_x.this", {"b": [{}, {}, {}]}, {}, {"b": written})
		path := ["b", 0, "a"]
		both := configuration.ends_in_list(r.change, path) with input as fixture.plan([r])
		all := configuration.ends(r.change, path) with input as fixture.plan([r])
		both == all
	}
}

test_ends if {
	cases := [
		{"references": ["aws_y.one.id"], "ends": {["aws_y", ["", "aws_y.one", "", ""]]}},
		{"references": ["data.aws_y.one.id"], "ends": {["data.aws_y", ["", "data.aws_y.one", "", ""]]}},
		{"references": ["local.a"], "ends": {["local", ["", "local.a", "", ""]]}},
		{"references": ["module.gone.id"], "ends": {["module", ["", "module.gone", "", "id"]]}},
		{"references": ["aws_y.one.id", "aws_y.two.id"], "ends": {["aws_y", ["", "aws_y.one", "", ""]], ["aws_y", ["", "aws_y.two", "", ""]]}},
		{"references": ["aws_y.one.id", "var.text"], "ends": {["aws_y", ["", "aws_y.one", "", ""]]}},
		{"references": ["var.text"], "ends": set()},
		{"references": ["each.key"], "ends": set()},
		{"references": ["count.index"], "ends": set()},
		{"references": ["path.module"], "ends": set()},
		{"references": ["terraform.workspace"], "ends": set()},
		{"references": ["self.id"], "ends": set()},
		{"references": [], "ends": set()},
	]
	every case in cases {
		_ends({"a": fixture.refers(case.references)}, ["a"]) == case.ends
	}
	_ends({"a": {"constant_value": "x"}}, ["a"]) == set()
	_ends({}, ["a"]) == set()
}

# A conditional lists its condition and both of its branches.
test_ends_of_a_conditional if {
	_ends({"a": {"references": ["var.off", "aws_y.one.arn", "aws_y.one"]}}, ["a"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
	_ends({"a": {"references": ["aws_y.one.arn", "aws_y.one", "local.a"]}}, ["a"]) == {
		["aws_y", ["", "aws_y.one", "", ""]],
		["local", ["", "local.a", "", ""]],
	}
}

test_ends_of_what_blocks_hold if {
	one := {"a": fixture.refers(["aws_y.one.id"])}
	two := {"a": fixture.refers(["aws_y.two.id"])}
	both := {["aws_y", ["", "aws_y.one", "", ""]], ["aws_y", ["", "aws_y.two", "", ""]]}
	_ends({"b": [one, two]}, ["b", 0, "a"]) == both
	_ends({"b": [one, two]}, ["b", 1, "a"]) == both
	_ends({"b": [one, two]}, ["b"]) == both
	_ends({"b": one}, ["b", "a"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
	_ends({"b": [{"c": [one]}, {"c": [two]}]}, ["b", 0, "c", 0, "a"]) == both
	_ends({"b": [{"c": [{"d": [one]}]}]}, ["b", 0, "c", 0, "d", 0, "a"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
	_ends({"b": [{"c": [{"d": [one]}]}]}, ["b"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
}

test_constants_are_no_references if {
	constant := {"a": {"constant_value": "aws_y.two.id"}}
	_ends({"b": [object.union(constant, {"c": fixture.refers(["aws_y.one.id"])})]}, ["b"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
}

test_ends_of_a_block_with_an_attribute_called_references if {
	_ends({"b": {"references": fixture.refers(["aws_y.one.id"])}}, ["b"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
}

test_ends_of_an_attribute_written_as_one_expression if {
	_ends({"b": fixture.refers(["aws_y.one.id"])}, ["b", 0, "a"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
	_ends({"b": [{"c": fixture.refers(["aws_y.one.id"])}]}, ["b", 0, "c", 0, "a"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
}

test_ends_of_deep_blocks if {
	inner := {"a": fixture.refers(["aws_y.one.id"])}
	_ends({"b": [{"c": [{"d": [{"e": [inner]}]}]}]}, ["b", 0, "c", 0, "d", 0, "e", 0, "a"]) == {["aws_y", ["", "aws_y.one", "", ""]]}
	_ends(
		{"b": [{"c": [{"d": [{"e": [{"f": [inner]}]}]}]}]},
		["b", 0, "c", 0, "d", 0, "e", 0, "f", 0, "a"],
	) == {["aws_y", ["", "aws_y.one", "", ""]]}
}

test_dynamic_blocks_have_no_ends if {
	_ends({}, ["b", 0, "a"]) == set()
}

test_too_deep_or_odd_paths_have_no_ends if {
	every path in [[], [0], ["b", 0, "c", 0, "d", 0, "e", 0, "f", 0, "g", 0, "a"]] {
		_ends({"a": fixture.refers(["aws_y.one.id"]), "b": [{}]}, path) == set()
		not _unset({"b": [{}]}, path)
	}
}

test_switched_off if {
	every references in [["var.off"], ["var.off", "aws_y.one.id"]] {
		_switched_off(references)
	}
	every references in [["var.on"], ["var.nothing", "aws_y.one.id"], ["var.text"], ["aws_y.one.id"], ["local.off"], []] {
		not _switched_off(references)
	}
}

test_instances if {
	_instances(["aws_y.one.id"]) == {"aws_y.one"}
	_instances(["aws_y.one.id", "aws_y.two.id", "aws_w.one.id"]) == {"aws_y.one", "aws_y.two"}
	_instances(["aws_y.many"]) == {`aws_y.many["a"]`, `aws_y.many["b"]`}
	_instances([`aws_y.many["a"].id`]) == {`aws_y.many["a"]`}
	_instances([`aws_y.many["c"].id`]) == set()
	_instances(["data.aws_y.one.id"]) == set()
	_instances(["local.a"]) == set()
	_instances(["var.text"]) == set()
}

# Of `module.m[each.key].one` only `module.m` is left, which may as well be the other.
test_instances_of_a_module_without_its_output if {
	cases := [
		{"references": ["module.two", "each.key"], "after": {}, "meant": set()},
		{"references": ["module.two", "each.key", "aws_y.one.id"], "after": {}, "meant": {"aws_y.one"}},
		{"references": ["module.two.a", "module.two"], "after": {}, "meant": {"module.two.aws_y.a"}},
		{"references": ["module.two.a", "module.two.b", "module.two"], "after": {}, "meant": {"module.two.aws_y.a", "module.two.aws_y.b"}},
		{"references": ["module.one", "each.key"], "after": {}, "meant": {`module.one["k"].aws_y.a`, `module.one["l"].aws_y.a`}},
		{"references": ["module.two", "each.key"], "after": {"id": "name-b"}, "meant": {"module.two.aws_y.b"}},
		{"references": ["module.two", "each.key"], "after": {"id": "name-c"}, "meant": set()},
		{"references": ["module.two", "each.key"], "after": {"id": ["name-b"]}, "meant": set()},
	]
	got := [{t.address | some t in found} |
		some case in cases
		r := fixture.resource("aws_x.this", case.after, {}, {"id": {"references": case.references}})
		found := configuration.instances(r.change, ["id"], "aws_y") with input as _in_modules(r)
	]
	got == [case.meant | some case in cases]
}

# A conditional whose value is known says which of its branches that is.
test_instances_with_a_known_value if {
	every name in ["arn", "bucket", "id", "name"] {
		r := fixture.resource("aws_x.this", {"a": "v"}, {}, {"a": fixture.refers(["aws_y.one.id", "aws_y.two.id"])})
		found := configuration.instances(r.change, ["a"], "aws_y") with input as fixture.plan([
			r,
			fixture.known("aws_y.one", {name: "u"}),
			fixture.known("aws_y.two", {name: "v"}),
		])
		{t.address | some t in found} == {"aws_y.two"}
	}
}

test_literals if {
	_literals({"a": {"constant_value": "x"}}, ["a"]) == {"x"}
	_literals({"a": {"constant_value": false}}, ["a"]) == {false}
	_literals({"b": [{"a": {"constant_value": "x"}}, {"a": {"constant_value": "y"}}, {}]}, ["b", 0, "a"]) == {"x", "y"}
	every expressions in [{}, {"a": {"constant_value": null}}, {"a": {}}, {"a": fixture.refers(["var.text"])}] {
		_literals(expressions, ["a"]) == set()
	}
}

test_resource_that_the_configuration_does_not_show if {
	r := fixture.resource("aws_x.this", {}, {"a": true}, {}).change
	document := {"resource_changes": [r], "configuration": {"root_module": {"resources": []}}}
	configuration.ends(r, ["a"]) == set() with input as document
	configuration.literals(r, ["a"]) == set() with input as document
	not configuration.unset(r, ["a"]) with input as document
	not configuration.switched_off(r, ["a"]) with input as document
}

_with(expressions) := fixture.resource("aws_x.this", {}, {}, expressions)

_refers(references) := _with({"a": fixture.refers(references)})

_unset(expressions, path) if {
	configuration.unset(_with(expressions).change, path) with input as _plan(_with(expressions))
}

_switched_off(references) if {
	configuration.switched_off(_refers(references).change, ["a"]) with input as _plan(_refers(references))
}

_ends(expressions, path) := ends if {
	ends := {[end.type, end.node] | some end in configuration.ends(_with(expressions).change, path)} with input as _plan(_with(expressions))
}

_instances(references) := addresses if {
	r := _refers(references)
	addresses := {t.address | some t in configuration.instances(r.change, ["a"], "aws_y")} with input as _plan(r)
}

_literals(expressions, path) := literals if {
	literals := configuration.literals(_with(expressions).change, path) with input as _plan(_with(expressions))
}

_plan(r) := object.union(
	fixture.plan([
		r,
		fixture.known("aws_y.one", {}),
		fixture.known("aws_y.two", {}),
		fixture.keyed("a", fixture.known("aws_y.many", {})),
		fixture.keyed("b", fixture.known("aws_y.many", {})),
	]),
	{"variables": {
		"nothing": {"value": null},
		"empty": {"value": ""},
		"text": {"value": "x"},
		"on": {"value": true},
		"off": {"value": false},
	}},
)

_in_modules(r) := fixture.plan_with_modules(
	[r, fixture.known("aws_y.one", {})],
	{
		"one": object.union(
			fixture.call({}, [_a], {"outputs": {"a": {"expression": fixture.refers(["aws_y.a.id"])}, "c": {"expression": fixture.refers(["aws_y.a.arn"])}}}),
			{"for_each_expression": {"references": ["var.keys"]}},
		),
		"two": fixture.call({}, [_a, _b], {"outputs": {
			"a": {"expression": fixture.refers(["aws_y.a.id"])},
			"b": {"expression": fixture.refers(["aws_y.b.id"])},
		}}),
	},
	[
		fixture.within("module.two", _a), fixture.within("module.two", _b),
		fixture.within(`module.one["k"]`, _a), fixture.within(`module.one["l"]`, _a),
	],
)

_a := fixture.known("aws_y.a", {"name": "name-a"})

_b := fixture.known("aws_y.b", {"name": "name-b"})
