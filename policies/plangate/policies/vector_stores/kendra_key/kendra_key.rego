# METADATA
# title: Kendra index is not encrypted with a customer managed key
# description: >-
#   An index holds the text of every document it crawled. Under a key that AWS owns their owner can neither see who
#   decrypts it nor shut it off, and the key of an index cannot be changed later.
# related_resources:
#   - ref: https://docs.aws.amazon.com/kendra/latest/dg/encryption-at-rest.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kendra_index
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     add `server_side_encryption_configuration { kms_key_id = aws_kms_key.<name>.arn }` to the `aws_kendra_index`;
#     the index is replaced
#   resource_types: [aws_kendra_index]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.1]
#   aliases: [VS-007, CKV_AWS_262]
package plangate.policies.vector_stores.kendra_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, index, _key) if {
	some index in plan.resources.aws_kendra_index
	kms.missing(index, _key)
}

undecided contains finding.undecided(_policy, index, _key) if {
	some index in plan.resources.aws_kendra_index
	kms.undecided(index, _key)
}

_key := ["server_side_encryption_configuration", 0, "kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
