package plangate.lib.network_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.network

test_three_writings_read_alike if {
	resources := [
		fixture.known("aws_security_group.this", {"ingress": [{
			"protocol": "tcp", "from_port": 22, "to_port": 22,
			"cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"], "ipv6_cidr_blocks": [],
		}]}),
		fixture.known("aws_security_group_rule.this", {
			"type": "ingress", "protocol": "6", "from_port": 22, "to_port": 22,
			"cidr_blocks": null, "ipv6_cidr_blocks": ["::/0"],
		}),
		fixture.known("aws_vpc_security_group_ingress_rule.this", {
			"ip_protocol": "TCP", "from_port": 22, "to_port": 22,
			"cidr_ipv4": "0.0.0.0/0", "cidr_ipv6": null,
		}),
	]
	_rules("ingress", resources) == {
		["aws_security_group.this", ["ingress", 0, "cidr_blocks"], "world", "tcp", 22, 22],
		["aws_security_group_rule.this", ["ipv6_cidr_blocks"], "world", "tcp", 22, 22],
		["aws_vpc_security_group_ingress_rule.this", ["cidr_ipv4"], "world", "tcp", 22, 22],
	}
	_rules("egress", resources) == set()
}

test_closed_rules_are_left_out if {
	_rules("ingress", [
		fixture.known("aws_security_group.this", {"ingress": [{
			"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": [], "ipv6_cidr_blocks": [], "self": true,
		}]}),
		fixture.known("aws_security_group_rule.this", {
			"type": "ingress", "protocol": "-1", "from_port": 0, "to_port": 0,
			"cidr_blocks": null, "prefix_list_ids": ["pl-1"],
		}),
		fixture.known("aws_vpc_security_group_ingress_rule.this", {"ip_protocol": "-1", "cidr_ipv4": "10.0.0.0/8"}),
		fixture.deleted("aws_vpc_security_group_ingress_rule.gone", {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}),
	]) == set()
}

test_unknown_ranges if {
	_rules("egress", [
		_rule("aws_vpc_security_group_egress_rule.opaque", ["terraform_data.peer.output"]),
		_rule("aws_vpc_security_group_egress_rule.vpc", ["aws_vpc.this.cidr_block"]),
		_rule("aws_vpc_security_group_egress_rule.either", ["aws_vpc.this.cidr_block", "terraform_data.peer.output"]),
	]) == {
		["aws_vpc_security_group_egress_rule.opaque", ["cidr_ipv4"], "unknown", "all", null, null],
		["aws_vpc_security_group_egress_rule.either", ["cidr_ipv4"], "unknown", "all", null, null],
	}
}

test_unknown_inline_ranges if {
	_rules("ingress", [
		_inline("aws_security_group.opaque", {"ingress": fixture.refers(["terraform_data.peer.output"])}),
		_inline("aws_security_group.vpc", {"ingress": fixture.refers(["aws_vpc.this.cidr_block"])}),
		_inline("aws_security_group.dynamic", {}),
		_inline("aws_security_group.beside", {"ingress": {"constant_value": [{"self": true}]}}),
	]) == {
		["aws_security_group.opaque", ["ingress", 0, "cidr_blocks"], "unknown", "tcp", 22, 22],
		["aws_security_group.dynamic", ["ingress", 0, "cidr_blocks"], "unknown", "tcp", 22, 22],
		["aws_security_group.beside", ["ingress", 0, "cidr_blocks"], "unknown", "tcp", 22, 22],
	}
}

test_all_rules_unknown if {
	_rules("ingress", [
		fixture.resource(
			"aws_security_group.opaque", {}, {"ingress": true},
			{"ingress": fixture.refers(["terraform_data.rules.output"])},
		),
		fixture.resource(
			"aws_security_group.groups", {}, {"ingress": true},
			{"ingress": fixture.refers(["aws_security_group.other.id"])},
		),
		fixture.resource("aws_security_group.none", {}, {"ingress": true}, {"name": {"constant_value": "x"}}),
		fixture.resource("aws_security_group.bare", {}, {"ingress": true}, {}),
	]) == {["aws_security_group.opaque", ["ingress"], "unknown", "unknown", null, null]}
}

test_unknown_protocol_and_ports if {
	_rules("ingress", [fixture.resource(
		"aws_vpc_security_group_ingress_rule.this",
		{"cidr_ipv4": "0.0.0.0/0"},
		{"ip_protocol": true, "from_port": true, "to_port": true},
		{},
	)]) == {["aws_vpc_security_group_ingress_rule.this", ["cidr_ipv4"], "world", "unknown", null, null]}
}

