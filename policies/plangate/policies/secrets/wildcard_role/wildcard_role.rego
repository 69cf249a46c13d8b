# METADATA
# title: role of a machine learning system is allowed everything
# description: >-
#   Code from a model artefact, a notebook or an agent's tool runs with this role. With `*` as action or resource whoever
#   gets such code to run has the account, or every model, dataset and endpoint in it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
# custom:
#   severity: high
#   remediation: >-
#     name the actions and the resources (`Action = ["s3:GetObject"]`, `Resource = ["${aws_s3_bucket.<name>.arn}/models/*"]`), and
#     attach policies of your own instead of `AdministratorAccess` or `*FullAccess`
#   resource_types: [aws_iam_policy, aws_iam_role_policy, aws_iam_role, aws_iam_role_policy_attachment, aws_iam_policy_attachment]
#   frameworks:
#     nist_800_53: [AC-6]
#     owasp_llm: ["LLM06:2025"]
#   aliases: [IA-004, CKV_AWS_62, CKV_AWS_63, CKV_AWS_355, AWS-0057]
package plangate.policies.secrets.wildcard_role

import data.plangate.lib.finding
import data.plangate.lib.iam.conditions
import data.plangate.lib.iam.roles

deny contains finding.new(_policy, held.policy, array.concat(statement.path, _element(statement))) if {
	some held in roles.held
	some statement in held.statements
	_in_scope(held)
	_wildcard(statement)
}

deny contains finding.new(_policy, attached.attachment, attached.path) if {
	some attached in roles.attachments
	_broad(attached.arn)
	some role in attached.roles
	_judged_here(role, attached.arn)
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in roles.held
	_may_be_in_scope(held)
	held.open
}

undecided contains finding.undecided(_policy, held.policy, held.path) if {
	some held in roles.held
	some statement in held.statements
	count(statement.open) > 0
	_may_be_in_scope(held)
}

_in_scope(held) if {
	some role in held.roles
	roles.machine_learning[role]
}

# Its own actions say what it is for.
_in_scope(held) if {
	some statement in held.statements
	some action in statement.actions
	regex.match(`^(sagemaker|bedrock)[a-z-]*:`, lower(action))
}

# It may be the one that a role gets by a reference which cannot be followed.
_in_scope(held) if {
	not held.attached
	roles.untraced
	some statement in held.statements
	some action in statement.actions
	action == "*"
}

_may_be_in_scope(held) if _in_scope(held)

_may_be_in_scope(held) if {
	not held.attached
	roles.untraced
}

# Administrators among the roles of notebooks have a policy of their own.
_judged_here(role, arn) if {
	roles.machine_learning[role]
	not _notebook_administrator(role, arn)
}

_notebook_administrator(role, arn) if {
	roles.used_for.notebook[role]
	roles.administrative(arn)
}

_broad(arn) if regex.match(`^arn:aws[a-z-]*:iam::aws:policy/([a-z-]+/)?(AdministratorAccess|PowerUserAccess|[A-Za-z0-9_-]*FullAccess)$`, arn)

_wildcard(statement) if _any_action(statement)

_wildcard(statement) if _any_resource(statement)

_element(statement) := [] if {
	statement.source
} else := ["Action"] if {
	some action in statement.actions
	_wild(action)
} else := ["NotAction"] if {
	count(statement.not_actions) > 0
} else := ["NotResource"] if {
	count(statement.not_resources) > 0
} else := ["Resource"]

_any_action(statement) if {
	some action in statement.actions
	_wild(action)
}

_any_action(statement) if count(statement.not_actions) > 0

_any_resource(statement) if {
	_all(statement)
	some action in statement.actions
	not _without_resources(action)
	not _tied(statement)
}

_all(statement) if "*" in statement.resources

_all(statement) if count(statement.not_resources) > 0

_wild(action) if regex.match(`^(\*|[A-Za-z0-9-]+:\*)$|^\*:\*$`, action)

# A tag of the resource stands for its ARN.
_tied(statement) if {
	some condition in statement.conditions
	contains(condition.key, "resourcetag/")
	conditions.narrows(condition)
}

# Actions that know no resource, or that AWS itself grants on all of them to execution roles.
_without_resources(action) if {
	regex.match(
		concat("", [
			`^([a-z0-9-]+:(describe|list)[a-z*]*|ecr:getauthorizationtoken|ecr-public:getauthorizationtoken|sts:get[a-z]+`,
			`|cloudwatch:(putmetricdata|getmetric[a-z*]*)|xray:(put|get)[a-z*]+|logs:describe[a-z*]*|s3:listallmybuckets`,
			`|bedrock:getfoundationmodel[a-z]*|kms:generaterandom|ec2:(create|delete)networkinterface(permission)?|ssmmessages:[a-z]+|ec2messages:[a-z]+`,
			`|aws-marketplace:(viewsubscriptions|subscribe|unsubscribe)|ce:[a-z*]+|pricing:[a-z*]+|tag:get[a-z]+)$`,
		]),
		lower(action),
	)
	not regex.match(`^s3:list(bucket|\*)`, lower(action))
}

_policy := finding.policy(rego.metadata.chain())
