# METADATA
# title: metadata tokens of a GPU instance travel too many hops
# description: >-
#   The hop limit keeps the metadata service's tokens on the node. Beyond the hop that a container needs, proxies and
#   forwarded requests from elsewhere can fetch the credentials of the node's role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#metadata-options
# custom:
#   severity: medium
#   remediation: set `http_put_response_hop_limit` to 1 in `metadata_options`, or to 2 where containers need it
#   resource_types: [aws_instance, aws_spot_instance_request, aws_launch_template]
#   frameworks:
#     nist_800_53: [AC-3, IA-5]
#     mitre_atlas: [AML.T0055]
#   aliases: [CP-001, CKV_AWS_341]
#   parameters:
#     max_hops:
#       type: integer
#       description: The highest hop limit that passes.
#       default: 2
package plangate.policies.training_clusters.metadata_hop_limit

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.plan

deny contains finding.new(_policy, held.holder, gpu.where(held, "http_put_response_hop_limit")) if {
	some held in gpu.blocks("metadata_options")
	held.certain
	_too_far(held)
	not plan.unknown(held.source, _endpoint(held))
}

undecided contains finding.undecided(_policy, held.holder, gpu.where(held, "http_put_response_hop_limit")) if {
	some held in gpu.blocks("metadata_options")
	not held.certain
	_too_far(held)
}

undecided contains finding.undecided(_policy, held.holder, gpu.where(held, "http_put_response_hop_limit")) if {
	some held in gpu.blocks("metadata_options")
	_too_far(held)
	plan.unknown(held.source, _endpoint(held))
}

undecided contains finding.undecided(_policy, held.holder, gpu.where(held, "http_put_response_hop_limit")) if {
	some held in gpu.blocks("metadata_options")
	plan.unknown(held.source, _hops(held))
	not _disabled(held)
}

_too_far(held) if {
	plan.known(held.source, _hops(held)) > config.parameter(_policy, "max_hops")
	not _disabled(held)
}

_disabled(held) if plan.known(held.source, _endpoint(held)) == "disabled"

_hops(held) := array.concat(held.block, ["http_put_response_hop_limit"])

_endpoint(held) := array.concat(held.block, ["http_endpoint"])

_policy := finding.policy(rego.metadata.chain())
