# METADATA
# title: model monitoring job is not isolated or its traffic is not encrypted
# description: >-
#   A monitoring job has the requests and answers of an endpoint in its memory. Without network isolation its container can
#   carry them away, and without encryption between containers the instances exchange them in clear.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringNetworkConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_data_quality_job_definition
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     add `network_config { enable_network_isolation = true` and `enable_inter_container_traffic_encryption = true }` to the
#     `aws_sagemaker_data_quality_job_definition`
#   resource_types: [aws_sagemaker_data_quality_job_definition]
#   frameworks:
#     nist_800_53: [SC-7, SC-8]
#     mitre_atlas: [AML.T0025]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-037, CKV_AWS_369]
package plangate.policies.mlops.monitoring_job_network

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, job, ["network_config", 0, switch]) if {
	some job in plan.resources.aws_sagemaker_data_quality_job_definition
	some switch in _switches
	not plan.known(job, ["network_config", 0, switch])
	not plan.unknown(job, ["network_config", 0, switch])
}

undecided contains finding.undecided(_policy, job, ["network_config", 0, switch]) if {
	some job in plan.resources.aws_sagemaker_data_quality_job_definition
	some switch in _switches
	plan.unknown(job, ["network_config", 0, switch])
}

_switches := ["enable_network_isolation", "enable_inter_container_traffic_encryption"]

_policy := finding.policy(rego.metadata.chain())
