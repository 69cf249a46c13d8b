# METADATA
# title: bucket of datasets does not say what its data is or where it comes from
# description: >-
#   What a model may be trained on depends on how the data is classified and where it comes from. Tags carry that to
#   policies, to inventories and to whoever finds the bucket in a year.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block
# custom:
#   severity: low
#   remediation: >-
#     add the required tags to `tags` of the `aws_s3_bucket`, or to `default_tags` of the provider, with values
#   resource_types: [aws_s3_bucket]
#   frameworks:
#     nist_800_53: [RA-2, MP-3]
#     owasp_llm: ["LLM04:2025"]
#     iso_42001: [A.7.5]
#   aliases: [ST-007]
#   parameters:
#     required_tags:
#       type: array
#       description: Tag keys, or globs over them, that buckets must have with a value, such as `data-classification`.
package plangate.policies.model_stores.unlabelled

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, bucket, ["tags"]) if {
	some bucket in _lacking
	not _unclear(bucket)
}

undecided contains finding.undecided(_policy, bucket, ["tags"]) if {
	some bucket in _lacking
	_unclear(bucket)
}

_lacking contains bucket if {
	some bucket in s3.holding.datasets
	keys := _keys(bucket)
	some required in config.parameter(_policy, "required_tags")
	not _fits(required, keys)
}

# Tags of the provider stand in `tags_all` alone, which is unknown as a whole beside an empty tag. A tag whose value only
# the apply knows is there all the same.
_keys(bucket) := {key |
	some name in ["tags", "tags_all"]
	some key, value in plan.known(bucket, [name])
	not value in {"", null}
} | {key |
	some name in ["tags", "tags_all"]
	some key, unknown in bucket.change.after_unknown[name]
	unknown == true
}

_unclear(bucket) if plan.unknown(bucket, ["tags"])

# Beside a value that only the apply knows, nothing shows the tags of the provider.
_unclear(bucket) if {
	some _, unknown in bucket.change.after_unknown.tags
	unknown == true
}

_fits(required, keys) if {
	some key in keys
	glob.match(required, null, key)
}

_policy := finding.policy(rego.metadata.chain())
