# METADATA
# title: GPU instance accepts version 1 of the metadata service
# description: >-
#   Version 1 answers any plain GET, so a forged request from a notebook, a model server or a training script is enough
#   to take the credentials of the node's role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#metadata-options
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#metadata-options
# custom:
#   severity: high
#   remediation: set `http_tokens = "required"` in the `metadata_options` block of the instance or its launch template
#   resource_types: [aws_instance, aws_spot_instance_request, aws_launch_template]
#   frameworks:
#     nist_800_53: [AC-3, IA-5]
#     mitre_atlas: [AML.T0055]
#   aliases: [CP-001, CKV_AWS_79, AWS-0028, AWS-0130]
package plangate.policies.training_clusters.imds_v1

import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.plan

deny contains finding.new(_policy, held.holder, gpu.where(held, "http_tokens")) if {
	some held in gpu.blocks("metadata_options")
	held.certain
	_accepts_v1(held)
}

undecided contains finding.undecided(_policy, held.holder, gpu.where(held, "http_tokens")) if {
	some held in gpu.blocks("metadata_options")
	not _safe(held)
	_open(held)
}

# The account or the image decides.
undecided contains finding.undecided(_policy, machine, ["metadata_options"]) if {
	some machine in gpu.machines
	gpu.certain(machine)
	not machine.address in _with_block
	not _account_default
}

_accepts_v1(held) if {
	not _safe(held)
	not plan.unknown(held.source, _tokens(held))
	not plan.unknown(held.source, _endpoint(held))
}

_safe(held) if plan.known(held.source, _tokens(held)) == "required"

_safe(held) if plan.known(held.source, _endpoint(held)) == "disabled"

_open(held) if not held.certain

_open(held) if not _accepts_v1(held)

_with_block contains held.holder.address if some held in gpu.blocks("metadata_options")

_account_default if {
	some defaults in plan.resources.aws_ec2_instance_metadata_defaults
	plan.known(defaults, ["http_tokens"]) == "required"
}

_tokens(held) := array.concat(held.block, ["http_tokens"])

_endpoint(held) := array.concat(held.block, ["http_endpoint"])

_policy := finding.policy(rego.metadata.chain())
