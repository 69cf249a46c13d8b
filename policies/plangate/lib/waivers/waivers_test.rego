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

_covering_at(addresses, address) := places if {
	given := [{"policy": "a/b", "address": one} | some one in addresses]
	places := waivers.covering({"id": "a/b", "aliases": [], "address": address, "path": []}) with data.plangate.config as {"waivers": given}
}
