# METADATA
# title: access policy grants collections to a wildcard principal
# description: >-
#   A data access policy says who may read and write the indexes of a collection. A principal with a wildcard takes in
#   roles and users that nobody thought of, those that are created tomorrow too: they can read the corpus, or plant
#   documents that the next answers are made of.
# related_resources:
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearchserverless_access_policy
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     name each role, user or SAML group in `Principal`, for example `Principal = [aws_iam_role.retriever.arn]`
#   resource_types: [aws_opensearchserverless_access_policy]
#   frameworks:
#     nist_800_53: [AC-6, AC-3]
#     mitre_atlas: [AML.T0070]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.3]
#   aliases: [VS-003]
package plangate.policies.vector_stores.wildcard_principal

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, access, ["policy", i, "Principal"]) if {
	some access in plan.resources.aws_opensearchserverless_access_policy
	statements := environment.json_at(access, ["policy"])
	is_array(statements)
	some i, statement in statements
	some principal in _principals(statement)
	contains(principal, "*")
	not _sessions_of_one_role(principal)
}

undecided contains finding.undecided(_policy, access, ["policy"]) if {
	some access in plan.resources.aws_opensearchserverless_access_policy
	plan.unknown(access, ["policy"])
}

_principals(statement) := [principal | some principal in statement.Principal; is_string(principal)] if {
	is_array(statement.Principal)
} else := [statement.Principal] if {
	is_string(statement.Principal)
}

_sessions_of_one_role(principal) if regex.match(`^arn:aws[a-z-]*:sts::[0-9]{12}:assumed-role/[^*/]+/\*$`, principal)

_policy := finding.policy(rego.metadata.chain())
