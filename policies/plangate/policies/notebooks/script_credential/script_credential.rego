# METADATA
# title: lifecycle script carries a credential
# description: >-
#   A lifecycle script is no secret: everyone who may describe the configuration reads it, with or without base64, and so do
#   the plan and the state. It runs as root on every notebook that names it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeNotebookInstanceLifecycleConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance_lifecycle_configuration
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_studio_lifecycle_config
# custom:
#   severity: critical
#   remediation: >-
#     fetch the credential in the script with the role of the notebook (`aws secretsmanager get-secret-value --secret-id …`)
#     and replace it
#   resource_types: [aws_sagemaker_notebook_instance_lifecycle_configuration, aws_sagemaker_studio_lifecycle_config]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-025, PL-001]
package plangate.policies.notebooks.script_credential

import data.plangate.lib.credentials
import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.origin
import data.plangate.lib.scripts

deny contains finding.new(_policy, place.resource, place.path) if {
	some place in scripts.lifecycle
	_carries(place)
}

undecided contains finding.undecided(_policy, place.resource, place.path) if {
	some place in scripts.lifecycle
	scripts.closed(place.resource, place.path)
	not _carries(place)
}

_carries(place) if credentials.text(scripts.text(place.resource, place.path))

# A mark came with a sensitive variable or attribute.
_carries(place) if environment.marked(place.resource, place.path)

# What is made of a secret, though nobody sees it yet.
_carries(place) if {
	scripts.closed(place.resource, place.path)
	origin.secret(place.resource, place.path)
}

_policy := finding.policy(rego.metadata.chain())
