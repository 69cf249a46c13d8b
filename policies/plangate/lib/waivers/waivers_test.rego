package plangate.lib.waivers_test

import data.plangate.lib.waivers

test_all_that_cover_in_one_set if {
	_covering([
		{"policy": "a/b", "address": "x.y"},
		{"policy": "ROW-1", "address": "x.*"},
		{"policy": "a/b", "address": "x.z"},
		{"policy": "a/c", "address": "x.y"},
		{"policy": "a/b", "address": "*", "path": ["p", 0]},
		{"policy": "a/b", "address": "x.y", "path": ["p"]},
		{"policy": "a/b", "address": "x.y", "path": ["p", 0]},
		{"policy": "CKV_1", "address": "{x,y}.?"},
	]) == {0, 1, 4, 6, 7}
}

test_instance_keys_are_no_classes if {
	_covering_at(["x.y[0]", `x.y["0"]`, "x.y[*]", "x.y[01]", "x.y0"], "x.y[0]") == {0, 2}
	_covering_at([`x.y\[0]`, `x.\y[0]`], "x.y[0]") == {1}
}

test_every_instance_of_a_block if {
	given := [
		{"policy": "a/b", "address": "module.m.x.y", "instances": true},
		{"policy": "a/b", "address": "module.m.x.y"},
		{"policy": "a/b", "address": "module.m.*.y", "instances": true},
		{"policy": "a/b", "address": "module.m.x.y", "instances": true, "path": ["p"]},
	]
	every address in [`module.m["a.b[0]\"]"].x.y[0]`, "module.m[12].x.y", `module.m.x.y["k"]`] {
		_covering_of(given, address) == {0}
	}
	_covering_of(given, "module.m.x.y") == {0, 1}
	every address in [`module.m["k"].module.n.x.y`, "x.y", `module.m[k].x.y`, "module.m.x.y[0].z"] {
		_covering_of(given, address) == set()
	}
}

test_all_inside_a_module if {
	given := [{"policy": "a/b", "address": "module.p{,[*]}.module.m{,[*]}{,.*}"}]
	every address in [`module.p["x"].module.m.x.y`, "module.p.module.m", "module.p.module.m[0].module.n.x.y"] {
		_covering_of(given, address) == {0}
	}
	every address in ["module.p.x.y", "module.p.module.mm.x.y", "module.m.x.y"] {
		_covering_of(given, address) == set()
	}
}

test_odd_waivers_cover_nothing if {
	every odd in [null, "x", {}, [null], [7], [{}], [{"policy": "a/b"}], [{"address": "x.y"}], [{"policy": 7, "address": 7}], [{"policy": "a/b", "address": "{"}]] {
		_covering(odd) == set()
	}
}

test_holds if {
	waivers.holds({})
	waivers.holds({"expires": null})
	waivers.holds({"expires": "2026-06-30"}) with data.plangate.config as {"today": "2026-06-30"}
	not waivers.holds({"expires": "2026-06-30"}) with data.plangate.config as {"today": "2026-07-01"}
	not waivers.holds({"expires": "2026-06-30"})
}

_covering(given) := places if {
	places := waivers.covering({"id": "a/b", "aliases": ["ROW-1", "CKV_1"], "address": "x.y", "path": ["p", 0]}) with data.plangate.config as {"waivers": given}
}

_covering_at(addresses, address) := _covering_of([{"policy": "a/b", "address": one} | some one in addresses], address)

_covering_of(given, address) := places if {
	places := waivers.covering({"id": "a/b", "aliases": [], "address": address, "path": []}) with data.plangate.config as {"waivers": given}
}
