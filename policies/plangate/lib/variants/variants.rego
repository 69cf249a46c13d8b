# METADATA
# title: What variants of an endpoint run on and let out
# description: >-
#   Judges the blocks of a SageMaker endpoint configuration that describe variants, production or shadow ones alike.
#   Each answer holds the paths that are certainly `wrong` and those that are `open` until apply, among them the name of
#   blocks that are written over a collection which only the apply knows.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
package plangate.lib.variants

import data.plangate.lib.approved
import data.plangate.lib.kms
import data.plangate.lib.plan

# METADATA
# description: Where a variant lets operators open a shell into its containers through SSM.
shells(config, name) := {
	"wrong": {path | some path in paths; plan.known(config, path) == true},
	"open": ({path | some path in paths; plan.unknown(config, path)} | _unseen(config, [name])),
} if {
	paths := _at(config, name, ["enable_ssm_access"])
}

# METADATA
# description: >-
#   Where a variant writes core dumps that no customer managed key encrypts. Without the block there are no dumps.
dumps(config, name) := {
	"wrong": {path | some path in paths; kms.missing(config, path)},
	"open": (({path | some path in paths; kms.undecided(config, path)} | unseen) | _unseen(config, [name])),
} if {
	blocks := _at(config, name, ["core_dump_config"])
	paths := {array.concat(dump.path, ["kms_key_id"]) |
		some block in blocks
		some dump in plan.blocks(config, block)
	}
	unseen := {path | some block in blocks; some path in _unseen(config, block)}
}

# METADATA
# description: Where a variant runs on an instance type that is none of the entries. Serverless variants have none.
types(config, name, entries) := {
	"wrong": {path | some path in paths; approved.foreign(config, path, entries)},
	"open": ({path | some path in paths; plan.unknown(config, path)} | _unseen(config, [name])),
} if {
	paths := _at(config, name, ["instance_type"])
}

_at(config, name, rest) := {array.concat(variant.path, rest) | some variant in plan.blocks(config, [name])}

# Blocks are not computed by the provider here, so what is unknown is a dynamic block.
_unseen(config, path) := {path | plan.computed(config, path)}
