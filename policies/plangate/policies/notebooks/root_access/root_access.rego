# METADATA
# title: users of a notebook are root
# description: >-
#   As root, a user or a package changes the agents, the network settings and the lifecycle of the instance, and reads what
#   other users left on it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance#root_access
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `root_access = "Disabled"` on the `aws_sagemaker_notebook_instance`
#   resource_types: [aws_sagemaker_notebook_instance]
#   frameworks:
#     nist_800_53: [AC-6]
#     soc_2: [CC6.3]
#   aliases: [SM-022, CKV_AWS_307]
package plangate.policies.notebooks.root_access

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

_path := ["root_access"]

_policy := finding.policy(rego.metadata.chain())
