package plangate.lib.plan.modules_boundaries_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration
import data.plangate.lib.plan.modules

test_input_of_a_module if {
	r := _refers(fixture.refers(["var.id"]))
	document := fixture.plan_with_modules(
		[_one], {"m": fixture.call({"id": fixture.refers(["aws_y.one.id"])}, [r], {})},
		[fixture.within("module.m", r)],
	)
	_targets(document, fixture.within("module.m", r)) == {"aws_y.one"}
}

test_element_of_an_input_of_a_module if {
	every reference in ["var.ids[0]", `var.ids["a"]`] {
		r := _refers({"references": [reference, "var.ids"]})
		document := fixture.plan_with_modules(
			[_one], {"m": fixture.call({"ids": fixture.refers(["aws_y.one.id"])}, [r], {})},
			[fixture.within("module.m", r)],
		)
		_targets(document, fixture.within("module.m", r)) == {"aws_y.one"}
	}
}

test_output_of_a_module if {
	document := _plan_reading(["module.m.id"], fixture.call({}, [_one], _output(["aws_y.one.id"])), [fixture.within("module.m", _one)])
	_targets(document, _refers(fixture.refers(["module.m.id"]))) == {"module.m.aws_y.one"}
}

test_output_is_read_in_its_own_module if {
	document := _plan_reading(["module.m.id"], fixture.call({}, [_one], _output(["aws_y.one.id"])), [
		_one,
		fixture.within("module.m", _one),
		fixture.within("module.other", _one),
	])
	_targets(document, _refers(fixture.refers(["module.m.id"]))) == {"module.m.aws_y.one"}
}

test_whole_module if {
	outputs := {"outputs": {
		"one": {"expression": fixture.refers(["aws_y.one.id"])},
		"two": {"expression": fixture.refers(["aws_y.two.id"])},
	}}
	document := _plan_reading(["module.m"], fixture.call({}, [_one, _two], outputs), [
		fixture.within("module.m", _one),
		fixture.within("module.m", _two),
	])
	_candidates(document, _refers({"references": ["module.m"]})) == {"module.m.aws_y.one", "module.m.aws_y.two"}
}

test_outputs_of_module_instances if {
	call := object.union(
		fixture.call({}, [_one], _output(["aws_y.one.id"])),
		{"for_each_expression": {"references": ["var.keys"]}},
	)
	inner := [fixture.within(concat("", [`module.m["`, key, `"]`]), _one) | some key in ["a", "b.c", "d|e"]]
	every references, targets in {
		[`module.m["a"].id`, `module.m["a"]`, "module.m"]: {`module.m["a"].aws_y.one`},
		[`module.m["b.c"].id`, `module.m["b.c"]`, "module.m"]: {`module.m["b.c"].aws_y.one`},
		[`module.m["d|e"].id`, `module.m["d|e"]`, "module.m"]: {`module.m["d|e"].aws_y.one`},
		[`module.m["z"].id`, `module.m["z"]`, "module.m"]: set(),
		["module.m"]: {r.change.address | some r in inner},
	} {
		document := _plan_reading(references, call, inner)
		_targets(document, _refers({"references": references})) == targets
	}
}

test_instances_with_the_same_key if {
	call := object.union(
		fixture.call({}, [_one], _output(["aws_y.one.id"])),
		{"for_each_expression": {"references": ["var.keys"]}},
	)
	r := _refers({"references": ["module.m", "each.key"]})
	document := fixture.plan_with_modules(
		[fixture.keyed("a", r), fixture.keyed("b", r)], {"m": call},
		[fixture.within(`module.m["a"]`, _one), fixture.within(`module.m["b"]`, _one)],
	)
	_targets(document, fixture.keyed("b", r)) == {`module.m["b"].aws_y.one`}
}

test_inputs_of_module_instances if {
	r := _refers(fixture.refers(["var.id"]))
	every expression in [{"references": ["aws_y.one", "each.key"]}, {"references": ["each.value.id", "each.value"]}] {
		call := object.union(
			fixture.call({"id": expression}, [r], {}),
			{"for_each_expression": {"references": ["aws_y.one"]}},
		)
		document := fixture.plan_with_modules(
			[fixture.keyed("a", _one), fixture.keyed("b", _one)], {"m": call},
			[fixture.within(`module.m["a"]`, r), fixture.within(`module.m["b"]`, r)],
		)
		_targets(document, fixture.within(`module.m["b"]`, r)) == {`aws_y.one["b"]`}
	}
}

