package plangate.lib.plan_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.plan

test_document_bare_and_in_a_run if {
	bare := fixture.plan([_this])
	_is(plan.document, bare) with input as bare
	_is(plan.document, bare) with input as {"plan": bare, "run": {"id": "run-1"}}
	every odd in [null, "x", []] {
		plan.document == object.union(bare, {"plan": odd}) with input as object.union(bare, {"plan": odd})
	}
}

test_resources_in_a_run if {
	addresses := {r.address | some r in plan.resources.aws_x} with input as {"plan": fixture.plan([_this]), "run": {}}
	addresses == {"aws_x.this"}
}

test_resources_by_type if {
	plan.resources == {
		"aws_x": [_this.change, fixture.known("aws_x.that", {}).change],
		"aws_y": [fixture.known("aws_y.this", {}).change],
	} with input as fixture.plan([
		_this,
		fixture.known("aws_y.this", {}),
		fixture.known("aws_x.that", {}),
		fixture.known("data.aws_x.read", {}),
	])
}

test_data_sources_by_type if {
	plan.data_sources == {"aws_x": [fixture.known("data.aws_x.read", {}).change]} with input as fixture.plan([
		_this,
		fixture.known("data.aws_x.read", {}),
	])
}

test_resources_that_stay if {
	every actions in [["no-op"], ["create"], ["update"], ["delete", "create"], ["create", "delete"], ["create", "forget"]] {
		_listed(actions).resources == {"aws_x.this"}
	}
}

test_resources_that_go if {
	every actions in [["delete"], ["forget"]] {
		_listed(actions).resources == set()
	}
}

test_removed if {
	every actions in [["delete"], ["delete", "create"], ["create", "delete"]] {
		_listed(actions).removed == {"aws_x.this"}
	}
	every actions in [["no-op"], ["create"], ["update"], ["forget"], ["create", "forget"]] {
		_listed(actions).removed == set()
	}
}

test_removed_leaves_data_sources_out if {
	source := _acting(["delete"], fixture.known("data.aws_x.read", {}))
	_none(plan.removed) with input as fixture.plan([source])
	_none(plan.data_sources) with input as fixture.plan([source])
}

test_deposed_objects_do_not_stay if {
	deposed := object.union(_this, {"change": {"deposed": "5d725cb3", "change": {"actions": ["delete"]}}})
	forgotten := object.union(deposed, {"change": {"deposed": "0a11bcd2", "change": {"actions": ["forget"]}}})
	odd := object.union(deposed, {"change": {"deposed": "77aabbcc", "change": {"actions": ["no-op"]}}})
	plan.resources == {"aws_x": [_this.change]} with input as fixture.plan([deposed, _this, forgotten, odd])
}

test_known if {
	every value in [0, 1, false, true, "text", [], {}, [null]] {
		r := fixture.known("aws_x.this", {"a": value, "b": [{"c": value}]}).change
		plan.known(r, ["a"]) == value
		plan.known(r, ["b", 0, "c"]) == value
	}
}

test_not_known if {
	every value in [null, ""] {
		r := fixture.known("aws_x.this", {"a": value, "b": [{"c": value}]}).change
		every path in [["a"], ["b", 0, "c"], ["b", 1], ["b", "c"], ["a", "c"], ["z"], ["z", 0, "c"]] {
			not _known(r, path)
		}
	}
}

test_computed if {
	r := fixture.resource(
		"aws_x.this", {}, {
			"whole": true,
			"off": false,
			"list": [{"in": true, "off": false}],
			"elements": [true, false],
		},
		{},
	).change
	every path in [
		["whole"], ["whole", 0, "in"], ["list", 0, "in"], ["list", 0, "in", 0, "deep"],
		["elements", 0], ["elements", 0, "in"],
	] {
		plan.computed(r, path)
	}
	every path in [
		["off"], ["list"], ["list", 0], ["list", 0, "off"], ["list", 1, "in"], ["list", "in"],
		["elements"], ["elements", 1], ["none"], ["none", 0, "in"],
	] {
		not plan.computed(r, path)
	}
}

