package plangate.main_test

import data.plangate.main

test_lists_share_nothing if {
	findings := _findings({}, {
		"wrong": _at(["a", "b"]),
		"low": _at(["a"]),
		"open": _at(["b", "c"]),
		"open_low": _at(["a"]),
	})
	_addresses(findings) == {
		"deny": {["t/wrong", "a"], ["t/wrong", "b"]},
		"warn": {["t/low", "a"]},
		"undecided": {["t/open", "b"], ["t/open", "c"], ["t/open_low", "a"]},
		"waived": set(),
	}
	same := _findings({}, {"wrong": _at(["a"]), "wrong_too": _at(["a", "b"])})
	_addresses(same) == {
		"deny": {["t/wrong", "a"]},
		"warn": set(),
		"undecided": {["t/wrong", "b"]},
		"waived": set(),
	}
}

test_nothing_found if {
	_findings({}, {}) == {
		"deny": set(),
		"warn": set(),
		"undecided": set(),
		"waived": set(),
		"unchanged": set(),
		"waivers": {"expired": [], "unused": []},
		"config": {"environment": "prod", "fail_on": "medium", "undecided": "warn"},
		"resource_types": [],
	}
}

test_fail_on if {
	every fail_on, failing in {
		"low": {"low", "medium", "high", "critical"},
		"medium": {"medium", "high", "critical"},
		"high": {"high", "critical"},
		"critical": {"critical"},
	} {
		_split({"fail_on": fail_on}) == [failing, {"low", "medium", "high", "critical"} - failing]
	}
}

test_environments_have_their_fail_on if {
	every environment, failing in {
		"prod": {"medium", "high", "critical"},
		"stage": {"medium", "high", "critical"},
		"dev": {"high", "critical"},
		"other": {"medium", "high", "critical"},
	} {
		_split({"environment": environment}) == [failing, {"low", "medium", "high", "critical"} - failing]
	}
}

test_config_that_held if {
	_findings({"environment": "dev", "undecided": "ignore"}, {}).config == {
		"environment": "dev",
		"fail_on": "high",
		"undecided": "ignore",
	}
}

test_undecided_can_fail if {
	_addresses(_findings({"undecided": "fail"}, {"wrong": _at(["a"]), "open": _at(["a"]), "open_low": _at(["a"])})) == {
		"deny": {["t/wrong", "a"], ["t/open", "a"]},
		"warn": {["t/open_low", "a"]},
		"undecided": set(),
		"waived": set(),
	}
}

test_undecided_can_be_ignored if {
	_addresses(_findings({"undecided": "ignore"}, {"wrong": _at(["a"]), "open": _at(["a"])})) == {
		"deny": {["t/wrong", "a"]},
		"warn": set(),
		"undecided": set(),
		"waived": set(),
	}
	waivers := [_waiver({"policy": "t/open", "address": "*"})]
	_findings({"undecided": "ignore", "waivers": waivers}, {"open": _at(["a"])}).waived == set()
}

test_undecided_is_repeated_for_conftest if {
	repeated := main.warn_undecided with data.plangate.policies as {"t": _policies({"open": _at(["a", "b"])})}
	repeated == {_public("open", "a"), _public("open", "b")}
}

test_waiver_by_id_and_alias if {
	every policy in ["t/wrong", "WRONG-1", "CKV_WRONG"] {
		_waived({"policy": policy, "address": "a"}, "a")
	}
	every policy in ["t/open", "wrong", "t/*", "*", "wrong-1", ""] {
		not _waived({"policy": policy, "address": "a"}, "a")
	}
}

