# METADATA
# title: model image is not pinned by digest to an approved registry
# description: >-
#   A tag can be moved to another image at any time, and an image of somebody else's registry changes when they like.
#   A digest names the bytes that were reviewed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: write the image as `<registry>/<repository>@sha256:<digest>`, from a registry that is approved
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [SR-3, SI-7]
#     mitre_atlas: [AML.T0010.001, AML.T0010.004]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-013]
#   parameters:
#     approved_registries:
#       type: array
#       description: >-
#         Registries, or repositories in them, from which model images may come; entries are globs. Without any only
#         the digest is judged.
#       default: []
package plangate.policies.model_endpoints.image_digest

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, model, path) if {
	some model in plan.resources.aws_sagemaker_model
	some path in _images(model)
	_bad(plan.known(model, path))
}

undecided contains finding.undecided(_policy, model, path) if {
	some model in plan.resources.aws_sagemaker_model
	some path in _images(model)
	plan.unknown(model, path)
}

# The containers are written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, model, [name]) if {
	some model in plan.resources.aws_sagemaker_model
	some name in _containers
	plan.computed(model, [name])
}

_images(model) := {array.concat(container.path, ["image"]) |
	some name in _containers
	some container in plan.blocks(model, [name])
}

_bad(image) if not regex.match(`@sha256:[0-9a-f]{64}$`, image)

_bad(image) if {
	approved := config.parameter(_policy, "approved_registries")
	count(approved) > 0
	not _approved(image, approved)
}

_approved(image, approved) if {
	some registry in approved
	some pattern in [concat("", [registry, "/*"]), concat("", [registry, "@*"]), concat("", [registry, ":*"])]
	glob.match(pattern, null, image)
}

_containers := {"primary_container", "container"}

_policy := finding.policy(rego.metadata.chain())
