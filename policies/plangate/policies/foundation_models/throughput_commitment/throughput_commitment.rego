# METADATA
# title: commitment of provisioned throughput is not approved
# description: >-
#   A commitment is paid to its end, a month or six of them for each model unit, whether the model is used or not, and
#   Bedrock does not let it be deleted before. One line can spend what a team has for a year.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_provisioned_model_throughput
# custom:
#   severity: medium
#   remediation: >-
#     set `commitment_duration` of the `aws_bedrock_provisioned_model_throughput` to an approved one, leave it out, or have
#     it approved
#   resource_types: [aws_bedrock_provisioned_model_throughput]
#   frameworks:
#     nist_800_53: [SC-6]
#     mitre_atlas: [AML.T0034]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [BR-024]
#   parameters:
#     approved_commitments:
#       type: array
#       description: Commitments that may be made, such as `OneMonth`; entries are globs.
package plangate.policies.foundation_models.throughput_commitment

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, throughput, _commitment) if {
	commitments := config.parameter(_policy, "approved_commitments")
	some throughput in plan.resources.aws_bedrock_provisioned_model_throughput
	approved.foreign(throughput, _commitment, commitments)
}

undecided contains finding.undecided(_policy, throughput, _commitment) if {
	config.parameter(_policy, "approved_commitments")
	some throughput in plan.resources.aws_bedrock_provisioned_model_throughput
	plan.unknown(throughput, _commitment)
}

_commitment := ["commitment_duration"]

_policy := finding.policy(rego.metadata.chain())
