# METADATA
# title: license of a third-party model is accepted without approval
# description: >-
#   `accept_eula = true` binds the company to the terms of whoever made the model: what it may be used for, by how many
#   people, what has to be published. That is a decision for the people who read the license, source by source.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelAccessConfig.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/jumpstart-foundation-models-choose.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
# custom:
#   severity: low
#   remediation: >-
#     have the license reviewed and add the source to `approved_eula_sources`, or remove `accept_eula = true` from the
#     `model_access_config` block
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [SR-3]
#     owasp_llm: ["LLM03:2025"]
#     nist_ai_rmf: [GOVERN 6.1]
#     iso_42001: [A.10.3]
#   aliases: [SM-015]
#   parameters:
#     approved_eula_sources:
#       type: array
#       description: >-
#         The sources of models whose license was reviewed: names of buckets, or locations such as `s3://bucket/prefix`
#         with everything under them; entries are globs.
package plangate.policies.model_endpoints.unapproved_eula

import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.model_sources
import data.plangate.lib.plan
import data.plangate.lib.s3.location

deny contains finding.new(_policy, model, path) if {
	is_array(_entries)
	some model in plan.resources.aws_sagemaker_model
	some source in model_sources.objects(model)
	path := _acceptance(source)
	plan.known(model, path) == true
	_unreviewed(model, _uri(source))
}

undecided contains finding.undecided(_policy, model, path) if {
	is_array(_entries)
	some model in plan.resources.aws_sagemaker_model
	some source in model_sources.objects(model)
	path := _acceptance(source)
	_may_be_accepted(model, path)
	not _certain(model, source)
	not _certainly_reviewed(model, _uri(source))
}

undecided contains finding.undecided(_policy, model, path) if {
	is_array(_entries)
	some model in plan.resources.aws_sagemaker_model
	some path in model_sources.unseen(model)
}

_may_be_accepted(model, path) if plan.known(model, path) == true

_may_be_accepted(model, path) if plan.unknown(model, path)

_certain(model, source) if {
	plan.known(model, _acceptance(source)) == true
	_unreviewed(model, _uri(source))
}

_unreviewed(model, path) if {
	uri := plan.known(model, path)
	not _reviewed(uri)
}

# No entry lies in the bucket, or in those of this plan that the location refers to.
_unreviewed(model, path) if location.foreign(model, path, _roots)

_certainly_reviewed(model, path) if _reviewed(plan.known(model, path))

_certainly_reviewed(model, path) if {
	plan.unknown(model, path)
	not location.open(model, path, _buckets)
	not location.foreign(model, path, _buckets)
}

_reviewed(uri) if approved.fits(uri, _locations)

_reviewed(uri) if approved.fits(location.bucket(uri), _buckets)

# What the entries name, without scheme and without what stands for everything under it.
_named := [trim_suffix(trim_suffix(bare, "/*"), "/") |
	some entry in _entries
	bare := trim_prefix(trim_prefix(entry, "s3://"), "arn:aws:s3:::")
]

_buckets := [name | some name in _named; not contains(name, "/")]

_roots := [split(name, "/")[0] | some name in _named]

_locations := [concat("", ["s3://", name, tail]) |
	some name in _named
	contains(name, "/")
	some tail in ["", "/*"]
]

_entries := config.parameter(_policy, "approved_eula_sources")

_acceptance(source) := array.concat(source, ["model_access_config", 0, "accept_eula"])

_uri(source) := array.concat(source, ["s3_uri"])

_policy := finding.policy(rego.metadata.chain())
