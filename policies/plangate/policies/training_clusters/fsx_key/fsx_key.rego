# METADATA
# title: Lustre file system is not encrypted with a customer managed key
# description: >-
#   The file system holds whole datasets and checkpoints. Only a customer managed key lets its owner decide who can read
#   a backup of it, see each use, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/fsx/latest/LustreGuide/encryption-at-rest.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/fsx_lustre_file_system
# custom:
#   severity: medium
#   remediation: set `kms_key_id = aws_kms_key.<name>.arn` on the `aws_fsx_lustre_file_system`
#   resource_types: [aws_fsx_lustre_file_system]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0035]
#   aliases: [CP-013, CKV_AWS_190]
package plangate.policies.training_clusters.fsx_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, store, _key) if {
	some store in plan.resources.aws_fsx_lustre_file_system
	_persistent(store)
	kms.missing(store, _key)
}

undecided contains finding.undecided(_policy, store, _key) if {
	some store in plan.resources.aws_fsx_lustre_file_system
	_persistent(store)
	kms.undecided(store, _key)
}

undecided contains finding.undecided(_policy, store, _type) if {
	some store in plan.resources.aws_fsx_lustre_file_system
	plan.unknown(store, _type)
	kms.missing(store, _key)
}

# Scratch file systems take no key.
_persistent(store) if startswith(plan.known(store, _type), "PERSISTENT")

_key := ["kms_key_id"]

_type := ["deployment_type"]

_policy := finding.policy(rego.metadata.chain())