# Known, absent or unknown: each attribute is exactly one of them.
test_each_attribute_has_one_answer if {
	cases := [
		{"after": {"a": "x"}, "unknown": {}, "expressions": {"a": {"constant_value": "x"}}, "answer": {"known"}},
		{"after": {"a": false}, "unknown": {}, "expressions": {"a": {"constant_value": false}}, "answer": {"known"}},
		{"after": {"a": "x"}, "unknown": {}, "expressions": {}, "answer": {"known"}},
		{"after": {}, "unknown": {}, "expressions": {}, "answer": {"absent"}},
		{"after": {"a": null}, "unknown": {}, "expressions": {}, "answer": {"absent"}},
		{"after": {"a": ""}, "unknown": {}, "expressions": {"a": {"constant_value": ""}}, "answer": {"absent"}},
		{"after": {"a": null}, "unknown": {}, "expressions": _refers(["aws_y.z.id"]), "answer": {"absent"}},
		{"after": {}, "unknown": {"a": true}, "expressions": {}, "answer": {"absent"}},
		{"after": {}, "unknown": {"a": true}, "expressions": {"a": {"constant_value": null}}, "answer": {"absent"}},
		{"after": {}, "unknown": {"a": true}, "expressions": {"a": {"constant_value": ""}}, "answer": {"absent"}},
		{"after": {}, "unknown": {"a": true}, "expressions": _refers(["var.nothing"]), "answer": {"absent"}},
		{"after": {}, "unknown": {"a": true}, "expressions": _refers(["var.text"]), "answer": {"unknown"}},
		{"after": {}, "unknown": {"a": true}, "expressions": _refers(["aws_y.z.id"]), "answer": {"unknown"}},
		{"after": {}, "unknown": {"a": true}, "expressions": {"a": {"references": []}}, "answer": {"unknown"}},
		{"after": {}, "unknown": {"a": true}, "expressions": {"a": {}}, "answer": {"unknown"}},
	]
	every case in cases {
		_answer(case, ["a"]) == case.answer
	}
}

test_block_that_is_computed_and_not_configured_may_be_dynamic if {
	_answer({"after": {}, "unknown": {"a": true}, "expressions": {}}, ["a", 0, "b"]) == {"unknown"}
	_answer({"after": {"a": [{}]}, "unknown": {"a": [{"b": true}]}, "expressions": {}}, ["a", 0, "b"]) == {"unknown"}
	_answer({"after": {"a": []}, "unknown": {}, "expressions": {}}, ["a", 0, "b"]) == {"absent"}
}

test_settled if {
	every references in [["aws_y.z.id"], ["aws_y.z.id", "aws_w.z.id"], ["aws_y.z.id", "var.text"], ["aws_y.z"]] {
		_settled(references)
	}
}

test_not_settled if {
	every references in [
		[],
		["var.text"],
		["local.y"],
		["data.aws_y.z.id"],
		["aws_other.z.id"],
		["aws_y.z.id", "aws_other.z.id"],
		["aws_y.z.id", "local.y"],
		["aws_y.z.id", "var.off"],
		["module.gone.id"],
	] {
		not _settled(references)
	}
}

test_known_value_is_not_settled if {
	r := fixture.resource("aws_x.this", {"a": "x"}, {}, _refers(["aws_y.z.id"]))
	not plan.settled(r.change, ["a"], {"aws_y"}) with input as fixture.plan([r])
}

test_blocks if {
	_blocks([{"b": 1}, {"b": 2}]) == [{"path": ["a", 0], "value": {"b": 1}}, {"path": ["a", 1], "value": {"b": 2}}]
	_blocks({"b": 1}) == [{"path": ["a"], "value": {"b": 1}}]
	every value in [[], null, "", "text", 7, true] {
		_blocks(value) == []
	}
	plan.blocks(fixture.known("aws_x.this", {}).change, ["a"]) == []
	plan.blocks(fixture.known("aws_x.this", {"a": [{"b": [{}]}]}).change, ["a", 0, "b"]) == [{"path": ["a", 0, "b", 0], "value": {}}]
}

test_targets if {
	target := fixture.known("aws_y.z", {})
	r := fixture.resource("aws_x.this", {}, {"a": true}, _refers(["aws_y.z.id", "aws_w.z.id"]))
	targets := {type: plan.targets(r.change, ["a"], type) | some type in ["aws_y", "aws_w", "aws_x"]} with input as fixture.plan([
		r,
		target,
		fixture.known("aws_y.other", {}),
	])
	targets == {"aws_y": {"aws_y.z"}, "aws_w": set(), "aws_x": set()}
}

# A conditional lists both of its branches.
test_target_is_of_one_declared_resource if {
	resources := [
		fixture.resource("aws_x.this", {}, {}, {
			"one": fixture.refers(["var.swap", "aws_y.z.id"]),
			"either": fixture.refers(["var.swap", "aws_y.z.id", "aws_y.other.id"]),
			"many": fixture.refers(["aws_y.many"]),
		}),
		fixture.known("aws_y.z", {}),
		fixture.known("aws_y.other", {}),
		fixture.keyed("a", fixture.known("aws_y.many", {})),
		fixture.keyed("b", fixture.known("aws_y.many", {})),
	]
	r := resources[0].change
	[plan.target(r, [name], "aws_y") | some name in ["one", "either", "many", "none"]] == [
		{"aws_y.z"},
		set(),
		{`aws_y.many["a"]`, `aws_y.many["b"]`},
		set(),
	] with input as fixture.plan(resources)
}

test_targets_of_several_types if {
	resources := [
		fixture.resource("aws_x.this", {}, {"a": true}, _refers(["aws_y.z.id", "aws_w.z.id", "data.aws_y.z.id"])),
		fixture.known("aws_y.z", {}),
		fixture.known("aws_w.z", {}),
		fixture.known("data.aws_y.z", {}),
		fixture.known("aws_y.other", {}),
	]
	r := resources[0].change
	[plan.targets_of(r, ["a"], types) |
		some types in [{"aws_y"}, {"aws_y", "aws_w", "aws_x"}, {"data.aws_y"}, {"aws_x"}]
	] == [{"aws_y.z"}, {"aws_y.z", "aws_w.z"}, {"data.aws_y.z"}, set()] with input as fixture.plan(resources)
}

