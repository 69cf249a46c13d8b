# METADATA
# title: GPU instance gets a public address
# description: >-
#   A public address puts notebooks, job servers and the node itself one security group rule away from the internet, and
#   gives whatever runs there a way out that no proxy sees.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#network-interfaces
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `associate_public_ip_address = false`, or name a subnet with `map_public_ip_on_launch = false`
#   resource_types: [aws_instance, aws_spot_instance_request, aws_launch_template, aws_subnet]
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0049]
#   aliases: [CP-002, CKV_AWS_88, AWS-0009]
package plangate.policies.training_clusters.public_ip

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

_exposures := array.concat(_machines, _templates)

_machines := [{"resource": machine, "path": found.path, "certain": found.certain, "gpu": gpu.sure(machine)} |
	some machine in gpu.machines
	gpu.possible(machine)
	found := _exposure(machine)
]

_templates := [{"resource": held.holder, "path": path, "certain": certain, "gpu": held.certain} |
	some held in gpu.blocks("network_interfaces")
	held.holder.type == "aws_launch_template"
	path := array.concat(held.block, _flag)
	certain := _set_on(held.holder, path)
]

# The instance's own flag wins over its subnet's.
_exposure(machine) := {"path": _flag, "certain": certain} if {
	certain := _set_on(machine, _flag)
} else := {"path": _subnet, "certain": true} if {
	plan.absent(machine, _flag)
	count(plan.targets(machine, _subnet, "aws_subnet") & network.public_subnets) > 0
} else := {"path": _subnet, "certain": false} if {
	plan.absent(machine, _flag)
	_subnet_unclear(machine)
}

# Launch templates write the flag as text.
_set_on(r, path) if {
	plan.known(r, path) in {true, "true"}
} else := false if {
	plan.unknown(r, path)
}

_subnet_unclear(machine) if count(plan.targets(machine, _subnet, "aws_subnet") & network.unclear_subnets) > 0

_subnet_unclear(machine) if {
	plan.unknown(machine, _subnet)
	not plan.settled(machine, _subnet, {"aws_subnet"})
}

_flag := ["associate_public_ip_address"]

_subnet := ["subnet_id"]

_policy := finding.policy(rego.metadata.chain())
