# METADATA
# title: lifecycle script runs what it downloads unseen
# description: >-
#   `curl … | sh` gives whoever holds the other end, or the name in between, a root shell with the role of every notebook
#   that starts. Nothing is kept, so nobody can compare what ran with what was reviewed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_notebook_instance_lifecycle_configuration
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_studio_lifecycle_config
# custom:
#   severity: critical
#   severity_by_environment:
#     dev: high
#   remediation: >-
#     download to a file, compare its digest (`sha256sum -c`), and run the file; or install from a bucket or registry of your own
#   resource_types: [aws_sagemaker_notebook_instance_lifecycle_configuration, aws_sagemaker_studio_lifecycle_config]
#   frameworks:
#     nist_800_53: [SI-7, CM-14]
#     mitre_atlas: [AML.T0011.001]
#     owasp_llm: ["LLM03:2025"]
#     soc_2: [CC6.8]
#   aliases: [SM-025]
package plangate.policies.notebooks.piped_download

import data.plangate.lib.finding
import data.plangate.lib.scripts

deny contains finding.new(_policy, place.resource, place.path) if {
	some place in scripts.lifecycle
	scripts.runs_download(scripts.text(place.resource, place.path))
}

undecided contains finding.undecided(_policy, place.resource, place.path) if {
	some place in scripts.lifecycle
	scripts.closed(place.resource, place.path)
}

_policy := finding.policy(rego.metadata.chain())
