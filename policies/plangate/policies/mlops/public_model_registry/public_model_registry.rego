# METADATA
# title: anybody may use the model registry
# description: >-
#   The policy of a model package group says who may read and deploy its models, and who may add versions. With a principal
#   that is everybody, any AWS account can take the models, or put one where a pipeline deploys from.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-version.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PutModelPackageGroupPolicy.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model_package_group_policy
# custom:
#   severity: critical
#   remediation: >-
#     name the accounts (`Principal = { AWS = "arn:aws:iam::<account>:root" }`), or add a condition such as `StringEquals` on
#     `aws:PrincipalOrgID`, in the `resource_policy` of the `aws_sagemaker_model_package_group_policy`
#   resource_types: [aws_sagemaker_model_package_group_policy]
#   frameworks:
#     nist_800_53: [AC-3, AC-6]
#     mitre_atlas: [AML.T0010.003, AML.T0048.004]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-036]
package plangate.policies.mlops.public_model_registry

import data.plangate.lib.finding
import data.plangate.lib.iam.principals
import data.plangate.lib.plan

deny contains finding.new(_policy, policy, path) if {
	some policy in plan.resources.aws_sagemaker_model_package_group_policy
	some path in principals.public(policy, _path)
}

undecided contains finding.undecided(_policy, policy, _path) if {
	some policy in plan.resources.aws_sagemaker_model_package_group_policy
	principals.undecided(policy, _path)
}

_path := ["resource_policy"]

_policy := finding.policy(rego.metadata.chain())
