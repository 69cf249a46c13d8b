# METADATA
# title: GPU instance family is not approved
# description: >-
#   Families differ twentyfold in price. A list of approved ones keeps an experiment, or a thief, from starting what
#   nobody budgeted for.
# related_resources:
#   - ref: https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template
# custom:
#   severity: medium
#   remediation: set `instance_type` to one of an approved family, or have the family approved
#   resource_types: [aws_launch_template, aws_instance, aws_spot_instance_request]
#   frameworks:
#     nist_800_53: [SC-6, CM-8]
#     mitre_atlas: [AML.T0034]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [CP-005]
#   parameters:
#     approved_families:
#       type: array
#       description: Instance families, or globs over them, such as `g5` or `p5*`.
package plangate.policies.training_clusters.instance_family

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.instances
import data.plangate.lib.plan

deny contains finding.new(_policy, r, _type) if {
	families := config.parameter(_policy, "approved_families")
	some r in _launching
	type := plan.known(r, _type)
	instances.gpu(type)
	not _approved(type, families)
}

undecided contains finding.undecided(_policy, r, _type) if {
	config.parameter(_policy, "approved_families")
	some r in _launching
	plan.unknown(r, _type)
}

_launching := array.concat(gpu.machines, [template | some template in plan.resources.aws_launch_template])

_approved(type, families) if {
	some family in families
	glob.match(family, [], instances.family(type))
}

_type := ["instance_type"]

_policy := finding.policy(rego.metadata.chain())
