# METADATA
# title: Batch compute environment can scale beyond the bound
# description: >-
#   Batch starts instances until the queue is empty or `max_vcpus` is reached. One job array that goes wrong, or one
#   leaked credential, then spends whatever the environment allows.
# related_resources:
#   - ref: https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/batch_compute_environment
# custom:
#   severity: medium
#   remediation: lower `max_vcpus` to what the team may spend, or raise `max_vcpus` in the configuration of this policy
#   resource_types: [aws_batch_compute_environment]
#   frameworks:
#     nist_800_53: [SC-6]
#     mitre_atlas: [AML.T0034]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [CP-012]
#   parameters:
#     max_vcpus:
#       type: integer
#       description: The highest `max_vcpus` that passes; the default is 64 instances of 96 vCPUs.
#       default: 6144
package plangate.policies.training_clusters.unbounded_batch

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, environment, path) if {
	some environment in plan.resources.aws_batch_compute_environment
	some path in _bounds(environment)
	plan.known(environment, path) > config.parameter(_policy, "max_vcpus")
}

undecided contains finding.undecided(_policy, environment, path) if {
	some environment in plan.resources.aws_batch_compute_environment
	some path in _bounds(environment)
	plan.unknown(environment, path)
}

undecided contains finding.undecided(_policy, environment, ["compute_resources"]) if {
	some environment in plan.resources.aws_batch_compute_environment
	plan.computed(environment, ["compute_resources"])
}

_bounds(environment) := {array.concat(block.path, ["max_vcpus"]) |
	some block in plan.blocks(environment, ["compute_resources"])
}

_policy := finding.policy(rego.metadata.chain())
