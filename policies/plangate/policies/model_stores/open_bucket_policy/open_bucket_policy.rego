# METADATA
# title: bucket policy lets everybody in, or lets requests go without TLS
# description: >-
#   A statement for everybody makes models and datasets public whatever roles may do, and one for writers lets strangers
#   poison them. Without a denial of plain HTTP, what is read and written can be seen and changed on the way.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_policy
# custom:
#   severity: high
#   remediation: >-
#     name the principals of each Allow statement, and add `Effect = "Deny"`, `Principal = "*"`, `Action = "s3:*"`,
#     `Condition = { Bool = { "aws:SecureTransport" = "false" } }` on the bucket and its objects
#   resource_types: [aws_s3_bucket_policy, aws_s3_bucket]
#   frameworks:
#     nist_800_53: [SC-8, AC-3]
#     cis_aws: [2.1.1]
#   aliases: [ST-006, CKV_AWS_70, CKV_AWS_379]
package plangate.policies.model_stores.open_bucket_policy

import data.plangate.lib.finding
import data.plangate.lib.iam
import data.plangate.lib.iam.denials
import data.plangate.lib.iam.principals
import data.plangate.lib.s3

deny contains finding.new(_policy, part, path) if {
	some part in s3.parts(_bucket_policy)
	some path in principals.public(part, _document)
}

deny contains finding.new(_policy, part, _document) if {
	some part in s3.parts(_bucket_policy)
	not _asks_for_tls(part)
	not denials.open(part, _document)
}

undecided contains finding.undecided(_policy, part, _document) if {
	some part in s3.parts(_bucket_policy)
	principals.undecided(part, _document)
}

undecided contains finding.undecided(_policy, part, _document) if {
	some part in s3.parts(_bucket_policy)
	not _asks_for_tls(part)
	denials.open(part, _document)
}

_asks_for_tls(part) if {
	some statement in denials.statements(part, _document)
	statement.everybody
	iam.acts(statement, "s3:getobject")
	iam.acts(statement, "s3:putobject")
	[condition] := statement.conditions
	_plain(condition)
}

_plain(condition) if {
	startswith(condition.operator, "bool")
	condition.key == "aws:securetransport"
	[lower(value) | some value in condition.values] == ["false"]
}

_bucket_policy := "aws_s3_bucket_policy"

_document := ["policy"]

_policy := finding.policy(rego.metadata.chain())
