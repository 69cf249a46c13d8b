# METADATA
# title: bucket of models or datasets is not versioned
# description: >-
#   Whoever overwrites a model or poisons a dataset leaves nothing to go back to, and nothing to compare with. Versions keep
#   each object as it was, also when it is deleted.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_versioning
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add an `aws_s3_bucket_versioning` for the bucket with `versioning_configuration { status = "Enabled" }`
#   resource_types: [aws_s3_bucket, aws_s3_bucket_versioning]
#   frameworks:
#     nist_800_53: [CP-9, SI-7]
#     mitre_atlas: [AML.T0018, AML.T0020]
#     owasp_llm: ["LLM04:2025"]
#   aliases: [ST-003, CKV_AWS_21, AWS-0090]
package plangate.policies.model_stores.unversioned

import data.plangate.lib.finding
import data.plangate.lib.origin
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, part, _status) if {
	some part in s3.parts(_versioning)
	_off(part)
}

deny contains finding.new(_policy, bucket, ["versioning"]) if {
	some bucket in _bare
	not _unclear(bucket)
}

undecided contains finding.undecided(_policy, part, _status) if {
	some part in s3.parts(_versioning)
	plan.unknown(part, _status)
}

undecided contains finding.undecided(_policy, bucket, ["versioning"]) if {
	some bucket in _bare
	_unclear(bucket)
}

# Buckets of which neither a resource nor their own block says that they keep versions. S3 turns them on by itself in a
# bucket that is made with object lock.
_bare contains bucket if {
	some address, bucket in s3.buckets
	not s3.has(_versioning, address)
	not _kept(bucket)
}

_kept(bucket) if plan.known(bucket, _enabled)

_kept(bucket) if plan.known(bucket, ["object_lock_enabled"])

_unclear(_) if s3.stray[_versioning]

# Unless the block is written down, it is the provider that computes it.
_unclear(bucket) if {
	plan.computed(bucket, _enabled)
	origin.declared(bucket, "versioning")
}

_off(part) if plan.absent(part, _status)

_off(part) if plan.known(part, _status) != "Enabled"

_versioning := "aws_s3_bucket_versioning"

_status := ["versioning_configuration", 0, "status"]

_enabled := ["versioning", 0, "enabled"]

_policy := finding.policy(rego.metadata.chain())
