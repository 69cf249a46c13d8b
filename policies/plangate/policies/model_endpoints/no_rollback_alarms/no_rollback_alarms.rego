# METADATA
# title: endpoint is updated without alarms that roll it back
# description: >-
#   A new model can start well and answer badly. Only alarms that SageMaker watches during an update take the traffic
#   back to the old fleet before somebody notices; without them it stays with whatever was deployed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoRollbackConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint
# custom:
#   severity: low
#   remediation: >-
#     add to the `deployment_config` block of the `aws_sagemaker_endpoint`
#     `auto_rollback_configuration { alarms { alarm_name = aws_cloudwatch_metric_alarm.<name>.alarm_name } }`
#   resource_types: [aws_sagemaker_endpoint]
#   frameworks:
#     nist_800_53: [CM-3, SI-17]
#     mitre_atlas: [AML.T0031]
#     nist_ai_rmf: [MANAGE 2.4]
#   aliases: [SM-018]
package plangate.policies.model_endpoints.no_rollback_alarms

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, endpoint, _alarms) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint
	not _watched(endpoint)
	not plan.computed(endpoint, _name)
}

# An alarm of this plan is one, whatever its name will be. What a dynamic block holds nobody sees.
undecided contains finding.undecided(_policy, endpoint, _alarms) if {
	some endpoint in plan.resources.aws_sagemaker_endpoint
	not _watched(endpoint)
	plan.computed(endpoint, _name)
	not plan.settled(endpoint, _name, {"aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"})
}

_watched(endpoint) if {
	some alarm in plan.blocks(endpoint, _alarms)
	plan.known(endpoint, array.concat(alarm.path, ["alarm_name"]))
}

_alarms := ["deployment_config", 0, "auto_rollback_configuration", 0, "alarms"]

_name := array.concat(_alarms, [0, "alarm_name"])

_policy := finding.policy(rego.metadata.chain())
