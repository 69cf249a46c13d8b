# METADATA
# title: the policy leads to rights that it does not give
# description: >-
#   Whoever may write policies, take any role, or put code where another role works, has all that those may do. A poisoned
#   package in a job or a prompt that an agent follows needs only one such right to leave its sandbox.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html
#   - ref: https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy
# custom:
#   severity: high
#   remediation: >-
#     name the resources (`Resource = aws_iam_role.<name>.arn`), or bind the statement with
#     `Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.<boundary>.arn } }`
#   resource_types:
#     - aws_iam_policy
#     - aws_iam_role_policy
#     - aws_iam_role
#     - aws_iam_user_policy
#     - aws_iam_group_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_policy_attachment
#     - aws_iam_role_policy_attachments_exclusive
#   frameworks:
#     nist_800_53: [AC-6]
#     mitre_atlas: [AML.T0012]
#     owasp_llm: ["LLM06:2025"]
#   aliases: [CKV_AWS_286, CKV2_AWS_40]
package plangate.policies.identity.privilege_escalation

import data.plangate.lib.finding
import data.plangate.lib.iam.escalation
import data.plangate.lib.iam.passing
import data.plangate.lib.iam.roles

deny contains finding.new(_told(way), way.policy, way.path) if {
	some way in escalation.found
	way.limit == "all"
}

deny contains finding.new(_told({"told": "`IAMFullAccess` writes rights into any role"}), attached.attachment, attached.path) if {
	some attached in roles.attachments
	endswith(attached.arn, ":iam::aws:policy/IAMFullAccess")
	not _of_models(attached)
}

undecided contains finding.undecided(_told(way), way.policy, way.path) if {
	some way in escalation.found
	way.limit == "open"
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in escalation.possible
	not _decided[held.policy.address]
}

# Of those that have to do with models another policy says that nobody sees them.
undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in roles.hidden
	not passing.of_models(held)
	not _decided[held.policy.address]
}

_decided := {way.policy.address | some way in escalation.found}

# What machine learning may do has a policy of its own.
_of_models(attached) if {
	some role in attached.roles
	roles.machine_learning[role]
}

_told(way) := object.union(_policy, {"title": concat(": ", [_policy.title, way.told])})

_policy := finding.policy(rego.metadata.chain())
