# METADATA
# title: training role reads every bucket
# description: >-
#   A training job runs code and reads data that came from outside. A role that may read every bucket turns one poisoned
#   package into a copy of all data in the account.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createtrainingjob-perms
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
# custom:
#   severity: high
#   remediation: >-
#     name the buckets: `Resource = [aws_s3_bucket.<dataset>.arn, "${aws_s3_bucket.<dataset>.arn}/*"]`
#   resource_types:
#     - aws_iam_role_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy_attachment
#     - aws_iam_policy_attachment
#     - aws_iam_role_policy_attachments_exclusive
#   frameworks:
#     nist_800_53: [AC-6]
#     mitre_atlas: [AML.T0035, AML.T0036]
#     owasp_llm: ["LLM06:2025"]
#   aliases: [IA-001]
package plangate.policies.identity.training_role_reads_all_buckets

import data.plangate.lib.finding
import data.plangate.lib.iam
import data.plangate.lib.iam.denials
import data.plangate.lib.iam.roles
import data.plangate.lib.iam.storage

deny contains finding.new(_policy, held.policy, statement.path) if {
	some held in _held
	some statement in held.statements
	iam.acts(statement, _reading)
	not storage.tied(statement)
	storage.everywhere(denials.left(statement, held.denied, _reading))
}

deny contains finding.new(_policy, attached.attachment, attached.path) if {
	some attached in roles.attachments
	some role in attached.roles
	roles.used_for.training[role]
	roles.reads_buckets(attached.arn)
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in _held
	held.open
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in _held
	some statement in held.statements
	count(statement.open) > 0
	iam.may_act(statement, _reading)
	not storage.tied(statement)
	_may_be_everywhere(denials.left(statement, held.denied, _reading))
}

_may_be_everywhere(statement) if storage.everywhere(statement)

_may_be_everywhere(statement) if "resources" in statement.open

_may_be_everywhere(statement) if "not_resources" in statement.open

_held := [held |
	some held in roles.held
	count(held.roles & roles.used_for.training) > 0
]

_reading := "s3:getobject"

_policy := finding.policy(rego.metadata.chain())
