# METADATA
# title: role of an agent is allowed all of Bedrock
# description: >-
#   An agent acts on what it reads. With `bedrock:*`, or with Bedrock actions on `*`, an instruction hidden in a document can
#   make it call any model, read any knowledge base or change any guardrail of the account, its own included.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_agent
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     name what the agent calls in the policies of its role: `Action = ["bedrock:InvokeModel"]`, `Resource =
#     ["arn:aws:bedrock:<region>::foundation-model/<model>"]`; detach `AmazonBedrockFullAccess`
#   resource_types: [aws_bedrockagent_agent]
#   frameworks:
#     nist_800_53: [AC-6]
#     mitre_atlas: [AML.T0053]
#     owasp_llm: ["LLM06:2025"]
#   aliases: [BR-008]
package plangate.policies.agents.unscoped_role

import data.plangate.lib.finding
import data.plangate.lib.iam
import data.plangate.lib.iam.conditions
import data.plangate.lib.iam.roles
import data.plangate.lib.plan

deny contains finding.new(_policy, agent, _role) if {
	some agent in plan.resources.aws_bedrockagent_agent
	_told(agent)
	named := roles.named(agent, _role)
	count(named) > 0
	count(named - _wide) == 0
}

undecided contains finding.undecided(_policy, agent, _role) if {
	some agent in plan.resources.aws_bedrockagent_agent
	not _told(agent)
}

undecided contains finding.undecided(_policy, agent, _role) if {
	some agent in plan.resources.aws_bedrockagent_agent
	named := roles.named(agent, _role)
	count(named - _wide) > 0
	count(named & (_open | _wide)) > 0
}

# A conditional names several roles; of those that something else stands beside, nobody can tell which one it will be.
_told(agent) if not plan.unknown(agent, _role)

_told(agent) if {
	plan.settled(agent, _role, {"aws_iam_role"})
	count(roles.named(agent, _role)) > 0
}

_wide := _by_statement | _by_attachment

_by_statement := {role |
	some held in roles.held
	some statement in held.statements
	_all_of_bedrock(statement)
	some role in held.roles
}

_by_attachment := {role |
	some attached in roles.attachments
	_full_access(attached.arn)
	some role in attached.roles
}

_open := {role |
	some held in roles.held
	_may_allow_more(held)
	some role in held.roles
} | {role |
	some attached in roles.attachments
	plan.unknown(attached.attachment, attached.path)
	not _followed(attached)
	some role in attached.roles
}

_followed(attached) if {
	plan.settled(attached.attachment, attached.path, {"aws_iam_policy"})
	count(attached.policies) > 0
}

_full_access(arn) if split(arn, "::aws:policy/")[1] in {"AdministratorAccess", "PowerUserAccess", "AmazonBedrockFullAccess"}

# What covers an action that nobody has heard of covers them all.
_all_of_bedrock(statement) if {
	some action in statement.actions
	iam.covers(action, "bedrock:unheardof")
	_of_bedrock(action, statement)
}

_all_of_bedrock(statement) if {
	_everywhere(statement)
	some action in statement.actions
	_on_resources(action)
	not _tied(statement)
}

_all_of_bedrock(statement) if {
	_everywhere(statement)
	count(statement.not_actions) > 0
	not _left_out(statement)
}

_left_out(statement) if {
	some action in statement.not_actions
	iam.covers(action, "bedrock:unheardof")
}

_of_bedrock(action, _) if startswith(lower(action), "bedrock:")

_of_bedrock(_, statement) if _everywhere(statement)

_of_bedrock(_, statement) if {
	some resource in statement.resources
	contains(resource, ":bedrock:")
}

_everywhere(statement) if count(statement.not_resources) > 0

_everywhere(statement) if {
	some resource in statement.resources
	regex.match(`^(\*|arn:[a-z*-]+:(bedrock|\*):[^:/]*:[^:/]*:\*)$`, resource)
}

# Lists know no resource.
_on_resources(action) if {
	startswith(lower(action), "bedrock:")
	not startswith(lower(action), "bedrock:list")
}

# A tag of the resource, or the profile that leads to it, stands for its ARN.
_tied(statement) if {
	some condition in statement.conditions
	_of_resource(condition.key)
	conditions.narrows(condition)
}

_of_resource(key) if contains(key, "resourcetag/")

_of_resource("bedrock:inferenceprofilearn")

_may_allow_more(held) if held.open

_may_allow_more(held) if {
	some statement in held.statements
	count(statement.open & {"actions", "not_actions"}) > 0
}

_may_allow_more(held) if {
	some statement in held.statements
	count(statement.open & {"resources", "not_resources"}) > 0
	some action in statement.actions
	iam.covers(action, "bedrock:invokemodel")
}

_role := ["agent_resource_role_arn"]

_policy := finding.policy(rego.metadata.chain())
