package plangate.lib.drift_test

import data.plangate.lib.drift
import data.plangate.lib.fixture_test as fixture

test_what_the_configuration_writes_down_counts if {
	_changed(
		{"name": "a", "role": "x"}, {"name": "a", "role": "y"},
		_keeps({"role": "y"}, {"role": fixture.refers(["aws_iam_role.this.arn"])}),
	) == {"role"}
}

test_what_the_plan_puts_back_counts if {
	_changed({"tags": null}, {"tags": {"a": "b"}}, _change({"tags": {"a": "b"}}, {"tags": null}, {}, {})) == {"tags"}
}

test_what_nobody_wrote_and_nothing_puts_back_does_not_count if {
	_changed({"status": "A"}, {"status": "B"}, _keeps({"status": "B"}, {})) == set()
}

# An update makes the provider compute it again.
test_what_the_provider_computes_again_does_not_count if {
	_changed(
		{"modified": "1", "role": "x"}, {"modified": "2", "role": "x"},
		_change({"modified": "2"}, {}, {"modified": true}, {"role": {"constant_value": "z"}}),
	) == set()
}

test_nothing_for_nothing_does_not_count if {
	every pair in [[null, {}], [{}, null], [null, []], [null, ""], ["", null], [null, false], [null, 0], [[{"a": null}], []]] {
		_changed({"tags": pair[0]}, {"tags": pair[1]}, _keeps({"tags": pair[1]}, {"tags": fixture.refers(["local.tags"])})) == set()
	}
}

# The configuration has changed, and beside it a date.
test_what_only_the_plan_changes_does_not_count if {
	_changed(
		{"size": 1, "date": "1"}, {"size": 1, "date": "2"},
		_change({"size": 1, "date": "2"}, {"size": 2, "date": "2"}, {}, {"size": {"constant_value": 2}}),
	) == set()
}

test_texts_that_are_no_documents_count_as_they_are if {
	_changed({"v": "1.0"}, {"v": "1"}, _keeps({"v": "1"}, {"v": fixture.refers(["var.v"])})) == {"v"}
}

test_what_a_module_writes_down_counts if {
	r := _keeps({"role": "y"}, {"role": fixture.refers(["var.role"])})
	entry := object.union(_entry(["update"], {"role": "x"}, {"role": "y"}), {
		"address": "module.m.aws_x.this", "module_address": "module.m",
	})
	plan := object.union(
		fixture.plan_with_modules([], {"m": fixture.call({}, [r], {})}, [fixture.within("module.m", r)]),
		{"resource_drift": [entry]},
	)
	names := drift.changed(entry) with input as plan
	names == {"role"}
}

test_something_for_nothing_counts if {
	every pair in [[true, false], [false, true], [1, 0], ["a", ""], [null, "a"], [["a"], []], [["a"], ["b"]], [["a", "b"], ["a"]]] {
		_changed({"x": pair[0]}, {"x": pair[1]}, _keeps({"x": pair[1]}, {"x": fixture.refers(["var.x"])})) == {"x"}
	}
}

test_documents_count_by_what_they_say if {
	expressions := {"policy": fixture.refers(["local.policy"])}
	every text in [`{"b":2,"a":1}`, `{ "a": 1, "b": 2 }`] {
		_changed({"policy": `{"a":1,"b":2}`}, {"policy": text}, _keeps({"policy": text}, expressions)) == set()
	}
	every text in [`{"a":1,"b":3}`, `{"a":1`, `[1]`] {
		_changed({"policy": `{"a":1,"b":2}`}, {"policy": text}, _keeps({"policy": text}, expressions)) == {"policy"}
	}
	_changed({"list": `[1, 2]`}, {"list": `[1,2]`}, _keeps({"list": `[1,2]`}, {"list": fixture.refers(["local.list"])})) == set()
}

test_inside_a_block_only_what_is_written_counts if {
	expressions := {"vpc": [{"subnets": fixture.refers(["var.subnets"])}]}
	_changed(
		{"vpc": [{"subnets": ["a"], "id": "1"}]}, {"vpc": [{"subnets": ["b"], "id": "1"}]},
		_keeps({"vpc": [{"subnets": ["b"], "id": "1"}]}, expressions),
	) == {"vpc"}
	_changed(
		{"vpc": [{"subnets": ["a"], "id": "1"}]}, {"vpc": [{"subnets": ["a"], "id": "2"}]},
		_keeps({"vpc": [{"subnets": ["a"], "id": "2"}]}, expressions),
	) == set()
}

