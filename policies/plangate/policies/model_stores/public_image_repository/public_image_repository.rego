# METADATA
# title: anybody may use the image repository
# description: >-
#   The policy of a repository says who may pull and push. With a principal that is everybody, any AWS account can take the
#   images, and the weights inside them, or push the next one that an endpoint starts.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository_policy
# custom:
#   severity: high
#   remediation: >-
#     name the accounts (`Principal = { AWS = "arn:aws:iam::<account>:root" }`), or add a condition such as `StringEquals` on
#     `aws:PrincipalOrgID`, in the `policy` of the `aws_ecr_repository_policy`
#   resource_types: [aws_ecr_repository_policy]
#   frameworks:
#     nist_800_53: [AC-3]
#     mitre_atlas: [AML.T0010.004]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [EC-003, CKV_AWS_32, AWS-0032]
package plangate.policies.model_stores.public_image_repository

import data.plangate.lib.finding
import data.plangate.lib.iam.principals
import data.plangate.lib.plan

deny contains finding.new(_policy, policy, path) if {
	some policy in plan.resources.aws_ecr_repository_policy
	some path in principals.public(policy, ["policy"])
}

undecided contains finding.undecided(_policy, policy, ["policy"]) if {
	some policy in plan.resources.aws_ecr_repository_policy
	principals.undecided(policy, ["policy"])
}

_policy := finding.policy(rego.metadata.chain())
