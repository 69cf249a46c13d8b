# METADATA
# title: Q Business application is not encrypted with a customer managed key
# description: >-
#   An application keeps its conversations, the files that people attach, and the index of what its sources hold.
#   Under a key that AWS owns nobody can see who decrypts them, and the key of an application cannot be changed later.
# related_resources:
#   - ref: https://docs.aws.amazon.com/amazonq/latest/qbusiness-ug/key-management.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/qbusiness_application
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     add `encryption_configuration { kms_key_id = aws_kms_key.<name>.arn }` to the `aws_qbusiness_application`; the
#     application is replaced
#   resource_types: [aws_qbusiness_application]
#   frameworks:
#     nist_800_53: [SC-28, SC-12]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.1]
#   aliases: [VS-008]
package plangate.policies.vector_stores.q_business_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, application, _key) if {
	some application in plan.resources.aws_qbusiness_application
	kms.missing(application, _key)
}

undecided contains finding.undecided(_policy, application, _key) if {
	some application in plan.resources.aws_qbusiness_application
	kms.undecided(application, _key)
}

_key := ["encryption_configuration", 0, "kms_key_id"]

_policy := finding.policy(rego.metadata.chain())
