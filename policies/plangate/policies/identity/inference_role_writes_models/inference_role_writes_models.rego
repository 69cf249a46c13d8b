# METADATA
# title: inference role may change the models that it serves
# description: >-
#   An endpoint answers requests from outside. If the role behind it may write the bucket of its model, whoever breaks the
#   container leaves a model of their own there, and the next instance loads it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
# custom:
#   severity: critical
#   remediation: >-
#     allow `s3:GetObject` and `s3:ListBucket` on the model bucket only, and let data capture write to a bucket of its own
#   resource_types: [aws_iam_role_policy, aws_iam_policy, aws_iam_role]
#   frameworks:
#     nist_800_53: [AC-6, SI-7]
#     mitre_atlas: [AML.T0018]
#     owasp_llm: ["LLM04:2025"]
#   aliases: [IA-002]
package plangate.policies.identity.inference_role_writes_models

import data.plangate.lib.finding
import data.plangate.lib.iam
import data.plangate.lib.iam.denials
import data.plangate.lib.iam.roles
import data.plangate.lib.iam.storage

deny contains finding.new(_policy, held.policy, statement.path) if {
	some held in _held
	some statement in held.statements
	some action in _writing
	iam.acts(statement, action)
	storage.on_models(denials.left(statement, held.denied, action))
	not storage.kept_off_models(held.denied, action)
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in _held
	held.open
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in _held
	some statement in held.statements
	count(statement.open) > 0
	some action in _writing
	iam.may_act(statement, action)
	_may_be_on_models(denials.left(statement, held.denied, action))
	not storage.kept_off_models(held.denied, action)
}

_may_be_on_models(statement) if storage.on_models(statement)

_may_be_on_models(statement) if "resources" in statement.open

_held := [held |
	some held in roles.held
	count(held.roles & roles.of_models) > 0
]

_writing := ["s3:putobject", "s3:deleteobject", "s3:deleteobjectversion", "s3:putobjectacl", "s3:putbucketpolicy"]

_policy := finding.policy(rego.metadata.chain())
