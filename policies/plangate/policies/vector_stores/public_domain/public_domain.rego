# METADATA
# title: search domain has a public endpoint
# description: >-
#   A domain without `vpc_options` gets an endpoint on the internet, which no security group guards. Then its access
#   policy is the only thing between strangers and the embeddings.
# related_resources:
#   - ref: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/opensearch_domain
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `vpc_options` with private `subnet_ids` and `security_group_ids` to the `aws_opensearch_domain`; the domain
#     is replaced
#   resource_types: [aws_opensearch_domain]
#   frameworks:
#     nist_800_53: [SC-7, AC-4]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.6]
#   aliases: [VS-004, CKV_AWS_137]
package plangate.policies.vector_stores.public_domain

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, _vpc) if {
	some domain in plan.resources.aws_opensearch_domain
	count(plan.blocks(domain, _vpc)) == 0
	not plan.computed(domain, _vpc)
}

undecided contains finding.undecided(_policy, domain, _vpc) if {
	some domain in plan.resources.aws_opensearch_domain
	plan.computed(domain, _vpc)
}

_vpc := ["vpc_options"]

_policy := finding.policy(rego.metadata.chain())
