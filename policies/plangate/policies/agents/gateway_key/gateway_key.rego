# METADATA
# title: gateway is not encrypted with a customer managed key
# description: >-
#   A gateway keeps the definitions of its tools, their schemas and targets. Only a customer managed key lets its
#   owner say who can read them, see each use and shut them off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-encryption.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_gateway
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `kms_key_arn = aws_kms_key.<name>.arn` on the `aws_bedrockagentcore_gateway`
#   resource_types: [aws_bedrockagentcore_gateway]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     soc_2: [CC6.1]
#   aliases: [AC-008]
package plangate.policies.agents.gateway_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, gateway, _key) if {
	some gateway in plan.resources.aws_bedrockagentcore_gateway
	kms.missing(gateway, _key)
}

undecided contains finding.undecided(_policy, gateway, _key) if {
	some gateway in plan.resources.aws_bedrockagentcore_gateway
	kms.undecided(gateway, _key)
}

_key := ["kms_key_arn"]

_policy := finding.policy(rego.metadata.chain())