test_rules_read_back_are_judged_where_they_are_written if {
	_rules("ingress", [_existing("aws_security_group.this"), _attached]) == {[
		"aws_vpc_security_group_ingress_rule.this", ["cidr_ipv4"], "world", "tcp", 443, 443,
	]}
}

test_drift_of_a_group_is_judged if {
	plan := object.union(fixture.plan([_existing("aws_security_group.this"), _attached]), {"resource_drift": [{
		"address": "aws_security_group.this",
		"change": {"before": {"ingress": []}, "after": {"ingress": _open}},
	}]})
	{rule.path | some rule in network.rules.ingress} == {["ingress", 0, "cidr_blocks"], ["cidr_ipv4"]} with input as plan
}

test_drift_of_something_else_is_not_judged_again if {
	plan := object.union(fixture.plan([_existing("aws_security_group.this"), _attached]), {"resource_drift": [{
		"address": "aws_security_group.this",
		"change": {"before": {"ingress": _open, "tags": {}}, "after": {"ingress": _open, "tags": null}},
	}]})
	{rule.path | some rule in network.rules.ingress} == {["cidr_ipv4"]} with input as plan
}

test_inline_rules_beside_others_are_judged if {
	configured := fixture.known("aws_security_group.this", {"id": "sg-1", "ingress": _open})
	[rule.path | some rule in network.rules.ingress with input as fixture.plan([configured])] == [["ingress", 0, "cidr_blocks"]]
	changed := _with_before(_existing("aws_security_group.this"), {"ingress": []})
	{rule.path | some rule in network.rules.ingress with input as fixture.plan([changed, _attached])} == {
		["ingress", 0, "cidr_blocks"],
		["cidr_ipv4"],
	}
	unchanged := _with_before(configured, configured.change.change.after)
	{rule.path | some rule in network.rules.ingress with input as fixture.plan([unchanged, _attached])} == {
		["ingress", 0, "cidr_blocks"],
		["cidr_ipv4"],
	}
}

test_one_unknown_range_in_a_list if {
	_rules("ingress", [
		_listed("aws_security_group_rule.opaque", [null, "10.0.0.0/8"], ["terraform_data.peer.output"]),
		_listed("aws_security_group_rule.vpc", [null, "10.0.0.0/8"], ["aws_vpc.this.cidr_block"]),
		_listed("aws_security_group_rule.world", [null, "0.0.0.0/0"], ["terraform_data.peer.output"]),
	]) == {
		["aws_security_group_rule.opaque", ["cidr_blocks"], "unknown", "tcp", 22, 22],
		["aws_security_group_rule.world", ["cidr_blocks"], "world", "tcp", 22, 22],
	}
}

test_range_that_is_not_set if {
	_rules("ingress", [fixture.resource(
		"aws_vpc_security_group_ingress_rule.this",
		{"ip_protocol": "-1"},
		{"cidr_ipv4": true},
		{"cidr_ipv4": {"constant_value": null}},
	)]) == set()
}

test_odd_values_are_left_open if {
	_rules("ingress", [fixture.known("aws_vpc_security_group_ingress_rule.this", {
		"ip_protocol": 6, "from_port": "22", "to_port": "22", "cidr_ipv4": "0.0.0.0/0", "cidr_ipv6": 7,
	})]) == {["aws_vpc_security_group_ingress_rule.this", ["cidr_ipv4"], "world", "unknown", null, null]}
}

test_default_groups if {
	_rules("ingress", [fixture.known("aws_default_security_group.this", {"ingress": _open})]) == {[
		"aws_default_security_group.this", ["ingress", 0, "cidr_blocks"], "world", "tcp", 22, 22,
	]}
}

test_subnets if {
	resources := [
		fixture.known("aws_subnet.public", {"map_public_ip_on_launch": true}),
		fixture.known("aws_subnet.private", {"map_public_ip_on_launch": false}),
		fixture.known("aws_subnet.absent", {}),
		fixture.known("aws_default_subnet.public", {"map_public_ip_on_launch": true}),
		fixture.resource(
			"aws_subnet.opaque", {},
			{"map_public_ip_on_launch": true},
			{"map_public_ip_on_launch": fixture.refers(["terraform_data.flag.output"])},
		),
	]
	network.public_subnets == {"aws_subnet.public", "aws_default_subnet.public"} with input as fixture.plan(resources)
	network.unclear_subnets == {"aws_subnet.opaque"} with input as fixture.plan(resources)
}

test_inline_rules_of_an_existing_group_are_judged if {
	_rules("ingress", [_existing("aws_security_group.this")]) == {[
		"aws_security_group.this", ["ingress", 0, "cidr_blocks"], "world", "tcp", 22, 22,
	]}
}