test_a_block_that_is_gone_counts if {
	_changed(
		{"vpc": [{"subnets": ["a"]}]}, {"vpc": []},
		_keeps({"vpc": []}, {"vpc": [{"subnets": {"constant_value": ["a"]}}]}),
	) == {"vpc"}
	_changed(
		{"vpc": [{"subnets": ["a"]}]}, {"vpc": []},
		_change({"vpc": []}, {"vpc": [{"subnets": ["a"]}]}, {}, {"vpc": [{"subnets": {"constant_value": ["a"]}}]}),
	) == {"vpc"}
	_changed(
		{"vpc": [{"subnets": ["a"]}]}, {"vpc": []},
		_refreshed({"vpc": [{"subnets": {"constant_value": ["a"]}}]}),
	) == {"vpc"}
}

# Somebody scaled it, and the plan keeps what the configuration does not say.
test_what_is_visibly_ignored_does_not_count if {
	_changed({"count": 1}, {"count": 3}, _keeps({"count": 3}, {"count": {"constant_value": 1}})) == set()
	_changed({"count": 1}, {"count": 3}, _keeps({"count": 3}, {"count": {"constant_value": 3}})) == {"count"}
	_changed({"count": 1}, {"count": 3}, _refreshed({"count": {"constant_value": 1}})) == {"count"}
}

test_null_in_the_configuration_is_written if {
	_changed({"key": null}, {"key": "k"}, _refreshed({"key": {"constant_value": null}})) == {"key"}
}

test_what_the_plan_lets_go_does_not_count if {
	every actions in [["delete"], ["forget"]] {
		_changed({"x": 1}, {"x": 2}, _planned(actions, {"x": 2}, null, {}, {"x": {"constant_value": 1}})) == set()
	}
}

test_what_the_plan_replaces_counts if {
	_changed({"x": 1}, {"x": 2}, _planned(["delete", "create"], {"x": 2}, {"x": 1}, {}, {"x": {"constant_value": 1}})) == {"x"}
}

test_each_instance_is_one_of_its_own if {
	entry := object.union(_entry(["update"], {"tags": null}, {"tags": {"a": "b"}}), {
		"address": `module.m["x"].aws_x.this[0]`, "module_address": `module.m["x"]`, "index": 0,
	})
	kept := fixture.within(`module.m["x"]`, fixture.keyed(0, _change({"tags": {"a": "b"}}, {"tags": null}, {}, {})))
	other := fixture.within(`module.m["x"]`, fixture.keyed(1, _keeps({"tags": null}, {})))
	plan := object.union(
		fixture.plan_with_modules([], {"m": fixture.call({}, [_keeps({}, {})], {})}, [kept, other]),
		{"resource_drift": [entry]},
	)
	names := drift.changed(entry) with input as plan
	names == {"tags"}
	missing := drift.changed(object.union(entry, {"address": `module.m["x"].aws_x.this[1]`, "index": 1})) with input as plan
	missing == set()
}

test_moves_and_deletions_are_no_changes if {
	every actions in [["no-op"], ["delete"]] {
		entry := _entry(actions, {"x": 1}, {"x": 2})
		names := drift.changed(entry) with input as _with(entry, _refreshed({"x": {"constant_value": 1}}))
		names == set()
	}
}

test_deletions if {
	drift.deleted(_entry(["delete"], {"x": 1}, null))
	not drift.deleted(_entry(["update"], {"x": 1}, {"x": 2}))
}

test_entries_are_managed_resources if {
	entries := drift.entries with input as {"resource_drift": [_entry(["update"], {}, {}), object.union(
		_entry(["update"], {}, {}),
		{"mode": "data"},
	)]}
	count(entries) == 1
	none := drift.entries with input as {}
	none == []
}

_changed(before, after, resource) := names if {
	entry := _entry(["update"], before, after)
	names := drift.changed(entry) with input as _with(entry, resource)
}

_with(entry, resource) := object.union(fixture.plan([resource]), {"resource_drift": [entry]})

_entry(actions, before, after) := {
	"address": "aws_x.this", "mode": "managed", "type": "aws_x", "name": "this",
	"change": {"actions": actions, "before": before, "after": after},
}

_keeps(value, expressions) := _planned(["no-op"], value, value, {}, expressions)

_change(before, after, unknown, expressions) := _planned(["update"], before, after, unknown, expressions)

# A refresh-only plan changes nothing.
_refreshed(expressions) := object.union(
	_planned(["no-op"], {}, {}, {}, expressions),
	{"change": {"address": "aws_x.other"}},
)

_planned(actions, before, after, unknown, expressions) := object.union(
	fixture.resource("aws_x.this", {}, {}, expressions),
	{"change": {"change": {"actions": actions, "before": before, "after": after, "after_unknown": unknown}}},
)
