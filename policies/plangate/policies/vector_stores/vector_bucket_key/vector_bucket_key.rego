# METADATA
# title: vector bucket is not encrypted with a customer managed key
# description: >-
#   Vectors give back much of the text that they were made of. Under a key of S3 their owner can neither see who reads
#   them nor shut them off, and the encryption of a vector bucket cannot be changed later.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_EncryptionConfiguration.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3vectors_vector_bucket
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `sse_type = "aws:kms"` and `kms_key_arn = aws_kms_key.<name>.arn` in `encryption_configuration`; the bucket
#     is replaced
#   resource_types: [aws_s3vectors_vector_bucket]
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

deny contains finding.new(_policy, bucket, _type) if {
	some bucket in plan.resources.aws_s3vectors_vector_bucket
	_key_of_s3(bucket)
}

deny contains finding.new(_policy, bucket, _key) if {
	some bucket in plan.resources.aws_s3vectors_vector_bucket
	not _default(bucket)
	not _key_of_s3(bucket)
	kms.missing(bucket, _key)
}

undecided contains finding.undecided(_policy, bucket, _type) if {
	some bucket in plan.resources.aws_s3vectors_vector_bucket
	not _default(bucket)
	plan.unknown(bucket, _type)
	not kms.missing(bucket, _key)
}

undecided contains finding.undecided(_policy, bucket, _key) if {
	some bucket in plan.resources.aws_s3vectors_vector_bucket
	not _key_of_s3(bucket)
	not plan.unknown(bucket, _type)
	kms.undecided(bucket, _key)
}

_default(bucket) if plan.absent(bucket, _encryption)

_default(bucket) if plan.known(bucket, _encryption) == []

_key_of_s3(bucket) if plan.known(bucket, _type) == "AES256"

_encryption := ["encryption_configuration"]

_type := ["encryption_configuration", 0, "sse_type"]

_key := ["encryption_configuration", 0, "kms_key_arn"]

_policy := finding.policy(rego.metadata.chain())
