# METADATA
# title: vector bucket policy lets everybody in
# description: >-
#   A policy whose principal is everybody hands the vectors of the bucket, and the text and metadata that are stored
#   beside them, to any account of AWS; with write actions it also lets strangers plant what the next answers are made
#   of.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-bucket-policy.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3vectors_vector_bucket_policy
# custom:
#   severity: critical
#   remediation: >-
#     name the accounts or roles in the `Principal` of each Allow statement, or add a condition on
#     `aws:PrincipalOrgID`
#   resource_types: [aws_s3vectors_vector_bucket_policy]
#   frameworks:
#     nist_800_53: [AC-3, AC-6]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025"]
#     soc_2: [CC6.1, CC6.3]
#   aliases: [VS-006]
package plangate.policies.vector_stores.public_vector_bucket

import data.plangate.lib.finding
import data.plangate.lib.iam.principals
import data.plangate.lib.plan

deny contains finding.new(_policy, access, statement) if {
	some access in plan.resources.aws_s3vectors_vector_bucket_policy
	some statement in principals.public(access, ["policy"])
}

undecided contains finding.undecided(_policy, access, ["policy"]) if {
	some access in plan.resources.aws_s3vectors_vector_bucket_policy
	principals.undecided(access, ["policy"])
}

_policy := finding.policy(rego.metadata.chain())
