# METADATA
# title: Batch compute environment is in a public subnet
# description: >-
#   In a subnet that hands out public addresses every training instance is on the internet, one security group rule away
#   from being reached; in one that only has the route there, one elastic address more.
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/security-vpc.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_compute_environment
# custom:
#   severity: medium
#   remediation: >-
#     name subnets with `map_public_ip_on_launch = false` and no route to an internet gateway in
#     `compute_resources.subnets`, and give them a NAT gateway or VPC endpoints
#   resource_types:
#     - aws_batch_compute_environment
#     - aws_subnet
#     - aws_default_subnet
#     - aws_route_table
#     - aws_default_route_table
#     - aws_route
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0049]
#   aliases: [CP-012]
package plangate.policies.training_clusters.public_batch_subnets

import data.plangate.lib.finding
import data.plangate.lib.network
import data.plangate.lib.plan
import data.plangate.lib.routes

deny contains finding.new(_policy, place.environment, place.path) if {
	some place in _places
	_certain(place)
}

undecided contains finding.undecided(_policy, place.environment, place.path) if {
	some place in _places
	not _certain(place)
	_open(place)
}

# One public subnet among several is enough, unless those are all that comes out of a module.
_certain(place) if {
	count(place.subnets & _public) > 0
	not _vague(place)
}

_certain(place) if {
	count(place.subnets) > 0
	count(place.subnets - _public) == 0
}

_vague(place) if plan.vague(place.environment, place.path)

_places := [{"environment": environment, "path": path, "subnets": plan.targets_of(environment, path, {"aws_subnet"})} |
	some environment in plan.resources.aws_batch_compute_environment
	some block in plan.blocks(environment, ["compute_resources"])
	path := array.concat(block.path, ["subnets"])
]

_open(place) if {
	plan.unknown(place.environment, place.path)
	not plan.settled(place.environment, place.path, {"aws_subnet"})
	not _all_out_of_a_module(place)
}

_open(place) if count(place.subnets & (_public | _unclear)) > 0

_all_out_of_a_module(place) if {
	count(place.subnets) > 0
	_vague(place)
}

_public := network.public_subnets | routes.public_subnets

_unclear := network.unclear_subnets | routes.unclear_subnets

_policy := finding.policy(rego.metadata.chain())
