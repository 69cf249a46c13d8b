# METADATA
# title: notebook has direct internet access
# description: >-
#   SageMaker gives such a notebook an interface of its own to the internet, beside any subnet: no security group, firewall
#   or flow log of the customer sees what a package or a user carries out over it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance#direct_internet_access
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `direct_internet_access = "Disabled"`, `subnet_id` and `security_groups` on the `aws_sagemaker_notebook_instance`
#   resource_types: [aws_sagemaker_notebook_instance]
#   frameworks:
#     nist_800_53: [SC-7, AC-4]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.6]
#   aliases: [SM-020, CKV_AWS_122]
package plangate.policies.notebooks.direct_internet

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	not plan.unknown(notebook, _path)
	not _disabled(notebook)
}

undecided contains finding.undecided(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	plan.unknown(notebook, _path)
}

_disabled(notebook) if plan.known(notebook, _path) == "Disabled"

_path := ["direct_internet_access"]

_policy := finding.policy(rego.metadata.chain())
