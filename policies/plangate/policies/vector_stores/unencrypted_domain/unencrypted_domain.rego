# METADATA
# title: search domain does not encrypt everywhere
# description: >-
#   A domain keeps documents and embeddings on its volumes, sends them between its nodes and answers with them. Each
#   of the three has a switch of its own; one that is off leaves them in clear on disks and snapshots, or on the
#   network.
# related_resources:
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `encrypt_at_rest { enabled = true }`, `node_to_node_encryption { enabled = true }` and
#     `domain_endpoint_options { enforce_https = true }` on the `aws_opensearch_domain`
#   resource_types: [aws_opensearch_domain]
#   frameworks:
#     nist_800_53: [SC-28, SC-8]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.1, CC6.7]
#   aliases: [VS-004, CKV_AWS_5, CKV_AWS_6, CKV_AWS_83, AWS-0048, AWS-0043, AWS-0046]
package plangate.policies.vector_stores.unencrypted_domain

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, switch) if {
	some domain in plan.resources.aws_opensearch_domain
	some switch in _switches
	_off(domain, switch)
}

undecided contains finding.undecided(_policy, domain, switch) if {
	some domain in plan.resources.aws_opensearch_domain
	some switch in _switches
	plan.unknown(domain, switch)
	not _off(domain, switch)
}

# The provider computes a block that nobody writes, and then all of it is off.
_off(domain, switch) if plan.absent(domain, [switch[0]])

_off(domain, switch) if plan.absent(domain, switch)

_off(domain, switch) if plan.known(domain, switch) == false

_switches := {
	["encrypt_at_rest", 0, "enabled"],
	["node_to_node_encryption", 0, "enabled"],
	["domain_endpoint_options", 0, "enforce_https"],
}

_policy := finding.policy(rego.metadata.chain())
