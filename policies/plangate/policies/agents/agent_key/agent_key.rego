# METADATA
# title: agent is not encrypted with a customer managed key
# description: >-
#   Bedrock keeps the instructions of an agent, its prompt templates and what its sessions say. Only a customer managed key
#   lets its owner decide who can read them, see who did, and shut them off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-agents.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_agent
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `customer_encryption_key_arn = aws_kms_key.<name>.arn` on the `aws_bedrockagent_agent`
#   resource_types: [aws_bedrockagent_agent]
#   frameworks:
#     nist_800_53: [SC-28]
#     mitre_atlas: [AML.T0084]
#   aliases: [BR-003, CKV_AWS_373]
package plangate.policies.agents.agent_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, agent, _key) if {
	some agent in plan.resources.aws_bedrockagent_agent
	kms.missing(agent, _key)
}

undecided contains finding.undecided(_policy, agent, _key) if {
	some agent in plan.resources.aws_bedrockagent_agent
	kms.undecided(agent, _key)
}

_key := ["customer_encryption_key_arn"]

_policy := finding.policy(rego.metadata.chain())