test_world if {
	wide := {
		"0.0.0.0/0", "::/0", "10.0.0.0/0", "0.0.0.0/00", "0.0.0.0/1", "128.0.0.0/1", "192.0.0.0/2", "224.0.0.0/2", "52.0.0.0/7",
		"8000::/1", "2000::/3", "2600::/12", "2A00::/12", "::/1",
	}
	narrow := {
		"10.0.0.0/8", "10.0.0.0/10", "192.168.0.1/32", "224.0.0.0/3", "239.0.0.0/4", "240.0.0.0/4", "250.0.0.0/7",
		"fd00::/8", "fc00::/7", "FE80::/10", "2001:db8::/32", "2600::/13", "2600::/120", "", "0.0.0.0",
	}
	{range | some range in (wide | narrow); network.world(range)} == wide
}

test_prefix_lists if {
	_rules("ingress", array.concat(_lists, [
		_by_list("aws_vpc_security_group_ingress_rule.inline", ["aws_ec2_managed_prefix_list.wide.id"]),
		_by_list("aws_vpc_security_group_ingress_rule.standing", ["aws_ec2_managed_prefix_list.standing.id"]),
		_by_list("aws_vpc_security_group_ingress_rule.office", ["aws_ec2_managed_prefix_list.office.id"]),
		_by_list("aws_vpc_security_group_ingress_rule.empty", ["aws_ec2_managed_prefix_list.empty.id"]),
		_by_list("aws_vpc_security_group_ingress_rule.opaque", ["aws_ec2_managed_prefix_list.opaque.id"]),
		_by_list("aws_vpc_security_group_ingress_rule.vpc", ["aws_ec2_managed_prefix_list.vpc.id"]),
		_by_list("aws_vpc_security_group_ingress_rule.either", [
			"aws_ec2_managed_prefix_list.wide.id",
			"aws_ec2_managed_prefix_list.office.id",
		]),
		_by_list("aws_vpc_security_group_ingress_rule.elsewhere", ["terraform_data.list.output"]),
	])) == {
		["aws_vpc_security_group_ingress_rule.inline", ["prefix_list_id"], "world", "tcp", 22, 22],
		["aws_vpc_security_group_ingress_rule.standing", ["prefix_list_id"], "world", "tcp", 22, 22],
		["aws_vpc_security_group_ingress_rule.opaque", ["prefix_list_id"], "unknown", "tcp", 22, 22],
		["aws_vpc_security_group_ingress_rule.either", ["prefix_list_id"], "unknown", "tcp", 22, 22],
	}
}

test_prefix_lists_of_inline_and_older_rules if {
	reference := fixture.refers(["aws_ec2_managed_prefix_list.wide.id"])
	_rules("ingress", array.concat(_lists, [
		fixture.resource(
			"aws_security_group.this",
			{"ingress": [{"protocol": "-1", "cidr_blocks": []}, {"protocol": "tcp", "prefix_list_ids": []}]},
			{"ingress": [{"prefix_list_ids": true}, {"prefix_list_ids": []}]},
			{"ingress": reference},
		),
		fixture.resource(
			"aws_security_group_rule.this",
			{"type": "ingress", "protocol": "-1"},
			{"prefix_list_ids": true},
			{"prefix_list_ids": reference},
		),
	])) == {
		["aws_security_group.this", ["ingress", 0, "prefix_list_ids"], "world", "all", null, null],
		["aws_security_group_rule.this", ["prefix_list_ids"], "world", "all", null, null],
	}
}

test_prefix_list_that_exists if {
	_rules("egress", array.concat(_lists, [fixture.resource(
		"aws_vpc_security_group_egress_rule.this",
		{"ip_protocol": "-1", "prefix_list_id": "pl-1"},
		{},
		{"prefix_list_id": fixture.refers(["aws_ec2_managed_prefix_list.wide.id"])},
	)])) == {["aws_vpc_security_group_egress_rule.this", ["prefix_list_id"], "world", "all", null, null]}
}

test_opens if {
	cases := {
		"port": ["world", "tcp", 22, 22],
		"range": ["world", "tcp", 20, 30],
		"everything": ["world", "all", 0, 0],
		"other port": ["world", "tcp", 443, 443],
		"udp": ["world", "udp", 22, 22],
		"icmp": ["world", "icmp", -1, -1],
		"unknown range": ["unknown", "tcp", 22, 22],
		"unknown range, other port": ["unknown", "tcp", 443, 443],
		"unknown protocol": ["world", "unknown", 22, 22],
		"unknown ports": ["world", "tcp", null, null],
		"from known above": ["world", "tcp", 23, null],
		"to known below": ["world", "tcp", null, 21],
	}
	opens := {note | some note, parts in cases; network.opens(_made(parts), [22, 6006])}
	opens == {"port", "range", "everything"}
	may := {note | some note, parts in cases; network.may_open(_made(parts), [22])}
	may == opens | {"unknown range", "unknown protocol", "unknown ports"}
}

