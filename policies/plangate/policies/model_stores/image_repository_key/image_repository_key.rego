# METADATA
# title: image repository is not encrypted with a customer managed key
# description: >-
#   Images of model servers often hold the weights themselves. Only a customer managed key lets its owner decide who can
#   pull them apart from the repository's policy, see who did, and shut it off.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     add `encryption_configuration { encryption_type = "KMS"` with `kms_key = aws_kms_key.<name>.arn }` to the
#     `aws_ecr_repository`, which is replaced for it
#   resource_types: [aws_ecr_repository]
#   frameworks:
#     nist_800_53: [SC-28]
#     mitre_atlas: [AML.T0035]
#   aliases: [EC-003, CKV_AWS_136, AWS-0033]
package plangate.policies.model_stores.image_repository_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, repository, _block) if {
	some repository in plan.resources.aws_ecr_repository
	count(plan.blocks(repository, _block)) == 0
	not plan.computed(repository, _block)
}

deny contains finding.new(_policy, repository, path) if {
	some repository in plan.resources.aws_ecr_repository
	some block in plan.blocks(repository, _block)
	path := array.concat(block.path, ["encryption_type"])
	not plan.unknown(repository, path)
	not _with_kms(repository, path)
}

deny contains finding.new(_policy, repository, path) if {
	some repository in plan.resources.aws_ecr_repository
	some block in plan.blocks(repository, _block)
	_with_kms(repository, array.concat(block.path, ["encryption_type"]))
	path := array.concat(block.path, ["kms_key"])
	kms.missing(repository, path)
}

undecided contains finding.undecided(_policy, repository, path) if {
	some repository in plan.resources.aws_ecr_repository
	some block in plan.blocks(repository, _block)
	path := array.concat(block.path, ["encryption_type"])
	plan.unknown(repository, path)
}

undecided contains finding.undecided(_policy, repository, path) if {
	some repository in plan.resources.aws_ecr_repository
	some block in plan.blocks(repository, _block)
	_with_kms(repository, array.concat(block.path, ["encryption_type"]))
	path := array.concat(block.path, ["kms_key"])
	kms.undecided(repository, path)
}

# The block is written by a dynamic one over a collection that only the apply knows.
undecided contains finding.undecided(_policy, repository, _block) if {
	some repository in plan.resources.aws_ecr_repository
	plan.computed(repository, _block)
}

# KMS, or KMS_DSSE, which encrypts twice.
_with_kms(repository, path) if startswith(plan.known(repository, path), "KMS")

_block := ["encryption_configuration"]

_policy := finding.policy(rego.metadata.chain())
