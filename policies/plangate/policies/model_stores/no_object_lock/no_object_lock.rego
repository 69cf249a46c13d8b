# METADATA
# title: bucket of models has no object lock
# description: >-
#   Versions can be deleted by whoever may delete objects. A default retention keeps each released model as it was signed
#   off, against mistakes, ransom and a stolen role alike.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_object_lock_configuration
# custom:
#   severity: low
#   environments: [stage, prod]
#   remediation: >-
#     add an `aws_s3_bucket_object_lock_configuration` for the bucket with
#     `rule { default_retention { mode = "GOVERNANCE" days = 30 } }`
#   resource_types: [aws_s3_bucket, aws_s3_bucket_object_lock_configuration]
#   frameworks:
#     nist_800_53: [SI-7, AU-9]
#     mitre_atlas: [AML.T0018]
#     owasp_llm: ["LLM04:2025"]
#   aliases: [ST-004, CKV_AWS_143]
package plangate.policies.model_stores.no_object_lock

import data.plangate.lib.finding
import data.plangate.lib.origin
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, part, _mode) if {
	some part in s3.parts_of("models", _lock)
	plan.absent(part, _mode)
}

deny contains finding.new(_policy, bucket, ["object_lock_configuration"]) if {
	some bucket in _bare
	not _unclear(bucket)
}

undecided contains finding.undecided(_policy, part, _mode) if {
	some part in s3.parts_of("models", _lock)
	plan.unknown(part, _mode)
}

undecided contains finding.undecided(_policy, bucket, ["object_lock_configuration"]) if {
	some bucket in _bare
	_unclear(bucket)
}

# Buckets of which neither a resource nor their own block says how long objects are kept.
_bare contains bucket if {
	some address, bucket in s3.holding.models
	not s3.has(_lock, address)
	not plan.known(bucket, _inline_mode)
}

_unclear(_) if s3.stray[_lock]

# Unless the block is written down, it is the provider that computes it.
_unclear(bucket) if {
	plan.computed(bucket, _inline_mode)
	origin.declared(bucket, "object_lock_configuration")
}

_lock := "aws_s3_bucket_object_lock_configuration"

_mode := ["rule", 0, "default_retention", 0, "mode"]

_inline_mode := array.concat(["object_lock_configuration", 0], _mode)

_policy := finding.policy(rego.metadata.chain())
