# METADATA
# title: long-term API key for Bedrock
# description: >-
#   Such a key is a password without a second factor: whoever finds it in a log or a notebook calls models on your account
#   until somebody notices. Roles and short-term keys end by themselves.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_service_specific_credential
# custom:
#   severity: high
#   remediation: >-
#     delete the `aws_iam_service_specific_credential` and call Bedrock with an `aws_iam_role`, or with short-term API keys
#     that are made from its session
#   resource_types: [aws_iam_service_specific_credential]
#   frameworks:
#     nist_800_53: [IA-5]
#     mitre_atlas: [AML.T0055, AML.T0091]
#   aliases: [IA-008]
package plangate.policies.identity.bedrock_api_key

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, credential, _service) if {
	some credential in plan.resources.aws_iam_service_specific_credential
	startswith(plan.known(credential, _service), "bedrock.")
}

undecided contains finding.undecided(_policy, credential, _service) if {
	some credential in plan.resources.aws_iam_service_specific_credential
	plan.unknown(credential, _service)
}

_service := ["service_name"]

_policy := finding.policy(rego.metadata.chain())
