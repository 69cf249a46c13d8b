# METADATA
# title: What security groups let in from and out to the internet
# description: >-
#   Rules are written inline in a group, as `aws_security_group_rule` and as `aws_vpc_security_group_*_rule`. This
#   package reads all three into one form, once, and keeps the rules that reach the internet or may do so after apply,
#   by address ranges or by a prefix list of the plan.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group_rule
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
package plangate.lib.network

import data.plangate.lib.group
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   Rules from (`ingress`) or to (`egress`) the internet as `rules[direction]`, a list of `{resource, path, reach,
#   protocol, from, to}`: `path` leads to the address range, `reach` is `world` or `unknown`, `protocol` is `all`, a
#   name in lower case, a number, or `unknown`, and a port that is not known is null.
rules := {direction: array.concat(array.concat(_inline(direction), _hidden(direction)), _standing(direction)) |
	some direction in ["ingress", "egress"]
}

# METADATA
# description: Whether a rule certainly lets TCP through on one of these ports.
opens(rule, ports) if {
	rule.reach == "world"
	some port in ports
	_admits(rule, port)
}

# METADATA
# description: Whether a rule may turn out to let TCP through on one of these ports.
may_open(rule, ports) if {
	rule.protocol in {"all", "tcp", "unknown"}
	some port in ports
	_may_admit(rule, port)
}

# METADATA
# description: Whether a rule certainly lets everything through, or every port of TCP or UDP.
unrestricted(rule) if {
	rule.reach == "world"
	_all_ports(rule)
}

# METADATA
# description: Whether a rule may turn out to let everything through.
may_be_unrestricted(rule) if _all_ports(rule)

may_be_unrestricted(rule) if {
	rule.protocol in {"tcp", "udp", "unknown"}
	_may_admit(rule, 1)
	_may_admit(rule, 65535)
}

# METADATA
# description: >-
#   How far the address range or ranges at `path` reach: `world` when a known one covers the internet or half of it,
#   `unknown` when one is known only after apply and does not come from a VPC, a subnet or the like, `closed` otherwise.
reach(r, path) := "world" if {
	some range in _ranges(r, path)
	world(range)
} else := "unknown" if {
	_unclear(r, path)
} else := "closed"

# METADATA
# description: >-
#   Whether an address range is so wide that it is the internet rather than somebody's network: of IPv4 more than a `/8`,
#   which is as much as any private range or assignment has, and of IPv6 a `/12`, which is as much as a continent has.
#   Halves and quarters of the internet count thus one by one; multicast, reserved and local addresses never do.
world(range) if {
	regex.match(`^([0-9.]+/0*[0-7]|[0-9a-eA-E:][0-9a-fA-F:]*/0*([0-9]|1[0-2]))$`, range)
	not regex.match(`^2(2[4-9]|[3-5][0-9])\.[0-9.]+/0*[3-7]$`, range)
}

# METADATA
# description: Addresses of the plan's subnets that give their instances public addresses.
public_subnets := {subnet.address |
	some type in _subnets
	some subnet in plan.resources[type]
	plan.known(subnet, _maps_public) == true
}

# METADATA
# description: Addresses of the plan's subnets of which only the apply tells whether they do.
unclear_subnets := {subnet.address |
	some type in _subnets
	some subnet in plan.resources[type]
	plan.unknown(subnet, _maps_public)
}

_maps_public := ["map_public_ip_on_launch"]

_subnets := ["aws_subnet", "aws_default_subnet"]

