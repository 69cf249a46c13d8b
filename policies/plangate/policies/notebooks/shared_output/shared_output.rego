# METADATA
# title: Studio shares notebook output without a customer managed key
# description: >-
#   A shared notebook carries the output of its cells, rows of training data among them, to a bucket that everybody in the
#   domain reads. Without a key of the owner's nobody can say who else does.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SharingSettings.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain#sharing_settings
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     set `notebook_output_option = "Disabled"` in `sharing_settings`, or `s3_kms_key_id = aws_kms_key.<name>.arn` beside it
#   resource_types: [aws_sagemaker_domain, aws_sagemaker_user_profile]
#   frameworks:
#     nist_800_53: [AC-21, SC-28]
#     mitre_atlas: [AML.T0035]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-029]
package plangate.policies.notebooks.shared_output

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, place.resource, _key(place)) if {
	some place in _places
	plan.known(place.resource, _option(place)) == "Allowed"
	kms.missing(place.resource, _key(place))
}

undecided contains finding.undecided(_policy, place.resource, _option(place)) if {
	some place in _places
	plan.unknown(place.resource, _option(place))
	kms.missing(place.resource, _key(place))
}

undecided contains finding.undecided(_policy, place.resource, _key(place)) if {
	some place in _places
	_may_share(place)
	kms.undecided(place.resource, _key(place))
}

_may_share(place) if plan.known(place.resource, _option(place)) == "Allowed"

_may_share(place) if plan.unknown(place.resource, _option(place))

_places := [{"resource": r, "path": [settings, 0, "sharing_settings", 0]} |
	some type, settings in {"aws_sagemaker_domain": "default_user_settings", "aws_sagemaker_user_profile": "user_settings"}
	some r in plan.resources[type]
]

_option(place) := array.concat(place.path, ["notebook_output_option"])

_key(place) := array.concat(place.path, ["s3_kms_key_id"])

_policy := finding.policy(rego.metadata.chain())
