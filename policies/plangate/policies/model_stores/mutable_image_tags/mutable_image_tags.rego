# METADATA
# title: image tags can be overwritten
# description: >-
#   A model server is told by its tag. Where tags are mutable, whoever may push can put another image under the tag that
#   endpoints and jobs already run, and the next start takes it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `image_tag_mutability = "IMMUTABLE"` on the `aws_ecr_repository`
#   resource_types: [aws_ecr_repository]
#   frameworks:
#     nist_800_53: [SI-7]
#     mitre_atlas: [AML.T0010.004]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [EC-001, CKV_AWS_51, AWS-0031]
package plangate.policies.model_stores.mutable_image_tags

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, repository, _path) if {
	some repository in plan.resources.aws_ecr_repository
	not plan.unknown(repository, _path)
	not _immutable(repository)
}

undecided contains finding.undecided(_policy, repository, _path) if {
	some repository in plan.resources.aws_ecr_repository
	plan.unknown(repository, _path)
}

_immutable(repository) if startswith(plan.known(repository, _path), "IMMUTABLE")

_path := ["image_tag_mutability"]

_policy := finding.policy(rego.metadata.chain())