test_waiver_address if {
	every address in [`aws_x.a["k.l"]`, "aws_x.*", "*", `aws_x.a[*]`, `aws_x.a["*"]`, `aws_?.a["k.l"]`, `{aws_x,aws_y}.a*`] {
		_waived({"policy": "t/wrong", "address": address}, `aws_x.a["k.l"]`)
	}
	every address in ["aws_x.a", "aws_x", "", `aws_x.a["k"]`, `aws_x.a["l"]`, "AWS_X.*", `aws_[xyz].a*`] {
		not _waived({"policy": "t/wrong", "address": address}, `aws_x.a["k.l"]`)
	}
	_waived({"policy": "t/wrong", "address": "aws_x.a[0]"}, "aws_x.a[0]")
	not _waived({"policy": "t/wrong", "address": "aws_x.a[0]"}, "aws_x.a0")
	_waived({"policy": "t/wrong", "address": "module.m.*"}, "module.m.module.n[0].aws_x.a")
}

test_waiver_expires_after_its_last_day if {
	every today in ["2026-06-29", "2026-06-30", "2025-12-31"] {
		_waived_on({"today": today}, {"expires": "2026-06-30"})
	}
	every today in ["2026-07-01", "2027-01-01"] {
		not _waived_on({"today": today}, {"expires": "2026-06-30"})
	}
}

test_waiver_that_expires_needs_a_day if {
	not _waived_on({}, {"expires": "2026-06-30"})
	_waived_on({}, {"expires": null})
	_waived_on({}, {})
	_waived_on({"today": "2026-06-30"}, {})
}

test_waived_is_nowhere_else if {
	every policies in [{"wrong": _at(["a", "b"])}, {"low": _at(["a", "b"])}, {"open": _at(["a", "b"])}, {"open_low": _at(["a", "b"])}] {
		some name, _ in policies
		every undecided in ["warn", "fail"] {
			waiver := _waiver({"policy": _id(name), "address": "a"})
			findings := _findings({"waivers": [waiver], "undecided": undecided}, policies)
			findings.waived == {object.union(_public(name, "a"), {"waiver": waiver})}
			{f.address | some list in ["deny", "warn", "undecided"]; some f in findings[list]} == {"b"}
		}
	}
}

test_first_waiver_that_covers_counts if {
	waivers := [
		_waiver({"policy": "t/wrong", "address": "b"}),
		_waiver({"policy": "t/wrong", "address": "a", "expires": "2026-01-01"}),
		_waiver({"policy": "WRONG-1", "address": "a", "ticket": "ML-7"}),
		_waiver({"policy": "t/wrong", "address": "*"}),
	]
	_findings({"waivers": waivers, "today": "2026-06-30"}, {"wrong": _at(["a"])}).waived == {object.union(
		_public("wrong", "a"),
		{"waiver": waivers[2]},
	)}
}

test_waiver_of_one_attribute if {
	_waived({"policy": "t/wrong", "address": "a", "path": ["b", 0]}, "a")
	not _waived({"policy": "t/wrong", "address": "a", "path": ["b"]}, "a")
	not _waived({"policy": "t/wrong", "address": "*", "path": []}, "a")
}

test_waivers_that_do_nothing if {
	given := [
		_waiver({"policy": "t/wrong", "address": "a"}),
		_waiver({"policy": "t/wrong", "address": "a*"}),
		_waiver({"policy": "t/wrong", "address": "b", "expires": "2026-01-01"}),
		_waiver({"policy": "t/wrong", "address": "c"}),
		_waiver({"policy": "t/open", "address": "d", "expires": "2026-01-01"}),
	]
	findings := _findings({"waivers": given, "today": "2026-06-30"}, {"wrong": _at(["a", "b"])})
	findings.waivers == {"expired": [2], "unused": [3, 4]}
}

test_only_the_policies_that_are_asked if {
	places := {"wrong": _at(["a"]), "low": _at(["b"]), "open": _at(["c"])}
	_addresses(_findings({"policies": ["t/low", "t/open", "main/deny", "x"]}, places)) == {
		"deny": set(),
		"warn": {["t/low", "b"]},
		"undecided": {["t/open", "c"]},
		"waived": set(),
	}
	every odd in [null, "t/low", {}] {
		_addresses(_findings({"policies": odd}, places)) == _addresses(_findings({}, places))
	}
}

