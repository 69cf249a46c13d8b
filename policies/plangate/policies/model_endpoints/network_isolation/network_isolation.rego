# METADATA
# title: model containers can reach the network
# description: >-
#   Without network isolation a model container, and with it any code inside the model artefact, can call out: download
#   more code, or carry requests and weights away. A VPC alone does not stop that.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `enable_network_isolation = true` on the `aws_sagemaker_model`
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [SC-7, AC-4]
#     mitre_atlas: [AML.T0025, AML.T0072]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-011, CKV_AWS_370]
package plangate.policies.model_endpoints.network_isolation

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, model, _path) if {
	some model in plan.resources.aws_sagemaker_model
	not plan.known(model, _path)
	not plan.unknown(model, _path)
}

undecided contains finding.undecided(_policy, model, _path) if {
	some model in plan.resources.aws_sagemaker_model
	plan.unknown(model, _path)
}

_path := ["enable_network_isolation"]

_policy := finding.policy(rego.metadata.chain())
