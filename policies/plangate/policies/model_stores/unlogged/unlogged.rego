# METADATA
# title: access to a bucket of datasets is not logged
# description: >-
#   When training data leaks or is tampered with, the first question is who read and who wrote it. CloudTrail answers it
#   only where data events are turned on; the access log of the bucket answers it in any case.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_logging
# custom:
#   severity: medium
#   remediation: >-
#     add an `aws_s3_bucket_logging` for the bucket with `target_bucket = aws_s3_bucket.<logs>.id` and a `target_prefix`
#   resource_types: [aws_s3_bucket, aws_s3_bucket_logging]
#   frameworks:
#     nist_800_53: [AU-2, AU-12]
#     mitre_atlas: [AML.T0035]
#   aliases: [ST-005, CKV_AWS_18, AWS-0089]
package plangate.policies.model_stores.unlogged

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, bucket, ["logging"]) if {
	some bucket in _unlogged
	not s3.stray[_logging]
}

undecided contains finding.undecided(_policy, bucket, ["logging"]) if {
	some bucket in _unlogged
	s3.stray[_logging]
}

_unlogged contains bucket if {
	some address, bucket in s3.holding.datasets
	not s3.has(_logging, address)
	count(plan.blocks(bucket, ["logging"])) == 0
}

_logging := "aws_s3_bucket_logging"

_policy := finding.policy(rego.metadata.chain())
