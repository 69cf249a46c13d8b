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
#   The resources of a split type that belong to buckets of models and datasets, also to such buckets outside the plan
#   when their name is known.
parts(type) := [part |
	some part in plan.resources[type]
	_belongs(part)
]

# METADATA
# description: Whether a resource of this type sets something for the bucket at this address.
has(type, address) if _attached[[type, address]]

# METADATA
# description: The split types of which the plan has a resource whose bucket cannot be told.
stray contains type if {
	some type in _split_types
	some part in plan.resources[type]
	plan.unknown(part, ["bucket"])
	count(plan.targets(part, ["bucket"], "aws_s3_bucket")) == 0
}

_split_types := {
	"aws_s3_bucket_public_access_block",
	"aws_s3_bucket_server_side_encryption_configuration",
}

_attached := {[type, address] |
	some type in _split_types
	some part in plan.resources[type]
	some address in _addresses(part)
}

# A name says which bucket only where no reference does.
_addresses(part) := addresses if {
	addresses := plan.targets(part, ["bucket"], "aws_s3_bucket")
	count(addresses) > 0
} else := {address | some address in _by_name[plan.known(part, ["bucket"])]}

_by_name := group.by_key([[name, bucket.address] |
	some bucket in plan.resources.aws_s3_bucket
	name := plan.known(bucket, ["bucket"])
])

_belongs(part) if {
	some address in _addresses(part)
	buckets[address]
}

_belongs(part) if {
	count(_addresses(part)) == 0
	_says(plan.known(part, ["bucket"]))
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

_used := {address |
	some type, paths in _places
	some r in plan.resources[type]
	some path in paths
	some bucket in configuration.instances(r, path, "aws_s3_bucket")
	address := bucket.address
}

# Where SageMaker resources name the objects that they read and write.
_places := {
	"aws_sagemaker_model": [
		["primary_container", "model_data_url"],
		["container", "model_data_url"],
		["primary_container", "model_data_source", "s3_data_source", "s3_uri"],
	],
	"aws_sagemaker_endpoint_configuration": [["data_capture_config", "destination_s3_uri"]],
	"aws_sagemaker_feature_group": [["offline_store_config", "s3_storage_config", "s3_uri"]],
	"aws_sagemaker_mlflow_tracking_server": [["artifact_store_uri"]],
}

_says(text) if regex.match(_words, lower(text))

_words := concat("", [
	`(^|[^a-z])(ml|llms?|models?|datasets?|training|corpus|corpora|checkpoints?|weights|embeddings?|features?`,
	`|sagemaker|bedrock|huggingface|mlflow|inference|fine-?tun(e|ing)|rlhf)([^a-z]|$)`,
])
