# METADATA
# title: guardrail is not encrypted with a customer managed key
# description: >-
#   A guardrail tells which topics, words and personal data its owner fears. Without a key of the customer's it lies under
#   one of AWS's, whose use the customer can neither limit nor see nor end.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-kms-permissions.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: set `kms_key_arn = aws_kms_key.<name>.arn` on the `aws_bedrock_guardrail`
#   resource_types: [aws_bedrock_guardrail]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#   aliases: [BR-010]
package plangate.policies.guardrails.customer_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, guardrail, _key) if {
	some guardrail in plan.resources.aws_bedrock_guardrail
	kms.missing(guardrail, _key)
}

undecided contains finding.undecided(_policy, guardrail, _key) if {
	some guardrail in plan.resources.aws_bedrock_guardrail
	kms.undecided(guardrail, _key)
}

_key := ["kms_key_arn"]

_policy := finding.policy(rego.metadata.chain())