test_only_what_changes if {
	plan := {"resource_changes": [
		{"address": "a", "mode": "managed", "change": {"actions": ["no-op"]}},
		{"address": "b", "mode": "managed", "change": {"actions": ["update"]}},
		{"address": "c", "mode": "managed", "change": {"actions": ["no-op"]}},
	]}
	places := {"wrong": _at(["a", "b", "module.m"]), "open": _at(["a", "b"])}
	waivers := [_waiver({"policy": "t/*", "address": "*"}), _waiver({"policy": "t/open", "address": "a"})]
	found := _findings({"only_changed": true, "waivers": waivers}, places) with input as plan
	_addresses(found) == {
		"deny": {["t/wrong", "b"], ["t/wrong", "module.m"]},
		"warn": set(),
		"undecided": {["t/open", "b"]},
		"waived": set(),
	}
	found.unchanged == {_public("wrong", "a"), _public("open", "a")}
	found.waivers == {"expired": [], "unused": [0, 1]}
	all := _findings({"only_changed": "yes"}, places) with input as plan
	all.unchanged == set()
	count(all.deny) == 3
}

test_odd_waivers_waive_nothing if {
	every waivers in [null, "x", {}, [null], [{}], [{"policy": "t/wrong"}], [{"policy": 7, "address": 7}], [{"policy": "t/wrong", "address": "["}]] {
		_addresses(_findings({"waivers": waivers}, {"wrong": _at(["a"])})).deny == {["t/wrong", "a"]}
	}
}

test_public_finding_has_the_keys_of_the_contract if {
	findings := _findings({}, {"wrong": _at(["a"])})
	findings.deny == {{
		"id": "t/wrong",
		"severity": "high",
		"title": "wrong",
		"msg": "a: wrong",
		"remediation": "mend it",
		"address": "a",
		"path": ["b", 0],
		"frameworks": {"nist_800_53": ["SC-7"]},
	}}
}

# What policies give, by name: `open` ones are undecided, `wrong_too` is undecided under the id of `wrong`.
_severities := {"wrong": "high", "wrong_too": "high", "open": "high", "open_low": "low", "low": "low", "medium": "medium", "critical": "critical"}

_id(name) := concat("/", ["t", trim_suffix(name, "_too")])

_at(addresses) := {address | some address in addresses}

_public(name, address) := {
	"id": _id(name),
	"severity": _severities[name],
	"title": "wrong",
	"msg": concat(": ", [address, "wrong"]),
	"remediation": "mend it",
	"address": address,
	"path": ["b", 0],
	"frameworks": {"nist_800_53": ["SC-7"]},
}

_finding(name, address) := object.union(_public(name, address), {"aliases": [
	concat("", [upper(name), "-1"]),
	concat("", ["CKV_", upper(name)]),
]})

_policies(places) := {name: policy |
	some name, addresses in places
	found := {_finding(name, address) | some address in addresses}
	policy := _lists(name, found)
}

_lists(name, found) := {"undecided": found} if {
	name in {"open", "open_low", "wrong_too"}
} else := {"deny": found}

_findings(config, places) := findings if {
	findings := main.findings with data.plangate.config as config
		with data.plangate.policies as {"t": _policies(places)}
}

_addresses(findings) := {list: {[f.id, f.address] | some f in findings[list]} |
	some list in ["deny", "warn", "undecided", "waived"]
}

_split(config) := [{f.severity | some f in findings.deny}, {f.severity | some f in findings.warn}] if {
	findings := _findings(config, {name: _at(["a"]) | some name in ["low", "medium", "wrong", "critical"]})
}

_waiver(rest) := object.union({"owner": "ml-platform", "reason": "accepted"}, rest)

_waived(waiver, address) if {
	count(_findings({"waivers": [_waiver(waiver)]}, {"wrong": {address}}).waived) == 1
}

_waived_on(config, waiver) if {
	waivers := [_waiver(object.union({"policy": "t/wrong", "address": "a"}, waiver))]
	count(_findings(object.union(config, {"waivers": waivers}), {"wrong": _at(["a"])}).waived) == 1
}
