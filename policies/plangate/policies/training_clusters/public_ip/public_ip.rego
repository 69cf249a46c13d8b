# METADATA
# title: GPU instance gets a public address
# description: >-
#   A public address puts notebooks, job servers and the node itself one security group rule away from the internet, and
#   gives whatever runs there a way out that no proxy sees.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#network-interfaces
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eip
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `associate_public_ip_address = false` and attach no `aws_eip`, or name subnets with
#     `map_public_ip_on_launch = false`
#   resource_types:
#     - aws_instance
#     - aws_spot_instance_request
#     - aws_launch_template
#     - aws_autoscaling_group
#     - aws_eks_node_group
#     - aws_eip
#     - aws_eip_association
#     - aws_subnet
#     - aws_default_subnet
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0049]
#   aliases: [CP-002, CKV_AWS_88, AWS-0009]
package plangate.policies.training_clusters.public_ip

import data.plangate.lib.elastic
import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.network
import data.plangate.lib.plan

deny contains finding.new(_policy, exposure.resource, exposure.path) if {
	some exposure in _exposures
	exposure.gpu
	exposure.certain
}

undecided contains finding.undecided(_policy, exposure.resource, exposure.path) if {
	some exposure in _exposures
	not _decided(exposure)
}

_decided(exposure) if {
	exposure.gpu
	exposure.certain
}

_exposures := array.concat(array.concat(_placed, _templates), _elastic)

_placed := [{"resource": r, "path": found.path, "certain": found.certain, "gpu": gpu.sure(r)} |
	some type, place in _places
	some r in plan.resources[type]
	gpu.possible(r)
	found := _exposure(r, place)
]

# What a group launches is in one of its subnets, an instance in the one that it names.
_places := {
	"aws_instance": ["subnet_id"],
	"aws_spot_instance_request": ["subnet_id"],
	"aws_autoscaling_group": ["vpc_zone_identifier"],
	"aws_eks_node_group": ["subnet_ids"],
}

_templates := [{"resource": held.holder, "path": found.path, "certain": found.certain, "gpu": held.certain} |
	some held in gpu.blocks("network_interfaces")
	held.holder.type == "aws_launch_template"
	found := _interface_exposure(held)
]

_elastic := [{"resource": machine, "path": [], "certain": true in answers, "gpu": gpu.sure(machine)} |
	count(elastic.machines) > 0
	some machine in gpu.machines
	answers := elastic.machines[machine.address]
	gpu.possible(machine)
]

# The instance's own flag wins over its subnet's, and so does the one of its launch template, which is judged there.
_exposure(r, place) := {"path": _flag, "certain": certain} if {
	certain := _set_on(r, _flag)
} else := {"path": place, "certain": certain} if {
	plan.absent(r, _flag)
	not _set_by_template(r)
	certain := _in_public_subnet(r, place)
}

_interface_exposure(held) := {"path": path, "certain": certain} if {
	path := array.concat(held.block, _flag)
	certain := _set_on(held.holder, path)
} else := {"path": place, "certain": certain} if {
	plan.absent(held.holder, array.concat(held.block, _flag))
	place := array.concat(held.block, ["subnet_id"])
	certain := _in_public_subnet(held.holder, place)
}

_set_by_template(r) if {
	some template in gpu.launched(r)
	some block in plan.blocks(template, ["network_interfaces"])
	not plan.absent(template, array.concat(block.path, _flag))
}

# Launch templates write the flag as text.
_set_on(r, path) if {
	plan.known(r, path) in {true, "true"}
} else := false if {
	plan.unknown(r, path)
}

_in_public_subnet(r, path) := _judged(r, path, plan.targets_of(r, path, {"aws_subnet", "aws_default_subnet"}))

# Of several subnets for one instance, as a conditional names them, each has to be public, and so of those that are all
# that comes out of a module.
_judged(r, path, subnets) if {
	count(subnets & network.public_subnets) > 0
	_meant(r, path, subnets - network.public_subnets)
} else := false if {
	count(subnets & (network.public_subnets | network.unclear_subnets)) > 0
} else := false if {
	plan.unknown(r, path)
	not plan.settled(r, path, {"aws_subnet", "aws_default_subnet"})
	not _all_out_of_a_module(r, path, subnets)
}

_meant(_, _, others) if count(others) == 0

_meant(r, path, _) if {
	path[count(path) - 1] != "subnet_id"
	not plan.vague(r, path)
}

_all_out_of_a_module(r, path, subnets) if {
	count(subnets) > 0
	plan.vague(r, path)
}

_flag := ["associate_public_ip_address"]

_policy := finding.policy(rego.metadata.chain())
