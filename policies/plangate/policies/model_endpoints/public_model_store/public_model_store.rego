# METADATA
# title: bucket of models or datasets does not block public access
# description: >-
#   Weights and training data are what an attacker comes for, and who can write them decides what the model does. Only
#   all four switches of the public access block keep a later policy or ACL from opening the bucket.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_public_access_block
# custom:
#   severity: critical
#   remediation: >-
#     add an `aws_s3_bucket_public_access_block` for the bucket with `block_public_acls`, `block_public_policy`,
#     `ignore_public_acls` and `restrict_public_buckets` all set to `true`
#   resource_types: [aws_s3_bucket, aws_s3_bucket_public_access_block]
#   frameworks:
#     nist_800_53: [AC-3, SC-7]
#     mitre_atlas: [AML.T0035, AML.T0036]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [ST-001, CKV_AWS_53, CKV_AWS_54, CKV_AWS_55, CKV_AWS_56, CKV2_AWS_6, AWS-0086, AWS-0087, AWS-0091, AWS-0093, AWS-0094]
package plangate.policies.model_endpoints.public_model_store

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, bucket, []) if {
	some bucket in _unblocked
	not s3.stray[_block]
}

deny contains finding.new(_policy, block, [switch]) if {
	some block in s3.parts(_block)
	some switch in _switches
	_off(block, switch)
}

undecided contains finding.undecided(_policy, bucket, []) if {
	some bucket in _unblocked
	s3.stray[_block]
}

undecided contains finding.undecided(_policy, block, [switch]) if {
	some block in s3.parts(_block)
	some switch in _switches
	plan.unknown(block, [switch])
}

_unblocked contains bucket if {
	some address, bucket in s3.buckets
	not s3.has(_block, address)
	not _account_blocks
}

# The block of the whole account holds for every bucket in it.
_account_blocks if {
	some block in plan.resources.aws_s3_account_public_access_block
	every switch in _switches {
		plan.known(block, [switch])
	}
}

_off(block, switch) if plan.absent(block, [switch])

_off(block, switch) if plan.known(block, [switch]) == false

_block := "aws_s3_bucket_public_access_block"

_switches := {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}

_policy := finding.policy(rego.metadata.chain())
