# METADATA
# title: vectors are not encrypted with a customer managed key
# description: >-
#   Vectors give back much of the text that they were made of. Under a key of S3 their owner can neither see who reads
#   them nor shut them off, and the encryption of a vector bucket, or of an index that has its own, cannot be changed
#   later.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_EncryptionConfiguration.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3vectors_vector_bucket
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3vectors_index
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `sse_type = "aws:kms"` and `kms_key_arn = aws_kms_key.<name>.arn` in `encryption_configuration`; the bucket
#     or index is replaced
#   resource_types: [aws_s3vectors_vector_bucket, aws_s3vectors_index]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.1]
#   aliases: [VS-005]
package plangate.policies.vector_stores.vector_bucket_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, bucket, _encryption) if {
	some bucket in plan.resources.aws_s3vectors_vector_bucket
	_default(bucket)
}

deny contains finding.new(_policy, store, _type) if {
	some store in _stores
	_key_of_s3(store)
}

deny contains finding.new(_policy, store, _key) if {
	some store in _stores
	not _default(store)
	not _key_of_s3(store)
	kms.missing(store, _key)
}

undecided contains finding.undecided(_policy, store, _type) if {
	some store in _stores
	not _default(store)
	plan.unknown(store, _type)
	not kms.missing(store, _key)
}

undecided contains finding.undecided(_policy, store, _key) if {
	some store in _stores
	not _key_of_s3(store)
	not plan.unknown(store, _type)
	kms.undecided(store, _key)
}

# An index takes the encryption of its bucket unless it says something else.
_stores := array.concat(
	[r | some r in plan.resources.aws_s3vectors_vector_bucket],
	[r | some r in plan.resources.aws_s3vectors_index],
)

_default(store) if plan.absent(store, _encryption)

_default(store) if plan.known(store, _encryption) == []

_key_of_s3(store) if plan.known(store, _type) == "AES256"

_encryption := ["encryption_configuration"]

_type := ["encryption_configuration", 0, "sse_type"]

_key := ["encryption_configuration", 0, "kms_key_arn"]

_policy := finding.policy(rego.metadata.chain())
