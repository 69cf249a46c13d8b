package plangate.lib.routes_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.routes

test_table_of_the_subnet if {
	_answers([_subnet, _gateway, _table([_route("0.0.0.0/0", "")]), _association]) == _public
	_answers([_subnet, _gateway, _table([_route("", "::/0")]), _association]) == _public
	_answers([_subnet, _gateway, _table([_route("128.0.0.0/1", "")]), _association]) == _public
}

test_routes_of_their_own if {
	_answers([_subnet, _bare_table, _association, _standing("aws_route_table.this.id", ["aws_internet_gateway.this.id"])]) == _public
	_answers([_subnet, _bare_table, _association, _standing("aws_route_table.other.id", ["aws_internet_gateway.this.id"])]) == _closed
}

test_ipv6_route_of_its_own if {
	route := fixture.resource(
		"aws_route.this",
		{"destination_ipv6_cidr_block": "::/0", "gateway_id": "igw-1"},
		{"route_table_id": true},
		{"route_table_id": fixture.refers(["aws_route_table.this.id"])},
	)
	_answers([_subnet, _bare_table, _association, route]) == _public
}

test_every_other_way_out_is_private if {
	every gateway in ["aws_vpn_gateway.this.id", "data.aws_vpn_gateway.this.id", "aws_vpc_endpoint.this.id"] {
		_answers([_subnet, _bare_table, _association, _standing("aws_route_table.this.id", [gateway])]) == _closed
	}
}

test_nat_gateway_is_private if {
	nat := fixture.resource(
		"aws_route.this",
		{"destination_cidr_block": "0.0.0.0/0"},
		{"gateway_id": true, "nat_gateway_id": true, "route_table_id": true},
		{
			"gateway_id": {"constant_value": null},
			"nat_gateway_id": fixture.refers(["aws_nat_gateway.this.id"]),
			"route_table_id": fixture.refers(["aws_route_table.this.id"]),
		},
	)
	_answers([_subnet, _bare_table, _association, nat]) == _closed
}

test_part_of_the_internet_is_private if {
	_answers([_subnet, _gateway, _table([_route("10.200.0.0/16", "")]), _association]) == _closed
}

test_known_gateway if {
	every id, answer in {"igw-1": _public, "vgw-1": _closed, "local": _closed, "": _closed} {
		_answers([_subnet, _association, fixture.known(
			"aws_route_table.this",
			{"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": id}]},
		)]) == answer
	}
}

test_gateway_of_a_data_source if {
	_answers([_subnet, _bare_table, _association, _standing("aws_route_table.this.id", ["data.aws_internet_gateway.this.id"])]) == _public
}

test_opaque_gateway_is_unclear if {
	_answers([_subnet, _bare_table, _association, _standing("aws_route_table.this.id", ["terraform_data.x.output"])]) == _unclear
	_answers([_subnet, _bare_table, _association, _standing(
		"aws_route_table.this.id",
		["aws_internet_gateway.this.id", "aws_vpn_gateway.this.id"],
	)]) == _unclear
}

test_other_resources_beside_a_gateway_are_none if {
	_answers([_subnet, _bare_table, _association, _standing(
		"aws_route_table.this.id",
		["aws_internet_gateway.this.id", "aws_nat_gateway.this.id"],
	)]) == _public
}

test_dynamic_routes if {
	dynamic := fixture.resource(
		"aws_route_table.this",
		{"route": [_route("0.0.0.0/0", "")]},
		{"route": [{"gateway_id": true}]},
		{"vpc_id": fixture.refers(["aws_vpc.this.id"])},
	)
	_answers([_subnet, _gateway, dynamic, _association]) == _public
	_answers([_subnet, dynamic, _association]) == _unclear
	_answers([_subnet, _gateway, fixture.known("aws_vpn_gateway.this", {}), dynamic, _association]) == _unclear
}

test_opaque_table_is_unclear_where_some_table_is_open if {
	elsewhere := _associated("aws_subnet.this.id", "terraform_data.table.output")
	_answers([_subnet, _gateway, _table([_route("0.0.0.0/0", "")]), elsewhere]) == _unclear
	_answers([_subnet, elsewhere]) == _closed
}

test_one_of_two_tables_is_unclear if {
	open := [_subnet, _gateway, _table([_route("0.0.0.0/0", "")])]
	private := fixture.resource("aws_route_table.private", {}, {"route": true}, {"vpc_id": fixture.refers(["aws_vpc.this.id"])})
	either := _between("aws_route_table_association.this", {
		"subnet_id": ["aws_subnet.this.id"],
		"route_table_id": ["aws_route_table.this.id", "aws_route_table.private.id"],
	})
	_answers(array.concat(open, [private, either])) == _unclear
	_answers([_subnet, private, _bare_table, _association, _between("aws_route.this", {
		"route_table_id": ["aws_route_table.this.id", "aws_route_table.private.id"],
		"gateway_id": ["aws_internet_gateway.this.id"],
	})]) == _unclear
}

