# METADATA
# title: Studio domain reaches the internet outside the VPC
# description: >-
#   With `PublicInternetOnly` all traffic of notebooks and apps but that to their file system leaves through a network of
#   AWS's, where no security group, firewall or flow log of the customer sees what is carried out.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/studio-notebooks-and-internet-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain#app_network_access_type
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `app_network_access_type = "VpcOnly"` on the `aws_sagemaker_domain`
#   resource_types: [aws_sagemaker_domain]
#   frameworks:
#     nist_800_53: [SC-7, AC-4]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.6]
#   aliases: [SM-026]
package plangate.policies.notebooks.domain_public_network

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	not plan.unknown(domain, _path)
	not _vpc_only(domain)
}

undecided contains finding.undecided(_policy, domain, _path) if {
	some domain in plan.resources.aws_sagemaker_domain
	plan.unknown(domain, _path)
}

_vpc_only(domain) if plan.known(domain, _path) == "VpcOnly"

_path := ["app_network_access_type"]

_policy := finding.policy(rego.metadata.chain())
