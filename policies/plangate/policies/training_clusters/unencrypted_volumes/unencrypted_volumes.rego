# METADATA
# title: volume of a GPU instance is not encrypted
# description: >-
#   Root and data volumes hold datasets, checkpoints and caches of weights. Unencrypted, a snapshot of one can be copied
#   and read by whoever may see snapshots.
# related_resources:
#   - ref: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#ebs-ephemeral-and-root-block-devices
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#ebs
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `encrypted = true` in each `root_block_device`, `ebs_block_device`, `ebs` block or `aws_ebs_volume`
#   resource_types:
#     - aws_instance
#     - aws_spot_instance_request
#     - aws_launch_template
#     - aws_ebs_volume
#     - aws_volume_attachment
#   frameworks:
#     nist_800_53: [SC-28]
#     mitre_atlas: [AML.T0035]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [CP-003, CKV_AWS_8, AWS-0131, AWS-0008]
package plangate.policies.training_clusters.unencrypted_volumes

import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.plan

deny contains finding.new(_policy, volume.holder, gpu.where(volume, "encrypted")) if {
	some volume in _volumes
	volume.certain
	not _encrypted(volume)
	not _unknown(volume)
}

undecided contains finding.undecided(_policy, volume.holder, gpu.where(volume, "encrypted")) if {
	some volume in _volumes
	not volume.certain
	not _encrypted(volume)
}

undecided contains finding.undecided(_policy, volume.holder, gpu.where(volume, "encrypted")) if {
	some volume in _volumes
	_unknown(volume)
}

# Launch templates write the flag as text.
_encrypted(volume) if plan.known(volume.source, _flag(volume)) in {true, "true"}

_unknown(volume) if plan.unknown(volume.source, _flag(volume))

_flag(volume) := array.concat(volume.block, ["encrypted"])

_volumes := array.concat(array.concat(_own, _mapped), _attached)

_own := array.concat(gpu.blocks("root_block_device"), gpu.blocks("ebs_block_device"))

# A machine that describes volumes itself may replace those of its launch template.
_mapped := [object.union(held, {"block": ebs.path}) |
	some held in gpu.blocks("block_device_mappings")
	not held.holder.address in _describing
	some ebs in plan.blocks(held.source, array.concat(held.block, ["ebs"]))
]

_describing contains held.holder.address if some held in _own

_attached := [{"holder": volume, "source": volume, "block": [], "certain": true} |
	some volume in plan.resources.aws_ebs_volume
	volume.address in _with_gpu
]

_with_gpu contains volume if {
	some attachment in plan.resources.aws_volume_attachment
	count(plan.target(attachment, ["instance_id"], "aws_instance") & _gpu_machines) > 0
	some volume in plan.target(attachment, ["volume_id"], "aws_ebs_volume")
}

_gpu_machines contains machine.address if {
	some machine in gpu.machines
	gpu.certain(machine)
}

_policy := finding.policy(rego.metadata.chain())
