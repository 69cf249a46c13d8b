# METADATA
# title: output of asynchronous inference is not encrypted with a customer managed key
# description: >-
#   An asynchronous endpoint leaves every response, and every failure with its request, in S3. The key of the output
#   configuration encrypts them; the key of the volume does not.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceOutputConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `kms_key_id = aws_kms_key.<name>.arn` in the `output_config` block of `async_inference_config`
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.1]
#   aliases: [SM-005]
package plangate.policies.model_endpoints.unencrypted_async_output

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in _keys(config)
	kms.missing(config, path)
}

undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in _keys(config)
	kms.undecided(config, path)
}

# The block is written by a dynamic one over a collection that only the apply knows.
undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in (_outputs(config) | {["async_inference_config"]})
	plan.computed(config, path)
}

_keys(config) := {array.concat(output.path, ["kms_key_id"]) |
	some path in _outputs(config)
	some output in plan.blocks(config, path)
}

_outputs(config) := {array.concat(async.path, ["output_config"]) |
	some async in plan.blocks(config, ["async_inference_config"])
}

_policy := finding.policy(rego.metadata.chain())
