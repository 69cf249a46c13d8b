# METADATA
# title: Batch compute environment is in a public subnet
# description: >-
#   In a subnet that hands out public addresses every training instance is on the internet, one security group rule away
#   from being reached.
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/userguide/security-vpc.html
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_compute_environment
# custom:
#   severity: medium
#   remediation: >-
#     name subnets with `map_public_ip_on_launch = false` in `compute_resources.subnets`, and give them a NAT gateway or
#     VPC endpoints
#   resource_types: [aws_batch_compute_environment, aws_subnet]
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0049]
#   aliases: [CP-012]
package plangate.policies.training_clusters.public_batch_subnets

import data.plangate.lib.finding
import data.plangate.lib.network
import data.plangate.lib.plan

deny contains finding.new(_policy, environment, path) if {
	some environment in plan.resources.aws_batch_compute_environment
	some path in _places(environment)
	count(plan.targets(environment, path, "aws_subnet") & network.public_subnets) > 0
}

undecided contains finding.undecided(_policy, environment, path) if {
	some environment in plan.resources.aws_batch_compute_environment
	some path in _places(environment)
	count(plan.targets(environment, path, "aws_subnet") & network.public_subnets) == 0
	_open(environment, path)
}

_places(environment) := {array.concat(block.path, ["subnets"]) |
	some block in plan.blocks(environment, ["compute_resources"])
}

_open(environment, path) if {
	plan.unknown(environment, path)
	not plan.settled(environment, path, {"aws_subnet"})
}

_open(environment, path) if count(plan.targets(environment, path, "aws_subnet") & network.unclear_subnets) > 0

_policy := finding.policy(rego.metadata.chain())
