# METADATA
# title: secret is not encrypted with a customer managed key
# description: >-
#   Whoever may read secrets in the account can read one under the key of AWS's. A customer managed key is a second lock: its
#   policy says who may decrypt, its use shows in CloudTrail, and it can be disabled when the secret leaks.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `kms_key_id = aws_kms_key.<name>.arn` on the `aws_secretsmanager_secret`
#   resource_types: [aws_secretsmanager_secret]
#   frameworks:
#     nist_800_53: [SC-12, SC-28]
#     mitre_atlas: [AML.T0055]
#   aliases: [SE-001, CKV_AWS_149, AWS-0098]
package plangate.policies.secrets.secret_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, secret, _key) if {
	some secret in plan.resources.aws_secretsmanager_secret
	kms.missing(secret, _key)
}

undecided contains finding.undecided(_policy, secret, _key) if {
	some secret in plan.resources.aws_secretsmanager_secret
	kms.undecided(secret, _key)
}

_key := ["kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
