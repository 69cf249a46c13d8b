# METADATA
# title: Which subnets a route leads to the internet from
# description: >-
#   A subnet is public where its route table sends the internet's addresses to an internet gateway. The table is the one
#   associated with the subnet or else the main one of its VPC; its routes are written inline or as `aws_route`.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/default_route_table
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/main_route_table_association
package plangate.lib.routes

import data.plangate.lib.group
import data.plangate.lib.network
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: Addresses of the plan's subnets that certainly are public.
public_subnets := {subnet | some subnet, answer in _answers; answer == "open"}

# METADATA
# description: Addresses of the plan's subnets of which only the apply tells whether they are.
unclear_subnets := {subnet | some subnet, answer in _answers; answer == "unclear"}

# Nothing is public without a route to a gateway, so most plans are done here.
_answers := {subnet.address: answer |
	count(_tables) > 0
	some subnet in plan.resources.aws_subnet
	answer := _answer(subnet)
	answer != "closed"
}

_answer(subnet) := _of([_table(table) | some table in tables]) if {
	tables := _associated[subnet.address]
} else := "unclear" if {
	_opaque[subnet.address]
} else := _main(subnet)

# A subnet without a table of its own has the main one, unless an association that cannot be followed gives it another.
_main(subnet) := answer if {
	far := _of([_of_vpc(vpc) | some vpc in sort(plan.targets_of(subnet, ["vpc_id"], _vpcs))])
	answer := _doubted(far)
}

_doubted(far) := "unclear" if {
	far == "open"
	_stray
} else := far

_stray if {
	some association in plan.resources.aws_route_table_association
	plan.unknown(association, ["subnet_id"])
	count(plan.targets(association, ["subnet_id"], "aws_subnet")) == 0
}

_of_vpc(vpc) := _of([_table(table) | some table in _mains[vpc]]) if {
	_mains[vpc]
} else := _of([_table(vpc)])

_table(table) := object.get(_tables, table, "closed")

# Several answers of one table or gateway are those of the branches of a conditional.
_of(answers) := answers[0] if {
	count({answer | some answer in answers}) == 1
} else := "unclear" if {
	count(answers) > 0
} else := "closed"

_associated := group.by_key([[subnet, table] |
	some association in plan.resources.aws_route_table_association
	some table in sort(_tables_at(association, ["route_table_id"]))
	some subnet in sort(plan.targets(association, ["subnet_id"], "aws_subnet"))
])

# Subnets with a table that nobody can name before the apply.
_opaque := {subnet |
	some association in plan.resources.aws_route_table_association
	plan.unknown(association, ["route_table_id"])
	count(_tables_at(association, ["route_table_id"])) == 0
	some subnet in plan.targets(association, ["subnet_id"], "aws_subnet")
}

# The main table of a VPC where it is not the one it came with.
_mains := group.by_key([[vpc, table] |
	some association in plan.resources.aws_main_route_table_association
	some table in sort(_tables_at(association, ["route_table_id"]))
	some vpc in sort(plan.targets_of(association, ["vpc_id"], _vpcs))
])

# The tables that send the internet to a gateway, `open` or `unclear`.
_tables := {table: _widest(answers) |
	some table, answers in group.by_key(array.concat(_inline, _standing))
}

_widest(answers) := "open" if {
	"open" in answers
} else := "unclear"

_inline := [[table, answer] |
	some type in ["aws_route_table", "aws_default_route_table"]
	some r in plan.resources[type]
	some block in plan.blocks(r, ["route"])
	answer := _gateway(r, block.path, ["cidr_block", "ipv6_cidr_block"])
	table := _known_as(r.address)
]

_standing := [[table, answer] |
	some r in plan.resources.aws_route
	far := _gateway(r, [], ["destination_cidr_block", "destination_ipv6_cidr_block"])
	tables := _tables_at(r, ["route_table_id"])
	answer := _alone(tables, far)
	some table in tables
]

# A route that may belong to one of two tables certainly belongs to neither.
_alone(tables, far) := far if {
	count(tables) == 1
} else := "unclear"

_gateway(r, at, ranges) := answer if {
	some range in ranges
	network.reach(r, array.concat(at, [range])) == "world"
	answer := _leads(r, array.concat(at, ["gateway_id"]))
}

# Whether a gateway is an internet gateway. Inline routes share one list of references.
_leads(r, path) := "open" if {
	startswith(plan.known(r, path), "igw-")
} else := "open" if {
	plan.computed(r, path)
	types := {end.type | some end in configuration.ends(r, path)}
	_internet_gateway(types)
} else := "unclear" if {
	plan.unknown(r, path)
	not plan.settled(r, path, _others | _private_gateways)
}

_internet_gateway(types) if {
	count(types & _internet_gateways) > 0
	count(types - (_internet_gateways | _others)) == 0
}

# A dynamic block shows no references; what it leads to is new, and so one of the plan's gateways.
_internet_gateway(types) if {
	count(types) == 0
	plan.resources.aws_internet_gateway
	not plan.resources.aws_vpn_gateway
}

_internet_gateways := {"aws_internet_gateway", "data.aws_internet_gateway"}

_private_gateways := {"aws_vpn_gateway", "data.aws_vpn_gateway"}

# What stands beside gateways in inline routes without being one that `gateway_id` takes.
_others := {
	"aws_vpc", "aws_subnet", "aws_nat_gateway", "aws_egress_only_internet_gateway", "aws_vpc_peering_connection",
	"aws_ec2_transit_gateway", "aws_ec2_transit_gateway_vpc_attachment", "aws_vpc_endpoint", "aws_network_interface",
	"aws_ec2_managed_prefix_list", "aws_networkfirewall_firewall",
}

_tables_at(r, path) := {_known_as(address) |
	some address in plan.targets_of(r, path, {"aws_route_table", "aws_default_route_table", "aws_vpc", "aws_default_vpc"})
}

# The table that a VPC came with goes by the address of the VPC, whoever names it.
_known_as(address) := object.get(_came_with, address, address)

_came_with := {table.address: vpc |
	some table in plan.resources.aws_default_route_table
	vpcs := plan.targets_of(table, ["default_route_table_id"], _vpcs)
	count(vpcs) == 1
	some vpc in vpcs
}

_vpcs := {"aws_vpc", "aws_default_vpc"}