test_vague if {
	vague := {name |
		some name in ["direct", "whole", "handed", "output", "none"]
		plan.vague(_user.change, [name]) with input as _nested
	}
	vague == {"whole", "handed"}
}

_user := fixture.within("module.user", fixture.resource("aws_x.this", {}, {}, {
	"direct": _refers(["aws_y.z.id"]),
	"whole": {"references": ["module.inner", "each.key"]},
	"handed": _refers(["var.whole"]),
	"output": _refers(["var.output"]),
}))

_nested := fixture.plan_with_modules(
	[],
	{
		"inner": fixture.call({}, [], {"outputs": {"a": {"expression": _refers(["aws_y.z.id"])}}}),
		"user": fixture.call(
			{"whole": {"references": ["module.inner", "each.key"]}, "output": _refers(["module.inner.a"])},
			[_user], {},
		),
	},
	[_user],
)

test_variables_have_value_and_declaration if {
	plan.variables == {
		"given": {"default": "x", "sensitive": true, "value": "y"},
		"declared": {"default": "x"},
		"undeclared": {"value": 1},
	} with input as {
		"variables": {"given": {"value": "y"}, "undeclared": {"value": 1}},
		"configuration": {"root_module": {"variables": {
			"given": {"default": "x", "sensitive": true},
			"declared": {"default": "x"},
		}}},
	}
}

# None of these may end the evaluation with an error.
test_odd_plans_have_nothing if {
	every document in [
		{}, [], "plan", null,
		{"plan": null},
		{"plan": {}},
		{"resource_changes": null},
		{"resource_changes": []},
		{"resource_changes": [{}]},
		{"resource_changes": [null, 1, "x", []]},
		{"resource_changes": [{"mode": "managed", "type": "aws_x"}]},
		{"resource_changes": [{"mode": "managed", "type": "aws_x", "change": null}]},
		{"resource_changes": {}, "configuration": {}},
	] {
		_none(plan.resources) with input as document
		_none(plan.data_sources) with input as document
		_none(plan.removed) with input as document
	}
	_none(plan.resources)
}

test_no_variables if {
	every document in [{}, {"variables": {}}, {"configuration": {}}, {"configuration": null}] {
		plan.variables == {} with input as document
	}
}

test_odd_resources_are_absent if {
	every change in [{}, {"after": null}, {"after": []}, {"after": "x", "after_unknown": "x"}, {"after": {}, "after_unknown": null}] {
		r := {"address": "aws_x.this", "mode": "managed", "type": "aws_x", "name": "this", "change": change}
		not _known(r, ["a"])
		not plan.computed(r, ["a"])
		plan.blocks(r, ["a"]) == []
	}
}

test_resource_without_configuration if {
	r := fixture.resource("aws_x.this", {}, {"a": true}, _refers(["aws_y.z.id"])).change
	every rest in [{}, {"configuration": {}}, {"configuration": {"root_module": {}}}, {"configuration": null}] {
		document := object.union({"resource_changes": [r]}, rest)
		plan.targets(r, ["a"], "aws_y") == set() with input as document
		not plan.settled(r, ["a"], {"aws_y"}) with input as document
	}
}

_this := fixture.known("aws_x.this", {"a": 1})

_none(lists) if count([r | some r in lists[_]]) == 0

_known(r, path) if plan.known(r, path) != null

_refers(references) := {"a": fixture.refers(references)}

_acting(actions, r) := object.union(r, {"change": {"change": {"actions": actions}}})

_listed(actions) := listed if {
	listed := {
		"resources": {r.address | some r in plan.resources[_]},
		"removed": {r.address | some r in plan.removed[_]},
	} with input as fixture.plan([_acting(actions, _this)])
}

_blocks(value) := plan.blocks(fixture.known("aws_x.this", {"a": value}).change, ["a"])

_variables := {"nothing": {"value": null}, "text": {"value": "x"}, "off": {"value": false}}

_answer(case, path) := answer if {
	r := fixture.resource("aws_x.this", case.after, case.unknown, case.expressions)
	answers := {
		"known": {1 | _known(r.change, path)},
		"absent": {1 | plan.absent(r.change, path)},
		"unknown": {1 | plan.unknown(r.change, path)},
	} with input as object.union(fixture.plan([r]), {"variables": _variables})
	answer := {name | some name, yes in answers; count(yes) > 0}
}

_settled(references) if {
	r := fixture.resource("aws_x.this", {}, {"a": true}, _refers(references))
	plan.settled(r.change, ["a"], {"aws_y", "aws_w"}) with input as object.union(fixture.plan([r]), {"variables": _variables})
}

# As a function, since the type of `input` with a schema is not that of the plan of a test.
_is(document, expected) if document == expected