_inline(direction) := [rule |
	some type in _groups
	some r in plan.resources[type]
	not _read_back(r, direction)
	some block in plan.blocks(r, [direction])
	some rule in _reaching(r, block.path, ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"], "protocol")
]

# All rules of a group can come from one expression. Rules that come from dynamic blocks look like none, so this speaks
# only where the configuration does.
_hidden(direction) := [rule |
	some type in _groups
	some r in plan.resources[type]
	plan.unknown(r, [direction])
	count(configuration.ends(r, [direction])) > 0
	not plan.settled(r, [direction], _bounded)
	rule := {
		"resource": r,
		"path": [direction],
		"reach": "unknown",
		"protocol": "unknown",
		"from": null,
		"to": null,
	}
]

# Rules with resources of their own come back in the attributes of their group once they exist. They are judged where they
# are written, not again at the group, unless somebody changed the group behind Terraform's back.
_read_back(r, direction) if {
	_ruled[plan.known(r, ["id"])]
	configuration.unset(r, [direction])
	object.get(r.change, ["before", direction], null) == object.get(r.change, ["after", direction], null)
	not _drifted[[direction, r.address]]
}

_ruled := {group |
	some type in ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule", "aws_security_group_rule"]
	some rule in plan.resources[type]
	group := plan.known(rule, ["security_group_id"])
}

_drifted := {[direction, drift.address] |
	some drift in plan.document.resource_drift
	some direction in ["ingress", "egress"]
	object.get(drift.change, ["before", direction], null) != object.get(drift.change, ["after", direction], null)
}

_standing("ingress") := array.concat(_modern("aws_vpc_security_group_ingress_rule"), _legacy("ingress"))

_standing("egress") := array.concat(_modern("aws_vpc_security_group_egress_rule"), _legacy("egress"))

_modern(type) := [rule |
	some r in plan.resources[type]
	some rule in _reaching(r, [], ["cidr_ipv4", "cidr_ipv6", "prefix_list_id"], "ip_protocol")
]

_legacy(direction) := [rule |
	some r in plan.resources.aws_security_group_rule
	plan.known(r, ["type"]) == direction
	some rule in _reaching(r, [], ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids"], "protocol")
]

_reaching(r, at, attributes, protocol) := [rule |
	some attribute in attributes
	path := array.concat(at, [attribute])
	far := _far(r, path, attribute)
	far != "closed"
	rule := {
		"resource": r,
		"path": path,
		"reach": far,
		"protocol": _protocol(r, array.concat(at, [protocol])),
		"from": _port(r, array.concat(at, ["from_port"])),
		"to": _port(r, array.concat(at, ["to_port"])),
	}
]

_far(r, path, attribute) := reach(r, path) if {
	not startswith(attribute, "prefix_list")
} else := _listed(r, path)

# Inline rules share one list of references, and so do the rules of a `for_each`: where not all lists that a rule may
# mean are open, none is taken for its own.
_listed(r, path) := far if {
	count(_lists) > 0
	_given(r, path)
	lists := plan.targets(r, path, "aws_ec2_managed_prefix_list")
	reaches := {object.get(_lists, list, "closed") | some list in lists}
	far := _agreed(reaches)
} else := "closed"

_agreed(reaches) := "unknown" if {
	count(reaches) > 1
} else := far if {
	some far in reaches
}

_given(r, path) if plan.computed(r, path)

_given(r, path) if count(plan.known(r, path)) > 0

# The prefix lists of the plan that hold the internet or may come to hold it.
_lists := {list: far |
	some list, reaches in group.by_key([[list, far] |
		some [list, far] in array.concat(_entries, _standing_entries)
		far != "closed"
	])
	far := _widest(reaches)
}

_widest(reaches) := "world" if {
	"world" in reaches
} else := "unknown"

_entries := [[list.address, reach(list, array.concat(entry.path, ["cidr"]))] |
	some list in plan.resources.aws_ec2_managed_prefix_list
	some entry in plan.blocks(list, ["entry"])
]

_standing_entries := [[list, reach(entry, ["cidr"])] |
	some entry in plan.resources.aws_ec2_managed_prefix_list_entry
	some list in plan.targets(entry, ["prefix_list_id"], "aws_ec2_managed_prefix_list")
]

_protocol(r, path) := object.get(_names, lower(protocol), lower(protocol)) if {
	protocol := plan.known(r, path)
	is_string(protocol)
} else := "unknown"

_names := {"-1": "all", "6": "tcp", "17": "udp"}

_port(r, path) := port if {
	port := plan.known(r, path)
	is_number(port)
} else := null

_admits(rule, _) if rule.protocol == "all"

_admits(rule, port) if {
	rule.protocol == "tcp"
	_within(rule, port)
}

_may_admit(rule, _) if rule.protocol == "all"

_may_admit(rule, port) if {
	not _above(rule, port)
	not _below(rule, port)
}

_within(rule, port) if {
	is_number(rule.from)
	is_number(rule.to)
	rule.from <= port
	rule.to >= port
}

_above(rule, port) if {
	is_number(rule.from)
	rule.from > port
}

_below(rule, port) if {
	is_number(rule.to)
	rule.to < port
}

_all_ports(rule) if rule.protocol == "all"

_all_ports(rule) if {
	rule.protocol in {"tcp", "udp"}
	_within(rule, 1)
	_within(rule, 65535)
}

_ranges(r, path) := [range |
	some range in _list(plan.known(r, path))
	is_string(range)
]

_list(value) := value if {
	is_array(value)
} else := [value]

_unclear(r, path) if {
	plan.computed(r, path)
	_unsettled(r, path)
}

_unclear(r, path) if {
	some i, unknown in object.get(r.change.after_unknown, path, [])
	unknown == true
	_unsettled(r, array.concat(path, [i]))
}

# What stands in a dynamic block has no expression and settles nothing.
_unsettled(r, path) if {
	not plan.settled(r, path, _bounded)
	not plan.absent(r, path)
}

_unsettled(r, path) if {
	path[0] in {"ingress", "egress"}
	not plan.settled(r, path, _bounded)
}

_groups := ["aws_security_group", "aws_default_security_group"]

# Where an address range comes from that is never the internet, and what else stands in the one expression of inline
# rules without being a range.
_bounded := {
	"aws_vpc", "aws_default_vpc", "data.aws_vpc",
	"aws_subnet", "aws_default_subnet", "data.aws_subnet",
	"aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association",
	"aws_vpc_ipam_pool_cidr", "aws_vpc_ipam_pool_cidr_allocation",
	"aws_eip", "data.aws_eip", "aws_nat_gateway", "data.aws_nat_gateway",
	"aws_security_group", "aws_default_security_group", "data.aws_security_group",
	"aws_ec2_managed_prefix_list", "data.aws_ec2_managed_prefix_list", "data.aws_prefix_list", "aws_vpc_endpoint",
}
