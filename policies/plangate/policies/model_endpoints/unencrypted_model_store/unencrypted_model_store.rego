# METADATA
# title: bucket of models or datasets is not encrypted with a customer managed key
# description: >-
#   With a key of its own the owner of the models decides who may decrypt them, sees each use in CloudTrail, and can
#   shut access off at once. The default encryption of S3 gives none of that.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_server_side_encryption_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add an `aws_s3_bucket_server_side_encryption_configuration` for the bucket with `sse_algorithm = "aws:kms"` and
#     `kms_master_key_id = aws_kms_key.<name>.arn`
#   resource_types: [aws_s3_bucket, aws_s3_bucket_server_side_encryption_configuration]
#   frameworks:
#     nist_800_53: [SC-28]
#   aliases: [ST-002, CKV_AWS_145, CKV_AWS_19, AWS-0088, AWS-0132]
package plangate.policies.model_endpoints.unencrypted_model_store

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, place.resource, place.path) if {
	some place in _places
	_weak(place)
}

deny contains finding.new(_policy, bucket, []) if {
	some bucket in _bare
	not s3.stray[_configuration]
}

undecided contains finding.undecided(_policy, place.resource, place.path) if {
	some place in _places
	not _weak(place)
	_open(place)
}

undecided contains finding.undecided(_policy, bucket, []) if {
	some bucket in _bare
	s3.stray[_configuration]
}

# Buckets for which nothing in the plan says how they are encrypted.
_bare contains bucket if {
	some address, bucket in s3.buckets
	not s3.has(_configuration, address)
	not plan.unknown(bucket, ["server_side_encryption_configuration"])
	count(plan.blocks(bucket, ["server_side_encryption_configuration"])) == 0
}

# Default encryption, as a resource of its own or as the block of the bucket that the provider still reads.
_places contains {"resource": part, "path": rule.path} if {
	some part in s3.parts(_configuration)
	some rule in plan.blocks(part, ["rule"])
}

_places contains {"resource": part, "path": ["rule"]} if {
	some part in s3.parts(_configuration)
	count(plan.blocks(part, ["rule"])) == 0
}

_places contains {"resource": bucket, "path": rule.path} if {
	some address, bucket in s3.buckets
	not s3.has(_configuration, address)
	some rule in plan.blocks(bucket, ["server_side_encryption_configuration", 0, "rule"])
}

_weak(place) if plan.absent(place.resource, _algorithm(place))

_weak(place) if {
	algorithm := plan.known(place.resource, _algorithm(place))
	not startswith(algorithm, "aws:kms")
}

_weak(place) if {
	startswith(plan.known(place.resource, _algorithm(place)), "aws:kms")
	kms.missing(place.resource, _key(place))
}

_open(place) if plan.unknown(place.resource, _algorithm(place))

_open(place) if kms.undecided(place.resource, _key(place))

_algorithm(place) := array.concat(place.path, ["apply_server_side_encryption_by_default", 0, "sse_algorithm"])

_key(place) := array.concat(place.path, ["apply_server_side_encryption_by_default", 0, "kms_master_key_id"])

_configuration := "aws_s3_bucket_server_side_encryption_configuration"

_policy := finding.policy(rego.metadata.chain())
