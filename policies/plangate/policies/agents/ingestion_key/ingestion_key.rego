# METADATA
# title: ingestion of a knowledge base is not encrypted with a customer managed key
# description: >-
#   While documents are read, split and embedded, copies of them lie with Bedrock. Only a customer managed key lets the
#   owner of the documents decide who can read those, and see who did.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/encryption-kb.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagent_data_source
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     add `server_side_encryption_configuration { kms_key_arn = aws_kms_key.<name>.arn }` to the
#     `aws_bedrockagent_data_source`
#   resource_types: [aws_bedrockagent_data_source]
#   frameworks:
#     nist_800_53: [SC-28]
#     owasp_llm: ["LLM08:2025"]
#   aliases: [BR-019]
package plangate.policies.agents.ingestion_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, source, _key) if {
	some source in plan.resources.aws_bedrockagent_data_source
	kms.missing(source, _key)
}

undecided contains finding.undecided(_policy, source, _key) if {
	some source in plan.resources.aws_bedrockagent_data_source
	kms.undecided(source, _key)
}

_key := ["server_side_encryption_configuration", 0, "kms_key_arn"]

_policy := finding.policy(rego.metadata.chain())
