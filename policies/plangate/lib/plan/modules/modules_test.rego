package plangate.lib.plan.modules_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.plan
import data.plangate.lib.plan.modules

test_parse_drops_parents if {
	every case in [
		{"references": ["aws_y.one.id", "aws_y.one"], "parts": [["aws_y.one", "", ""]]},
		{
			"references": ["aws_y.one[0].id", "aws_y.one[0]", "aws_y.one"],
			"parts": [["aws_y.one", "[0]", ""]],
		},
		{
			"references": ["aws_y.one.id", "aws_y.one", "aws_y.oneself.id", "aws_y.oneself"],
			"parts": [["aws_y.one", "", ""], ["aws_y.oneself", "", ""]],
		},
		{"references": ["aws_y.one"], "parts": [["aws_y.one", "", ""]]},
		{"references": ["data.aws_y.one.id", "data.aws_y.one"], "parts": [["data.aws_y.one", "", ""]]},
		{"references": ["module.m.id", "module.m"], "parts": [["module.m", "", "id"]]},
		{"references": ["var.one.deep[0]", "var.one.deep", "var.one"], "parts": [["var.one", "", ""]]},
		{"references": ["aws_y.one.list[0].id", "aws_y.one.list[0]", "aws_y.one.list", "aws_y.one"], "parts": [["aws_y.one", "", ""]]},
		{"references": ["module.m[0].id", "module.m[0]", "module.m"], "parts": [["module.m", "[0]", "id"]]},
		{"references": ["aws_y.one.id"], "parts": [["aws_y.one", "", ""]]},
		{"references": ["aws_y.one", "aws_y.one"], "parts": [["aws_y.one", "", ""], ["aws_y.one", "", ""]]},
		{"references": ["nothing"], "parts": []},
		{"references": [""], "parts": []},
		{"references": [], "parts": []},
	] {
		modules.parse(case.references, []) == {"parts": case.parts, "keyed": false}
	}
}

test_parse_keys if {
	every key in ["[0]", "[12]", `["a"]`, `["a.b"]`, `["a b/c"]`, `["[x]"]`, `["a\"].z[\"b"]`, `["\\"]`, `["a|b"]`, `[""]`] {
		all := concat("", ["aws_y.one", key, ".id"])
		references := [all, concat("", ["aws_y.one", key]), "aws_y.one"]
		modules.parse(references, []) == {"parts": [["aws_y.one", key, ""]], "keyed": false}
	}
}

test_parse_what_is_always_known if {
	every reference in ["path.module", "path.root", "terraform.workspace", "self.id"] {
		modules.parse([reference], []) == {"parts": [], "keyed": false}
	}
	every reference in ["each.key", "each.value", "each.value.id", "count.index"] {
		modules.parse([reference], []) == {"parts": [], "keyed": true}
	}
}

test_parse_each_value_stands_for_what_for_each_refers_to if {
	each := ["aws_y.many"]
	parts := [["aws_y.many", "", ""]]
	modules.parse(["each.value"], each) == {"parts": parts, "keyed": true}
	modules.parse(["each.value.id", "each.value"], each) == {"parts": parts, "keyed": true}
	modules.parse(["each.key"], each) == {"parts": [], "keyed": true}
	modules.parse(["aws_y.one"], each) == {"parts": [["aws_y.one", "", ""]], "keyed": false}
}

test_type_of if {
	every name, type in {
		"aws_y.one": "aws_y",
		"data.aws_y.one": "data.aws_y",
		"var.a": "var",
		"local.a": "local",
		"module.m": "module",
		"=null": "constant",
	} {
		modules.type_of(["module.m", name, "", ""]) == type
	}
}

test_is_of if {
	modules.is_of(["", "aws_y.one", "[0]", ""], "aws_y")
	modules.is_of(["", "data.aws_y.one", "", ""], "data.aws_y")
	every type in ["aws", "aws_y_more", "data.aws_y", "one", ""] {
		not modules.is_of(["", "aws_y.one", "", ""], type)
	}
}

