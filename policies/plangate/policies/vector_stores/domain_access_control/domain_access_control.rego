# METADATA
# title: search domain has no fine-grained access control
# description: >-
#   Without fine-grained access control whoever may call a domain may read every index, document and field in it, and
#   change them: there are no users and roles inside. For retrieval this means one corpus for all tenants.
# related_resources:
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain
# custom:
#   severity: low
#   remediation: >-
#     set `advanced_security_options { enabled = true }` with `master_user_options` on the `aws_opensearch_domain`
#   resource_types: [aws_opensearch_domain]
#   frameworks:
#     nist_800_53: [AC-3, AC-6]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.1]
#   aliases: [VS-004, CKV2_AWS_52]
package plangate.policies.vector_stores.domain_access_control

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, _enabled) if {
	some domain in plan.resources.aws_opensearch_domain
	_off(domain)
}

undecided contains finding.undecided(_policy, domain, _enabled) if {
	some domain in plan.resources.aws_opensearch_domain
	plan.unknown(domain, _enabled)
	not _off(domain)
}

# The provider computes a block that nobody writes, and then it is off.
_off(domain) if plan.absent(domain, ["advanced_security_options"])

_off(domain) if plan.absent(domain, _enabled)

_off(domain) if plan.known(domain, _enabled) == false

_enabled := ["advanced_security_options", 0, "enabled"]

_policy := finding.policy(rego.metadata.chain())
