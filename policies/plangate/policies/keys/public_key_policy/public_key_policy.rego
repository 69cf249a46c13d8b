# METADATA
# title: anybody may use the KMS key
# description: >-
#   A key policy is the lock on everything that the key encrypts. With a principal that is everybody, any AWS account can use
#   the key, and the encryption of models, datasets and secrets no longer keeps anyone out.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key_policy
# custom:
#   severity: high
#   remediation: >-
#     name accounts and roles (`Principal = { AWS = "arn:aws:iam::<account>:root" }`), or add a condition such as `StringEquals` on
#     `kms:CallerAccount`, in the `policy` of the key
#   resource_types: [aws_kms_key, aws_kms_external_key, aws_kms_replica_key, aws_kms_replica_external_key, aws_kms_key_policy]
#   frameworks:
#     nist_800_53: [AC-3, SC-12]
#   aliases: [KM-002, CKV_AWS_33]
package plangate.policies.keys.public_key_policy

import data.plangate.lib.finding
import data.plangate.lib.iam.principals
import data.plangate.lib.plan

deny contains finding.new(_policy, key, path) if {
	some type in _types
	some key in plan.resources[type]
	some path in principals.public(key, ["policy"])
}

undecided contains finding.undecided(_policy, key, ["policy"]) if {
	some type in _types
	some key in plan.resources[type]
	principals.undecided(key, ["policy"])
}

_types := [
	"aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key",
	"aws_kms_replica_external_key", "aws_kms_key_policy",
]

_policy := finding.policy(rego.metadata.chain())