test_siblings if {
	r := _refers(fixture.refers(["var.id"]))
	document := fixture.plan_with_modules(
		[], {
			"maker": fixture.call({}, [_one], _output(["aws_y.one.id"])),
			"user": fixture.call({"id": fixture.refers(["module.maker.id"])}, [r], {}),
		},
		[fixture.within("module.maker", _one), fixture.within("module.user", r)],
	)
	_targets(document, fixture.within("module.user", r)) == {"module.maker.aws_y.one"}
}

test_input_and_output_over_three_levels if {
	r := _refers(fixture.refers(["var.id"]))
	pass := {"id": fixture.refers(["var.id"])}
	outer := fixture.call({"id": fixture.refers(["module.x.id"])}, [], {"module_calls": {"b": fixture.call(
		pass, [],
		{"module_calls": {"c": fixture.call(pass, [r], {})}},
	)}})
	maker := fixture.call({}, [], object.union(_output(["module.y.id"]), {"module_calls": {"y": fixture.call(
		{}, [],
		object.union(_output(["module.z.id"]), {"module_calls": {"z": fixture.call(
			{}, [_one],
			_output(["aws_y.one.id"]),
		)}}),
	)}}))
	inner := [fixture.within("module.a.module.b.module.c", r), fixture.within("module.x.module.y.module.z", _one)]
	document := fixture.plan_with_modules([], {"a": outer, "x": maker}, inner)
	_targets(document, inner[0]) == {"module.x.module.y.module.z.aws_y.one"}
}

# A module that only passes on what it is given holds no resources, so no address shows it.
test_module_without_resources if {
	through := fixture.call({"id": fixture.refers(["aws_y.one.id"])}, [], _output(["var.id"]))
	document := object.union(
		_plan_reading(["module.m.id"], through, []),
		{"resource_changes": array.concat([_refers(fixture.refers(["module.m.id"])).change], [_one.change])},
	)
	_targets(document, _refers(fixture.refers(["module.m.id"]))) == {"aws_y.one"}
}

test_module_without_instances if {
	every expression in [{"count_expression": {"constant_value": 0}}, {"for_each_expression": {"references": ["var.keys"]}}] {
		call := object.union(fixture.call({}, [_one], _output(["aws_y.one.id"])), expression)
		document := _plan_reading(["module.m.id"], call, [])
		_ends(document, _refers(fixture.refers(["module.m.id"]))) == {["module", ["", "module.m", "", "id"]]}
	}
}

test_inputs_that_are_constants if {
	every value, leaf in {null: "=null", "": "=null", false: "=false", true: "=true", "x": "=true", 7: "=true", {"a": 1}: "=true"} {
		_input_leaves({"id": {"constant_value": value}}, {}) == {leaf}
	}
	_input_leaves({"id": {}}, {}) == {"=true"}
}

test_inputs_that_are_left_out if {
	every value, leaf in {null: "=null", "": "=null", false: "=false", "x": "=true", ["x"]: "=true"} {
		_input_leaves({}, {"id": {"default": value}}) == {leaf}
	}
	_input_leaves({}, {"id": {}}) == {"=null"}
}

test_inputs_come_before_defaults if {
	_input_leaves({"id": {"constant_value": "x"}}, {"id": {"default": null}}) == {"=true"}
	_input_leaves({"id": fixture.refers(["aws_y.one.id"])}, {"id": {"default": false}}) == {"aws_y.one"}
	_input_leaves({"id": fixture.refers(["var.root"])}, {"id": {"default": false}}) == {"var.root"}
	_input_leaves({"id": fixture.refers(["local.root"])}, {}) == {"local.root"}
	_input_leaves({"id": {"references": []}}, {}) == set()
}

test_outputs_that_are_constants if {
	call := fixture.call({}, [], {"outputs": {
		"id": {"expression": {"constant_value": "x"}},
		"off": {"expression": {"constant_value": false}},
		"nothing": {"expression": {"constant_value": null}},
	}})
	every name, leaf in {"id": "=true", "off": "=false", "nothing": "=null"} {
		reference := concat(".", ["module.m", name])
		document := _plan_reading([reference], call, [])
		_leaves(document, {["", "module.m", "", name]}) == {leaf}
	}
	off := _refers(fixture.refers(["module.m.off"]))
	configuration.switched_off(off.change, ["id"]) with input as _plan_reading(["module.m.off"], call, [])
	nothing := _refers(fixture.refers(["module.m.nothing"]))
	configuration.unset(nothing.change, ["id"]) with input as _plan_reading(["module.m.nothing"], call, [])
}

