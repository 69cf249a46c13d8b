# METADATA
# title: image of a private registry is not pulled over the VPC
# description: >-
#   An image from a registry outside Amazon ECR has to come through the VPC of the model, past its security groups and
#   flow logs. Over the platform's network nobody can say which registry answered, or who listened.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-containers-inference-private.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     add `image_config { repository_access_mode = "Vpc" }` to the container, and a `vpc_config` that reaches the
#     registry, or push the image to Amazon ECR
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [SC-7, SR-3]
#     mitre_atlas: [AML.T0010.004]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-017]
package plangate.policies.model_endpoints.registry_outside_vpc

import data.plangate.lib.finding
import data.plangate.lib.model_sources
import data.plangate.lib.plan

deny contains finding.new(_policy, model, array.concat(container, ["image_config"])) if {
	some model in plan.resources.aws_sagemaker_model
	some container in model_sources.containers(model)
	_outside(model, container)
	not _over_vpc(model, container)
	not plan.unknown(model, _mode(container))
}

undecided contains finding.undecided(_policy, model, array.concat(container, ["image_config"])) if {
	some model in plan.resources.aws_sagemaker_model
	some container in model_sources.containers(model)
	_outside(model, container)
	plan.unknown(model, _mode(container))
}

undecided contains finding.undecided(_policy, model, array.concat(container, ["image"])) if {
	some model in plan.resources.aws_sagemaker_model
	some container in model_sources.containers(model)
	plan.unknown(model, array.concat(container, ["image"]))
	not plan.settled(model, array.concat(container, ["image"]), _repositories)
	not _over_vpc(model, container)
}

# The containers are written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, model, [name]) if {
	some model in plan.resources.aws_sagemaker_model
	some name in {"primary_container", "container"}
	plan.computed(model, [name])
}

_outside(model, container) if {
	image := plan.known(model, array.concat(container, ["image"]))
	not startswith(image, "public.ecr.aws/")
	not regex.match(_ecr, image)
}

_over_vpc(model, container) if plan.known(model, _mode(container)) == "Vpc"

_mode(container) := array.concat(container, ["image_config", 0, "repository_access_mode"])

_ecr := concat("", [
	`^[0-9]{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+`,
	`\.(amazonaws\.(com|com\.cn|eu)|on\.(aws|amazonwebservices\.com\.cn)|c2s\.ic\.gov|sc2s\.sgov\.gov)/`,
])

_repositories := {
	"aws_ecr_repository", "data.aws_ecr_repository", "data.aws_ecr_image", "data.aws_sagemaker_prebuilt_ecr_image",
}

_policy := finding.policy(rego.metadata.chain())
