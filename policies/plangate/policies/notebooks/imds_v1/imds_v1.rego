# METADATA
# title: notebook accepts version 1 of the metadata service
# description: >-
#   Version 1 answers any plain GET, so a forged request from code in the notebook, or from a proxy that runs there, is enough
#   to take the credentials of its role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-imds.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InstanceMetadataServiceConfiguration.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `instance_metadata_service_configuration { minimum_instance_metadata_service_version = "2" }` to the
#     `aws_sagemaker_notebook_instance`
#   resource_types: [aws_sagemaker_notebook_instance]
#   frameworks:
#     nist_800_53: [AC-3, IA-5]
#     mitre_atlas: [AML.T0055]
#   aliases: [SM-023, CKV_AWS_371]
package plangate.policies.notebooks.imds_v1

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	not plan.unknown(notebook, _path)
	not _demands_v2(notebook)
}

# The block may also be a dynamic one, of which the configuration shows nothing.
undecided contains finding.undecided(_policy, notebook, _path) if {
	some notebook in plan.resources.aws_sagemaker_notebook_instance
	plan.unknown(notebook, _path)
}

_demands_v2(notebook) if plan.known(notebook, _path) == "2"

_path := ["instance_metadata_service_configuration", 0, "minimum_instance_metadata_service_version"]

_policy := finding.policy(rego.metadata.chain())