test_constant if {
	variables := {"a": {"value": "x"}, "off": {"value": false}, "nothing": {"value": null}}
	every name, value in {
		"=null": null,
		"=true": true,
		"=false": false,
		"var.a": "x",
		"var.off": false,
		"var.nothing": null,
		"var.undeclared": null,
	} {
		modules.constant(["", name, "", ""]) == value with input as {"variables": variables}
	}
	every leaf in [["", "local.a", "", ""], ["", "aws_y.one", "", ""], ["module.m", "var.a", "", ""]] {
		not _constant(leaf)
	}
}

test_instances if {
	here := fixture.within("module.m", _one)
	there := fixture.within(`module.m.module.n["a"]`, _one)
	inner := object.union(fixture.call({}, [_one], {}), {"for_each_expression": {"references": ["var.keys"]}})
	calls := {
		"m": fixture.call({}, [_one], {"module_calls": {"n": inner}}),
		"silent": fixture.call({}, [], {"module_calls": {"deep": fixture.call({}, [], {})}}),
		"counted": object.union(fixture.call({}, [], {}), {"count_expression": {"constant_value": 0}}),
		"each": object.union(fixture.call({}, [], {}), {"for_each_expression": {"constant_value": {}}}),
	}
	addresses := {address | some address, _ in modules.instances} with input as fixture.plan_with_modules([], calls, [here, there])
	addresses == {"", "module.m", `module.m.module.n["a"]`, "module.silent", "module.silent.module.deep"}
}

# Keys may hold what stands between segments.
test_instances_with_odd_keys if {
	inner := {"module_calls": {"n": fixture.call({}, [_one], {})}}
	every key in [`["a"]`, "[0]", `["a.b"]`, `["a.module.b"]`, `["a[0].module.b"]`, `["\"].module.b"]`, `["["]`, `["]"]`, `[""]`] {
		at := concat("", ["module.m", key])
		call := object.union(fixture.call({}, [_one], inner), {"for_each_expression": {"references": ["var.keys"]}})
		document := fixture.plan_with_modules([], {"m": call}, [
			fixture.within(at, _one),
			fixture.within(concat("", [at, ".module.n"]), _one),
		])
		addresses := {address | some address, _ in modules.instances} with input as document
		addresses == {"", at, concat("", [at, ".module.n"])}
		modules.instances[at].key == key with input as document
	}
}

test_declared if {
	document := fixture.plan_with_modules(
		[_one], {"m": fixture.call({}, [_source], {})},
		[fixture.within("module.m", _source)],
	)
	modules.declared("", _one.change) == _one.configuration with input as document
	modules.declared("module.m", _source.change) == _source.configuration with input as document
	not _declared(document, "module.m", _one.change)
	not _declared(document, "module.gone", _one.change)
}

test_resource_keys if {
	keys := [
		"a", "a.b", "a b", "[a]", `a"b`, `a\b`, "a|b", "a<b>&c", "é", "module.x", "", 0, 12,
	]
	every key in keys {
		r := _refers({"references": ["aws_y.one", "each.key"]})
		document := fixture.plan(array.concat(
			[fixture.keyed(key, r)],
			[fixture.keyed(k, _one) | some k in keys],
		))
		_targets(document, fixture.keyed(key, r)) == {fixture.keyed(key, _one).change.address}
	}
}

test_each_key_beside_a_resource_without_keys if {
	r := fixture.keyed("a", _refers({"references": ["aws_y.one.id", "aws_y.one", "each.key"]}))
	_targets(fixture.plan([r, _one]), r) == {"aws_y.one"}
}

test_all_instances_without_each_key if {
	r := fixture.keyed("a", _refers({"references": ["aws_y.one"]}))
	instances := [fixture.keyed("a", _one), fixture.keyed("b", _one)]
	_targets(fixture.plan(array.concat([r], instances)), r) == {`aws_y.one["a"]`, `aws_y.one["b"]`}
}

