# METADATA
# title: network policy opens collections to the internet
# description: >-
#   A network policy with `AllowFromPublic` gives the matching collections, or their dashboards, an endpoint that the
#   whole internet reaches. Embeddings can be turned back into much of the text they were made of; then one leaked
#   credential or one broad access policy is all that is missing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-network.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearchserverless_security_policy
# custom:
#   severity: critical
#   remediation: >-
#     set `AllowFromPublic = false` in every statement of the policy and name the endpoints in `SourceVPCEs`, or
#     `SourceServices = ["bedrock.amazonaws.com"]` for a knowledge base
#   resource_types: [aws_opensearchserverless_security_policy]
#   frameworks:
#     nist_800_53: [SC-7, AC-3]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.6]
#   aliases: [VS-001]
package plangate.policies.vector_stores.public_collection

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, access, ["policy", i, "AllowFromPublic"]) if {
	some access in _network_policies
	statements := environment.json_at(access, ["policy"])
	is_array(statements)
	some i, statement in statements
	statement.AllowFromPublic == true
}

undecided contains finding.undecided(_policy, access, ["policy"]) if {
	some access in _network_policies
	plan.unknown(access, ["policy"])
}

# Where the type is unknown the document tells by itself.
_network_policies := [access |
	some access in plan.resources.aws_opensearchserverless_security_policy
	not _about_keys(access)
]

_about_keys(access) if plan.known(access, ["type"]) == "encryption"

_policy := finding.policy(rego.metadata.chain())