test_open_route_beside_an_unclear_one if {
	_answers([
		_subnet, _gateway, _association, _table([_route("0.0.0.0/0", "")]),
		_standing("aws_route_table.this.id", ["terraform_data.x.output"]),
	]) == _public
}

test_main_table_by_each_name if {
	_answers([_subnet, _vpc, _standing("aws_vpc.this.main_route_table_id", ["aws_internet_gateway.this.id"])]) == _public
	_answers([_subnet, _vpc, _standing("aws_vpc.other.main_route_table_id", ["aws_internet_gateway.this.id"])]) == _closed
	_answers([_subnet, _vpc, _default_table([]), _standing(
		"aws_default_route_table.this.id",
		["aws_internet_gateway.this.id"],
	)]) == _public
	_answers([_subnet, _vpc, _gateway, _default_table([_route("0.0.0.0/0", "")])]) == _public
}

test_main_table_of_a_default_vpc if {
	inside := _between("aws_subnet.this", {"vpc_id": ["aws_default_vpc.this.id"]})
	route := _standing("aws_default_vpc.this.main_route_table_id", ["aws_internet_gateway.this.id"])
	_answers([inside, fixture.known("aws_default_vpc.this", {}), route]) == _public
}

test_main_table_that_another_replaces if {
	main := _between("aws_main_route_table_association.this", {
		"vpc_id": ["aws_vpc.this.id"],
		"route_table_id": ["aws_route_table.this.id"],
	})
	_answers([_subnet, _vpc, _gateway, _table([_route("0.0.0.0/0", "")]), main]) == _public
	_answers([_subnet, _vpc, _gateway, _default_table([_route("0.0.0.0/0", "")]), _bare_table, main]) == _closed
}

test_table_of_the_subnet_wins_over_the_main_one if {
	_answers([_subnet, _vpc, _bare_table, _association, _standing(
		"aws_vpc.this.main_route_table_id",
		["aws_internet_gateway.this.id"],
	)]) == _closed
}

test_main_table_is_in_doubt_beside_a_stray_association if {
	_answers([
		_subnet, _vpc, _bare_table, _associated("terraform_data.subnet.output", "aws_route_table.this.id"),
		_standing("aws_vpc.this.main_route_table_id", ["aws_internet_gateway.this.id"]),
	]) == _unclear
}

test_association_of_a_gateway_is_no_stray if {
	edge := _between("aws_route_table_association.this", {
		"gateway_id": ["aws_internet_gateway.this.id"],
		"route_table_id": ["aws_route_table.this.id"],
	})
	_answers([
		_subnet, _vpc, _bare_table, edge,
		_standing("aws_vpc.this.main_route_table_id", ["aws_internet_gateway.this.id"]),
	]) == _public
}

test_subnet_without_a_vpc_of_the_plan if {
	_answers([_subnet, _gateway, _table([_route("0.0.0.0/0", "")])]) == _closed
}

test_deleted if {
	_answers([_subnet, _gateway, _association, fixture.deleted("aws_route_table.this", {})]) == _closed
}

_public := {"public": {"aws_subnet.this"}, "unclear": set()}

_unclear := {"public": set(), "unclear": {"aws_subnet.this"}}

_closed := {"public": set(), "unclear": set()}

_answers(resources) := answers if {
	answers := {"public": routes.public_subnets, "unclear": routes.unclear_subnets} with input as fixture.plan(resources)
}

_vpc := fixture.known("aws_vpc.this", {})

_subnet := _between("aws_subnet.this", {"vpc_id": ["aws_vpc.this.id"]})

_gateway := _between("aws_internet_gateway.this", {"vpc_id": ["aws_vpc.this.id"]})

_association := _associated("aws_subnet.this.id", "aws_route_table.this.id")

_associated(subnet, table) := _between(
	"aws_route_table_association.this",
	{"subnet_id": [subnet], "route_table_id": [table]},
)

_bare_table := fixture.resource("aws_route_table.this", {}, {"route": true}, {"vpc_id": fixture.refers(["aws_vpc.this.id"])})

_table(blocks) := fixture.resource(
	"aws_route_table.this",
	{"route": blocks},
	{"route": [{"gateway_id": true} | some _ in blocks]},
	{"route": fixture.refers(["aws_internet_gateway.this.id"])},
)

_default_table(blocks) := fixture.resource(
	"aws_default_route_table.this",
	{"route": blocks},
	{"default_route_table_id": true, "route": [{"gateway_id": true} | some _ in blocks]},
	{
		"default_route_table_id": fixture.refers(["aws_vpc.this.default_route_table_id"]),
		"route": fixture.refers(["aws_internet_gateway.this.id"]),
	},
)

_route(range, range6) := {"cidr_block": range, "ipv6_cidr_block": range6, "nat_gateway_id": ""}

_standing(table, gateways) := _between("aws_route.this", {"route_table_id": [table], "gateway_id": gateways})

# What is unknown because it refers to these. A route leads anywhere.
_between(address, references) := fixture.resource(
	address,
	{"destination_cidr_block": "0.0.0.0/0"},
	{name: true | some name, _ in references},
	{name: fixture.refers(list) | some name, list in references},
)