test_output_that_does_not_exist if {
	document := _plan_reading(["module.m.other"], fixture.call({}, [_one], _output(["aws_y.one.id"])), [])
	_ends(document, _refers(fixture.refers(["module.m.other"]))) == {["module", ["", "module.m", "", "other"]]}
}

test_unset_through_a_module if {
	_unset_inside({"id": {"constant_value": null}}, {})
	_unset_inside({"id": fixture.refers(["var.nothing"])}, {})
	_unset_inside({}, {"id": {"default": null}})
	not _unset_inside({"id": {"constant_value": "x"}}, {})
	not _unset_inside({}, {"id": {"default": "x"}})
	not _unset_inside({"id": fixture.refers(["aws_y.one.id"])}, {})
}

test_eight_levels_are_followed if {
	r := _refers(fixture.refers(["var.id"]))
	place := concat(".", ["module.a" | some _ in numbers.range(1, 8)])
	inner := fixture.within(place, r)
	document := fixture.plan_with_modules([_one], {"a": _nested_8(r)}, [inner])
	_targets(document, inner) == {"aws_y.one"}
}

test_nine_levels_are_undecided if {
	r := _refers(fixture.refers(["var.id"]))
	place := concat(".", ["module.a" | some _ in numbers.range(1, 9)])
	inner := fixture.within(place, r)
	pass := {"id": fixture.refers(["aws_y.one.id"])}
	document := fixture.plan_with_modules(
		[_one],
		{"a": fixture.call(pass, [], {"module_calls": {"a": _nested_8(r)}})},
		[inner],
	)
	_targets(document, inner) == set()
	plan.unknown(inner.change, ["id"]) with input as document
	not plan.settled(inner.change, ["id"], {"aws_y"}) with input as document
}

_one := fixture.known("aws_y.one", {})

_two := fixture.known("aws_y.two", {})

_refers(expression) := fixture.resource("aws_x.this", {}, {"id": true}, {"id": expression})

_output(references) := {"outputs": {"id": {"expression": fixture.refers(references)}}}

_plan_reading(references, call, inner) := fixture.plan_with_modules(
	[_refers({"references": references})],
	{"m": call}, inner,
)

# What the leaves are called; all of them are of the root module.
_leaves(document, start) := {leaf[1] | some leaf in leaves; leaf[0] == ""} if {
	leaves := modules.leaves(start) with input as document
}

_input_leaves(expressions, variables) := _leaves(
	fixture.plan_with_modules(
		[],
		{"m": fixture.call(expressions, [], {"variables": variables})},
		[],
	),
	{["module.m", "var.id", "", ""]},
)

_unset_inside(expressions, variables) if {
	r := _refers(fixture.refers(["var.id"]))
	inner := fixture.within("module.m", r)
	document := fixture.plan_with_modules(
		[],
		{"m": fixture.call(expressions, [r], {"variables": variables})},
		[inner],
	)
	configuration.unset(inner.change, ["id"]) with input as document
}

_targets(document, r) := targets if {
	targets := plan.targets(r.change, ["id"], "aws_y") with input as document
}

_candidates(document, r) := targets if {
	targets := plan.targets_of(r.change, ["id"], {"aws_y"}) with input as document
}

_ends(document, r) := ends if {
	ends := {[end.type, end.node] | some end in configuration.ends(r.change, ["id"])} with input as document
}

# Eight calls of modules called `a`, the innermost with a resource, each handing `id` on.
_nested_8(r) := _calling(["aws_y.one.id"], _calling(["var.id"], _calling(["var.id"], _calling(["var.id"], _nested_4(r)))))

_nested_4(r) := _calling(["var.id"], _calling(["var.id"], _calling(["var.id"], fixture.call(
	{"id": fixture.refers(["var.id"])},
	[r], {},
))))

_calling(references, call) := fixture.call({"id": fixture.refers(references)}, [], {"module_calls": {"a": call}})
