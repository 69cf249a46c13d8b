# METADATA
# title: Buckets that hold models and datasets
# description: >-
#   Since version 4 of the AWS provider most settings of a bucket are resources of their own. This package joins them to
#   their buckets, by reference or by a known name, and tells which buckets belong to machine learning.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-4-upgrade#s3-bucket-refactor
package plangate.lib.s3

import data.plangate.lib.group
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   Buckets of models and datasets by address: their name, prefix or tags say so, or a SageMaker resource reads or
#   writes them. Where the name is not known, the address speaks for it.
buckets := {bucket.address: bucket |
	some bucket in plan.resources.aws_s3_bucket
	_stores(bucket)
}

# METADATA
# description: >-
#   Those buckets once more by what they hold, `holding.models[address]` and `holding.datasets[address]`. A bucket of which
#   nothing says which of the two it holds may hold both.
holding := {kind: {address: bucket |
	some address, bucket in buckets
	kind in _kinds[address]
} |
	some kind in _all_kinds
}

# METADATA
# description: >-
#   The resources of a split type that belong to buckets of models and datasets, also to such buckets outside the plan
#   when their name is known.
parts(type) := [joined.part | some joined in _parts[type]]

# METADATA
# description: The same for buckets that hold models, or datasets.
parts_of(kind, type) := [joined.part |
	some joined in _parts[type]
	_holds(joined, kind)
]

# METADATA
# description: Whether a resource of this type sets something for the bucket at this address.
has(type, address) if _attached[[type, address]]

# METADATA
# description: The split types of which the plan has a resource whose bucket cannot be told.
stray contains type if {
	some type, all in _joined
	some joined in all
	count(joined.buckets) == 0
	plan.unknown(joined.part, ["bucket"])
}

# METADATA
# description: >-
#   Whether what a bucket was called before the plan says that it holds models or datasets, for buckets which the plan
#   removes or of which it only says how they changed. Also answers for split resources, which name their bucket.
was_named(r) if {
	some text in _former_texts(r.change.before)
	_says(text)
}

_split_types := {
	"aws_s3_bucket_logging",
	"aws_s3_bucket_object_lock_configuration",
	"aws_s3_bucket_policy",
	"aws_s3_bucket_public_access_block",
	"aws_s3_bucket_server_side_encryption_configuration",
	"aws_s3_bucket_versioning",
}

# Each of them with the addresses of its bucket, joined once for all who ask.
_joined := {type: [{"part": part, "buckets": _addresses(part)} | some part in plan.resources[type]] |
	some type in _split_types
}

_parts := {type: [joined | some joined in all; _belongs(joined)] | some type, all in _joined}

_attached := {[type, address] |
	some type, all in _joined
	some joined in all
	some address in joined.buckets
}

# A name says which bucket only where no reference does.
_addresses(part) := addresses if {
	addresses := plan.target(part, ["bucket"], "aws_s3_bucket")
	count(addresses) > 0
} else := {address | some address in _by_name[plan.known(part, ["bucket"])]}

_by_name := group.by_key([[name, bucket.address] |
	some bucket in plan.resources.aws_s3_bucket
	name := plan.known(bucket, ["bucket"])
])

_belongs(joined) if {
	some address in joined.buckets
	buckets[address]
}

_belongs(joined) if {
	count(joined.buckets) == 0
	_says(plan.known(joined.part, ["bucket"]))
}

_stores(bucket) if {
	some text in _texts(bucket)
	_says(text)
}

_stores(bucket) if _used[bucket.address]

_texts(bucket) := [text |
	some name in ["bucket", "bucket_prefix"]
	text := plan.known(bucket, [name])
]

_stores(bucket) if {
	some _, text in plan.known(bucket, ["tags"])
	_says(text)
}

_stores(bucket) if {
	count(_texts(bucket)) == 0
	_says(bucket.address)
}

_used := {use[0] | some use in _uses}

# Which bucket is used for what, as `[address, kind]`.
_uses := {[bucket.address, place.kind] |
	some place in _places
	some r in plan.resources[place.type]
	some bucket in configuration.instances(r, place.path, "aws_s3_bucket")
}

# Where SageMaker and Bedrock resources name the objects that they read and write. What an endpoint captures is kept
# beside models as often as beside datasets.
_places := [
	{"type": "aws_sagemaker_model", "kind": "models", "path": ["primary_container", "model_data_url"]},
	{"type": "aws_sagemaker_model", "kind": "models", "path": ["container", "model_data_url"]},
	{
		"type": "aws_sagemaker_model", "kind": "models",
		"path": ["primary_container", "model_data_source", "s3_data_source", "s3_uri"],
	},
	{
		"type": "aws_sagemaker_endpoint_configuration", "kind": "captures",
		"path": ["data_capture_config", "destination_s3_uri"],
	},
	{
		"type": "aws_sagemaker_feature_group", "kind": "datasets",
		"path": ["offline_store_config", "s3_storage_config", "s3_uri"],
	},
	{"type": "aws_sagemaker_mlflow_tracking_server", "kind": "models", "path": ["artifact_store_uri"]},
	{"type": "aws_bedrock_custom_model", "kind": "datasets", "path": ["training_data_config", "s3_uri"]},
	{"type": "aws_bedrock_custom_model", "kind": "models", "path": ["output_data_config", "s3_uri"]},
	{
		"type": "aws_bedrockagent_data_source", "kind": "datasets",
		"path": ["data_source_configuration", "s3_configuration", "bucket_arn"],
	},
]

_kinds := {address: kinds |
	some address, bucket in buckets
	used := {kind | some kind in _all_kinds; _uses[[address, kind]]}
	kinds := _or_all(used | _told(array.concat(_texts(bucket), _tags_or_address(bucket))))
}

_holds(joined, kind) if {
	some address in joined.buckets
	holding[kind][address]
}

_holds(joined, kind) if {
	count(joined.buckets) == 0
	kind in _or_all(_told([plan.known(joined.part, ["bucket"])]))
}

_told(texts) := {kind |
	some kind, words in _kind_words
	some text in texts
	regex.match(words, lower(text))
}

_or_all(kinds) := kinds if {
	count(kinds) > 0
} else := _all_kinds

_tags_or_address(bucket) := array.concat(
	[text | some _, text in plan.known(bucket, ["tags"]); is_string(text)],
	[bucket.address | count(_texts(bucket)) == 0],
)

_all_kinds := {"models", "datasets"}

_kind_words := {
	"models": `(^|[^a-z])(models?|checkpoints?|weights|adapters?|mlflow)([^a-z]|$)`,
	"datasets": `(^|[^a-z])(datasets?|training|corpus|corpora|embeddings?|features?|rlhf)([^a-z]|$)`,
}

_former_texts(before) := array.concat(
	[before.bucket | is_string(before.bucket)],
	[text | some _, text in before.tags; is_string(text)],
)

_says(text) if regex.match(_words, lower(text))

_words := concat("", [
	`(^|[^a-z])(ml|llms?|models?|datasets?|training|corpus|corpora|checkpoints?|weights|embeddings?|features?`,
	`|sagemaker|bedrock|huggingface|mlflow|inference|fine-?tun(e|ing)|rlhf)([^a-z]|$)`,
])
