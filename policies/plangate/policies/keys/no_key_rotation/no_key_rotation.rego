# METADATA
# title: KMS key does not rotate
# description: >-
#   Key material that never changes makes everything readable that it ever encrypted, once somebody has it. KMS rotates by
#   itself, keeps the old material for what is encrypted with it, and nobody has to change anything.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `enable_key_rotation = true` on the `aws_kms_key`
#   resource_types: [aws_kms_key]
#   frameworks:
#     nist_800_53: [SC-12]
#     cis_aws: ["3.6"]
#   aliases: [KM-001, CKV_AWS_7, AWS-0065]
package plangate.policies.keys.no_key_rotation

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, key, _rotation) if {
	some key in plan.resources.aws_kms_key
	_off(key)
	_may_rotate(key)
	not _unclear(key)
}

undecided contains finding.undecided(_policy, key, _rotation) if {
	some key in plan.resources.aws_kms_key
	_off(key)
	_may_rotate(key)
	_unclear(key)
}

undecided contains finding.undecided(_policy, key, _rotation) if {
	some key in plan.resources.aws_kms_key
	plan.unknown(key, _rotation)
	_may_rotate(key)
}

_off(key) if {
	not plan.known(key, _rotation)
	not plan.unknown(key, _rotation)
}

# KMS rotates symmetric keys for encryption whose material it made itself; it refuses the rest.
_may_rotate(key) if {
	every name, value in {"customer_master_key_spec": "SYMMETRIC_DEFAULT", "key_usage": "ENCRYPT_DECRYPT"} {
		not _other(key, name, value)
	}
	every name in ["custom_key_store_id", "xks_key_id"] {
		not plan.known(key, [name])
	}
}

_other(key, name, value) if plan.known(key, [name]) != value

_unclear(key) if {
	some name in ["customer_master_key_spec", "key_usage", "custom_key_store_id", "xks_key_id"]
	plan.unknown(key, [name])
}

_rotation := ["enable_key_rotation"]

_policy := finding.policy(rego.metadata.chain())
