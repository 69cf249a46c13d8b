# METADATA
# title: captured inference data is not encrypted with a customer managed key
# description: >-
#   Data capture writes what people ask a model, and what it answers, to S3. A customer managed key lets its owner decide
#   who can read that record and shut it off; the key of the volume does not cover it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataCaptureConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `kms_key_id = aws_kms_key.<name>.arn` in the `data_capture_config` block
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.1]
#   aliases: [SM-003]
package plangate.policies.model_endpoints.unencrypted_capture

import data.plangate.lib.capture
import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.certain(config, "kms_key_id")
	kms.missing(config, path)
}

undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.certain(config, "kms_key_id")
	kms.undecided(config, path)
}

undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.uncertain(config, "kms_key_id")
	_may_be_missing(config, path)
}

undecided contains finding.undecided(_policy, config, ["data_capture_config"]) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	capture.unseen(config)
}

_may_be_missing(config, path) if kms.missing(config, path)

_may_be_missing(config, path) if kms.undecided(config, path)

_policy := finding.policy(rego.metadata.chain())
