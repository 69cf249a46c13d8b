# METADATA
# title: SageMaker or Bedrock may assume the role on behalf of anybody
# description: >-
#   The service acts for every customer of AWS. Unless the trust policy says for which account or resource it may take the
#   role, whoever can make the service use the role's ARN acts with its rights.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role
# custom:
#   severity: low
#   environments: [stage, prod]
#   remediation: >-
#     add `Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }` to the
#     statement of `assume_role_policy`
#   resource_types: [aws_iam_role]
#   frameworks:
#     nist_800_53: [AC-3]
#   aliases: [IA-005, CKV_AWS_60, CKV_AWS_61]
package plangate.policies.identity.open_service_trust

import data.plangate.lib.finding
import data.plangate.lib.iam
import data.plangate.lib.iam.principals
import data.plangate.lib.iam.roles
import data.plangate.lib.plan

deny contains finding.new(_policy, held.role, held.trust.path) if {
	some held in _unbound
	_of_models(held.trust)
	not held.trust.unknown.effect
	not held.trust.unknown.condition
}

undecided contains finding.undecided(_policy, held.role, _document) if {
	some held in _unbound
	_may_be_of_models(held.trust)
	_unclear(held.trust)
}

undecided contains finding.undecided(_policy, role, _document) if {
	some role in plan.resources.aws_iam_role
	plan.unknown(role, _document)
	iam.open(role, _document)
	not plan.settled(role, _document, _identities)
}

# What roles trust in without a condition that says for whom, of roles of which it is known that SageMaker or Bedrock may
# assume them, or not known who may.
_unbound := [{"role": role, "trust": trust} |
	some role in plan.resources.aws_iam_role
	_may_be_trusted(role)
	some trust in principals.grants(role, _document)
	not _bound(trust)
]

_may_be_trusted(role) if roles.trusted[role.address]

_may_be_trusted(role) if plan.unknown(role, _document)

_of_models(trust) if {
	some service in trust.services
	regex.match(`^(sagemaker|bedrock|bedrock-agentcore)\.`, service)
}

_may_be_of_models(trust) if _of_models(trust)

_may_be_of_models(trust) if trust.unknown.services

_unclear(trust) if {
	some part in ["effect", "condition", "services"]
	trust.unknown[part]
}

# A condition whose value comes with the apply names somebody, too.
_bound(trust) if {
	some condition in trust.conditions
	condition.key in {"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"}
	principals.fixes(condition)
}

# A trust made from identities outside of AWS is for those.
_identities := {
	"aws_eks_cluster", "data.aws_eks_cluster", "aws_iam_openid_connect_provider", "data.aws_iam_openid_connect_provider",
	"aws_iam_saml_provider", "data.aws_iam_saml_provider",
}

_document := ["assume_role_policy"]

_policy := finding.policy(rego.metadata.chain())
