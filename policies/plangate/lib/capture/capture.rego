# METADATA
# title: What an endpoint captures
# description: >-
#   Finds the blocks by which a SageMaker endpoint configuration keeps requests and responses. A block that is switched
#   off, or that leaves the switch out, keeps nothing: the provider then sends false.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataCaptureConfig.html
package plangate.lib.capture

import data.plangate.lib.plan

# METADATA
# description: The paths of the attribute in the blocks that certainly capture.
certain(config, attribute) := {array.concat(block.path, [attribute]) |
	some block in plan.blocks(config, ["data_capture_config"])
	plan.known(config, array.concat(block.path, ["enable_capture"])) == true
}

# METADATA
# description: The paths of the attribute in the blocks of which only the apply tells whether they capture.
uncertain(config, attribute) := {array.concat(block.path, [attribute]) |
	some block in plan.blocks(config, ["data_capture_config"])
	plan.unknown(config, array.concat(block.path, ["enable_capture"]))
}

# METADATA
# description: Whether the block is written over a collection that only the apply knows.
unseen(config) if plan.computed(config, ["data_capture_config"])
