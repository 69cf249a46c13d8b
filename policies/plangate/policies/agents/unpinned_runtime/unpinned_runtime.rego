# METADATA
# title: agent artefact is not pinned to what was reviewed
# description: >-
#   A tag can be moved to another image and an object in S3 can be overwritten. An agent that starts tomorrow then
#   runs what nobody has reviewed, with the role of the one that was. A digest or an object version names the bytes.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_S3Location.html
#   - ref: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_agent_runtime
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     write `container_uri` as `<registry>/<repository>@sha256:<digest>`; for code from S3 set `version_id`, for
#     example `aws_s3_object.<name>.version_id`
#   resource_types: [aws_bedrockagentcore_agent_runtime]
#   frameworks:
#     nist_800_53: [SI-7, SR-3]
#     mitre_atlas: [AML.T0010.001]
#     owasp_llm: ["LLM03:2025"]
#     soc_2: [CC8.1]
#   aliases: [AC-004]
package plangate.policies.agents.unpinned_runtime

import data.plangate.lib.finding
import data.plangate.lib.origin
import data.plangate.lib.plan

deny contains finding.new(_policy, runtime, image) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	some image in _images(runtime)
	text := plan.known(runtime, image)
	not regex.match(`@sha256:[0-9a-f]{64}$`, text)
}

deny contains finding.new(_policy, runtime, version) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	some version in _versions(runtime)
	plan.absent(runtime, version)
}

undecided contains finding.undecided(_policy, runtime, image) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	some image in _images(runtime)
	plan.unknown(runtime, image)
	not _digest(runtime, image)
}

undecided contains finding.undecided(_policy, runtime, version) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	some version in _versions(runtime)
	plan.unknown(runtime, version)
	not plan.settled(runtime, version, {"aws_s3_object", "aws_s3_object_copy", "data.aws_s3_object"})
}

# The artefact is written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, runtime, block) if {
	some runtime in plan.resources.aws_bedrockagentcore_agent_runtime
	some block in [_containers, _objects]
	plan.computed(runtime, block)
}

_images(runtime) := [array.concat(block.path, ["container_uri"]) | some block in plan.blocks(runtime, _containers)]

_versions(runtime) := [array.concat(block.path, ["version_id"]) | some block in plan.blocks(runtime, _objects)]

# A repository beside a digest is what the digest is written after.
_digest(runtime, image) if {
	plan.settled(runtime, image, _sources)
	some reference in origin.references(runtime, image)
	regex.match(`^(data\.aws_ecr_image\..+\.image_(digest|uri)|docker_registry_image\..+\.sha256_digest)$`, reference)
}

_sources := {"aws_ecr_repository", "data.aws_ecr_repository", "data.aws_ecr_image", "docker_registry_image"}

_containers := ["agent_runtime_artifact", 0, "container_configuration"]

_objects := ["agent_runtime_artifact", 0, "code_configuration", 0, "code", 0, "s3"]

_policy := finding.policy(rego.metadata.chain())