test_each_value if {
	r := object.union(
		_refers(fixture.refers(["each.value.id"])),
		{"configuration": {"for_each_expression": {"references": ["aws_y.one"]}}},
	)
	document := fixture.plan([fixture.keyed("a", r), fixture.keyed("b", r), fixture.keyed("a", _one), fixture.keyed("b", _one)])
	_targets(document, fixture.keyed("a", r)) == {`aws_y.one["a"]`}
}

test_count_index if {
	r := _refers({"references": ["aws_y.one", "count.index"]})
	document := fixture.plan([fixture.keyed(0, r), fixture.keyed(1, r), fixture.keyed(0, _one), fixture.keyed(1, _one)])
	_targets(document, fixture.keyed(1, r)) == {"aws_y.one[1]"}
}

test_literal_keys if {
	instances := [fixture.keyed(0, _one), fixture.keyed(1, _one), fixture.keyed("a", _two), fixture.keyed("a.b", _two)]
	_targets_of({"references": ["aws_y.one[1].id", "aws_y.one[1]", "aws_y.one"]}, instances) == {"aws_y.one[1]"}
	_targets_of({"references": [`aws_y.two["a.b"].id`, `aws_y.two["a.b"]`, "aws_y.two"]}, instances) == {`aws_y.two["a.b"]`}
	_targets_of({"references": ["aws_y.one"]}, instances) == {"aws_y.one[0]", "aws_y.one[1]"}
}

test_no_target_among_deposed_objects if {
	deposed := object.union(_one, {"change": {"deposed": "5d725cb3", "change": {"actions": ["delete"]}}})
	again := object.union(deposed, {"change": {"deposed": "0a11bcd2"}})
	_targets_of(fixture.refers(["aws_y.one.id"]), [deposed, again]) == set()
	_targets_of(fixture.refers(["aws_y.one.id"]), [deposed, _one, again]) == {"aws_y.one"}
}

# None of these may end the evaluation with an error.
test_odd_configurations_lead_nowhere if {
	r := _refers(fixture.refers(["module.m.id", "var.id", "aws_y.one.id"]))
	every root in [
		null, [], "x",
		{"resources": null},
		{"resources": {}},
		{"resources": [null, 1, {}]},
		{"module_calls": null},
		{"module_calls": []},
		{"module_calls": {"m": null}},
		{"module_calls": {"m": {}}},
		{"module_calls": {"m": {"module": null, "expressions": null}}},
		{"module_calls": {"m": {"module": {"outputs": {"id": null}, "variables": {"id": null}}}}},
		{"module_calls": {"m": {"module": {"outputs": {"id": {"expression": 7}}}}}},
	] {
		document := {"resource_changes": [r.change], "configuration": {"root_module": root}}
		_targets(document, r) == set()
	}
}

test_odd_addresses_lead_nowhere if {
	every address in [null, 7, "", "x", "module.", "module.m[", "module.gone"] {
		odd := object.union(_one, {"change": {"module_address": address}})
		_targets_of(fixture.refers(["module.m.id"]), [odd]) == set()
	}
}

_one := fixture.known("aws_y.one", {})

_two := fixture.known("aws_y.two", {})

_source := fixture.known("data.aws_y.read", {})

_refers(expression) := fixture.resource("aws_x.this", {}, {"id": true}, {"id": expression})

_constant(leaf) if is_string(json.marshal(modules.constant(leaf)))

_declared(document, instance, r) if {
	modules.declared(instance, r) != null with input as document
}

_targets(document, r) := targets if {
	targets := plan.targets(r.change, ["id"], "aws_y") with input as document
}

_targets_of(expression, others) := _targets(fixture.plan(array.concat([_refers(expression)], others)), _refers(expression))