test_unrestricted if {
	cases := {
		"everything": ["world", "all", null, null],
		"all of tcp": ["world", "tcp", 0, 65535],
		"all of udp": ["world", "udp", 1, 65535],
		"https": ["world", "tcp", 443, 443],
		"high ports": ["world", "tcp", 1024, 65535],
		"unknown range": ["unknown", "all", null, null],
		"unknown protocol": ["world", "unknown", null, null],
		"unknown protocol, one port": ["world", "unknown", 443, 443],
		"icmp": ["world", "icmp", -1, -1],
		"low ports": ["world", "tcp", 0, 1023],
		"unknown protocol, low ports": ["world", "unknown", 0, 1023],
		"every number of another protocol": ["world", "icmp", 0, 65535],
	}
	open := {note | some note, parts in cases; network.unrestricted(_made(parts))}
	open == {"everything", "all of tcp", "all of udp"}
	may := {note | some note, parts in cases; network.may_be_unrestricted(_made(parts))}
	may == open | {"unknown range", "unknown protocol"}
}

_lists := [
	fixture.known("aws_ec2_managed_prefix_list.wide", {"entry": [{"cidr": "10.0.0.0/8"}, {"cidr": "0.0.0.0/0"}]}),
	fixture.known("aws_ec2_managed_prefix_list.office", {"entry": [{"cidr": "203.0.113.0/24"}]}),
	_empty_list("aws_ec2_managed_prefix_list.empty"),
	_empty_list("aws_ec2_managed_prefix_list.standing"),
	_list_of("aws_ec2_managed_prefix_list.opaque", ["terraform_data.peer.output"]),
	_list_of("aws_ec2_managed_prefix_list.vpc", ["aws_vpc.this.cidr_block"]),
	fixture.resource(
		"aws_ec2_managed_prefix_list_entry.standing",
		{"cidr": "::/0"},
		{"prefix_list_id": true},
		{"prefix_list_id": fixture.refers(["aws_ec2_managed_prefix_list.standing.id"])},
	),
	fixture.resource(
		"aws_ec2_managed_prefix_list_entry.opaque",
		{},
		{"cidr": true, "prefix_list_id": true},
		{
			"cidr": fixture.refers(["terraform_data.peer.output"]),
			"prefix_list_id": fixture.refers(["aws_ec2_managed_prefix_list.standing.id"]),
		},
	),
]

_empty_list(address) := fixture.resource(address, {}, {"entry": true}, {"name": {"constant_value": "x"}})

_list_of(address, references) := fixture.resource(
	address,
	{"entry": [{"description": ""}]},
	{"entry": [{"cidr": true}]},
	{"entry": [{"cidr": fixture.refers(references)}]},
)

_by_list(address, references) := fixture.resource(
	address,
	{"ip_protocol": "tcp", "from_port": 22, "to_port": 22},
	{"prefix_list_id": true},
	{"prefix_list_id": fixture.refers(references)},
)

_made(parts) := {"reach": parts[0], "protocol": parts[1], "from": parts[2], "to": parts[3]}

_rules(direction, resources) := {
[rule.resource.address, rule.path, rule.reach, rule.protocol, rule.from, rule.to] |
	some rule in network.rules[direction] with input as fixture.plan(resources)
}

_rule(address, references) := fixture.resource(
	address, {"ip_protocol": "-1", "cidr_ipv6": null},
	{"cidr_ipv4": true},
	{"cidr_ipv4": fixture.refers(references)},
)

_inline(address, expressions) := fixture.resource(
	address,
	{"ingress": [{"protocol": "tcp", "from_port": 22, "to_port": 22, "ipv6_cidr_blocks": []}]},
	{"ingress": [{"cidr_blocks": true, "ipv6_cidr_blocks": []}]},
	expressions,
)

_open := [{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": []}]

_existing(address) := _with_before(r, r.change.change.after) if {
	r := fixture.resource(address, {"id": "sg-1", "ingress": _open}, {}, {"name": {"constant_value": "x"}})
}

_with_before(r, before) := {
	"change": object.union(r.change, {"change": object.union(r.change.change, {
		"actions": ["update"],
		"before": before,
	})}),
	"configuration": r.configuration,
}

_listed(address, ranges, references) := fixture.resource(
	address,
	{"type": "ingress", "protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ranges},
	{"cidr_blocks": [true, false]},
	{"cidr_blocks": fixture.refers(references)},
)

_attached := fixture.known("aws_vpc_security_group_ingress_rule.this", {
	"security_group_id": "sg-1",
	"ip_protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_ipv4": "0.0.0.0/0",
})
