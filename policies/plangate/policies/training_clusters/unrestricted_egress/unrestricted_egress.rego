# METADATA
# title: security group lets all traffic out to the internet
# description: >-
#   Training nodes hold datasets and weights, and run code from many packages. With every port open to every address
#   one bad dependency carries them away unseen.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_egress_rule
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     name what the nodes call: `prefix_list_id` for S3, `referenced_security_group_id` for VPC endpoints and each
#     other, `cidr_ipv4 = aws_vpc.<name>.cidr_block`, or single ports such as 443
#   resource_types:
#     - aws_security_group
#     - aws_default_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_egress_rule
#   frameworks:
#     nist_800_53: ["SC-7(5)", AC-4]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [CP-007, CKV_AWS_382, AWS-0104]
package plangate.policies.training_clusters.unrestricted_egress

import data.plangate.lib.finding
import data.plangate.lib.network

deny contains finding.new(_policy, rule.resource, rule.path) if {
	some rule in network.rules.egress
	network.unrestricted(rule)
}

undecided contains finding.undecided(_policy, rule.resource, rule.path) if {
	some rule in network.rules.egress
	not network.unrestricted(rule)
	network.may_be_unrestricted(rule)
}

_policy := finding.policy(rego.metadata.chain())
