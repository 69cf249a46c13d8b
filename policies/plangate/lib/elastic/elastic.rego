# METADATA
# title: Which machines have an elastic IP
# description: >-
#   An elastic IP is a public address that is attached to an instance, whatever its subnet and its own flag say. It names
#   the instance or one of its network interfaces, itself or through an association.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eip
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eip_association
package plangate.lib.elastic

import data.plangate.lib.group
import data.plangate.lib.plan

# METADATA
# description: >-
#   By the address of an instance, whether elastic IPs that name it name nothing else: `[true]`, or `[false]` where an
#   expression leaves open which of several instances it means.
machines := group.by_key([[machine, certain] |
	some attachment in _attachments
	named := _named(attachment)
	certain := count(named) == 1
	some machine in named
])

_attachments := array.concat(
	[{"address": r, "instance": ["instance"], "interface": ["network_interface"]} | some r in plan.resources.aws_eip],
	[{"address": r, "instance": ["instance_id"], "interface": ["network_interface_id"]} |
		some r in plan.resources.aws_eip_association
	],
)

_named(attachment) := _at(attachment.address, attachment.instance, _machine_types) | {machine |
	some interface in _at(attachment.address, attachment.interface, {"aws_network_interface"})
	some machine in _interfaces[interface]
}

# A conditional names its branches whichever holds; where it gives nothing, the attribute is absent.
_at(r, path, types) := plan.targets_of(r, path, types) if {
	not plan.absent(r, path)
} else := set()

# The instances that a network interface belongs to, as the instance, the interface or an attachment says.
_interfaces := group.by_key(array.concat(
	[[interface, machine.address] |
		some type in _machine_types
		some machine in plan.resources[type]
		some block in plan.blocks(machine, ["network_interface"])
		some interface in plan.targets(machine, array.concat(block.path, ["network_interface_id"]), "aws_network_interface")
	],
	array.concat(
		[[interface.address, machine] |
			some interface in plan.resources.aws_network_interface
			some block in plan.blocks(interface, ["attachment"])
			some machine in plan.targets_of(interface, array.concat(block.path, ["instance"]), _machine_types)
		],
		[[interface, machine] |
			some attachment in plan.resources.aws_network_interface_attachment
			some interface in plan.targets(attachment, ["network_interface_id"], "aws_network_interface")
			some machine in plan.targets_of(attachment, ["instance_id"], _machine_types)
		],
	),
))

_machine_types := {"aws_instance", "aws_spot_instance_request"}
