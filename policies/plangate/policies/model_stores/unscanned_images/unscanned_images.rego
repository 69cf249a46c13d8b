# METADATA
# title: images are not scanned when they are pushed
# description: >-
#   Images of model servers carry CUDA, Python and hundreds of packages. A scan at the push tells of known vulnerabilities
#   before the image runs; without one nobody looks.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_repository
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_registry_scanning_configuration
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `image_scanning_configuration { scan_on_push = true }` to the `aws_ecr_repository`, or a rule for it to the
#     `aws_ecr_registry_scanning_configuration`
#   resource_types: [aws_ecr_repository, aws_ecr_registry_scanning_configuration]
#   frameworks:
#     nist_800_53: [RA-5]
#     mitre_atlas: [AML.T0010.001]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [EC-002, CKV_AWS_163, AWS-0030]
package plangate.policies.model_stores.unscanned_images

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, repository, _path) if {
	some repository in plan.resources.aws_ecr_repository
	_off(repository)
	not _may_be_scanned_by_registry(repository)
}

undecided contains finding.undecided(_policy, repository, _path) if {
	some repository in plan.resources.aws_ecr_repository
	plan.unknown(repository, _path)
	not _scanned_by_registry(repository)
}

undecided contains finding.undecided(_policy, repository, _path) if {
	some repository in plan.resources.aws_ecr_repository
	_off(repository)
	_may_be_scanned_by_registry(repository)
	not _scanned_by_registry(repository)
}

_off(repository) if {
	not plan.known(repository, _path)
	not plan.unknown(repository, _path)
}

_scanned_by_registry(repository) if {
	some filter in _filters
	_matches(filter, object.get(repository.change.after, "name", ""))
}

_may_be_scanned_by_registry(repository) if _scanned_by_registry(repository)

_may_be_scanned_by_registry(repository) if {
	plan.unknown(repository, ["name"])
	count(_filters) > 0
}

_may_be_scanned_by_registry(_) if {
	some registry in plan.resources.aws_ecr_registry_scanning_configuration
	plan.computed(registry, ["rule"])
}

# Of the rules that scan without being asked, the patterns of repository names.
_filters := {filter.value.filter |
	some registry in plan.resources.aws_ecr_registry_scanning_configuration
	some rule in plan.blocks(registry, ["rule"])
	rule.value.scan_frequency in {"SCAN_ON_PUSH", "CONTINUOUS_SCAN"}
	some filter in plan.blocks(registry, array.concat(rule.path, ["repository_filter"]))
}

# Without a wildcard a filter is part of the name.
_matches(filter, name) if glob.match(filter, null, name)

_matches(filter, name) if contains(name, filter)

_path := ["image_scanning_configuration", 0, "scan_on_push"]

_policy := finding.policy(rego.metadata.chain())
