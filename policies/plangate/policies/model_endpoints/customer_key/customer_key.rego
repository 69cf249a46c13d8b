# METADATA
# title: endpoint volume is not encrypted with a customer managed key
# description: >-
#   The storage volume of an endpoint holds the model artefact, and often what requests leave behind. Only a customer
#   managed key lets its owner decide who can read a copy of that volume, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `kms_key_arn = aws_kms_key.<name>.arn` on the `aws_sagemaker_endpoint_configuration`
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-001, CKV_AWS_98]
package plangate.policies.model_endpoints.customer_key

import data.plangate.lib.finding
import data.plangate.lib.instances
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, config, _key) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	kms.missing(config, _key)
	_has_volume(config)
}

undecided contains finding.undecided(_policy, config, _key) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	kms.undecided(config, _key)
	_may_have_volume(config)
}

undecided contains finding.undecided(_policy, config, ["production_variants"]) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	kms.missing(config, _key)
	not _has_volume(config)
	_may_have_volume(config)
}

# Instances with local storage take no volume, and AWS refuses a key for them; serverless variants have none either.
_has_volume(config) if {
	some variant in plan.blocks(config, ["production_variants"])
	type := plan.known(config, array.concat(variant.path, ["instance_type"]))
	not instances.local_storage(type)
}

_may_have_volume(config) if _has_volume(config)

_may_have_volume(config) if {
	some variant in plan.blocks(config, ["production_variants"])
	plan.unknown(config, array.concat(variant.path, ["instance_type"]))
}

# The variants are written by a dynamic block over a collection that only the apply knows.
_may_have_volume(config) if plan.computed(config, ["production_variants"])

_key := ["kms_key_arn"]

_policy := finding.policy(rego.metadata.chain())
