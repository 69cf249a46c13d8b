# METADATA
# title: Which compute of a plan has GPUs
# description: >-
#   Tells whether an instance, a launch template, a node group, a scaling group or a Batch environment brings up GPU
#   instances, by its own instance types or by those of the launch template that it names. Every index here is a whole
#   rule, built once for a plan and asked by many policies.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
package plangate.lib.gpu

import data.plangate.lib.group
import data.plangate.lib.instances
import data.plangate.lib.plan

# METADATA
# description: Resources that are a single instance, and have its attributes.
machines := [r |
	some type in ["aws_instance", "aws_spot_instance_request"]
	some r in plan.resources[type]
]

# METADATA
# description: >-
#   Launch templates that may bring up GPU instances, each as `{"template", "certain"}`: by their own instance type, or
#   because GPU nodes are launched from them.
templates := [{"template": template, "certain": certainly} |
	some template in plan.resources.aws_launch_template
	certainly := _template_answer(template.address)
]

# METADATA
# description: >-
#   The blocks of this name that hold for GPU instances, each as `{"holder", "source", "block", "certain"}`: `holder` is
#   the machine or launch template to report, `source` the resource that has the block at the path `block`. A machine
#   without a block of its own takes those of its launch template.
blocks(name) := _blocks[name]

# METADATA
# description: The path at which to report an attribute of a block that holds for a machine or a launch template.
where(held, attribute) := array.concat(held.block, [attribute]) if {
	held.holder.address == held.source.address
} else := ["launch_template", 0]

# METADATA
# description: Whether a resource certainly brings up GPU instances.
certain(r) if _answers[r.address] == true

# METADATA
# description: The same as a value, true or false.
sure(r) := object.get(_answers, r.address, false)

# METADATA
# description: Whether a resource brings up GPU instances, or may do so after apply.
possible(r) if is_boolean(_answers[r.address])

# METADATA
# description: The launch templates of the plan that a resource names.
launched(r) := [_by_address[address] | some address in _launches[r.address].templates]

_blocks := {name: array.concat(
	[held |
		some r in machines
		certainly := _answers[r.address]
		some held in _own_or_launched(r, name, certainly)
	],
	[held |
		some launched in templates
		some held in _held(launched.template, launched.template, name, launched.certain)
	],
) |
	some name in [
		"metadata_options", "root_block_device", "ebs_block_device", "block_device_mappings",
		"network_interfaces",
	]
}

_own_or_launched(r, name, certainly) := own if {
	own := _held(r, r, name, certainly)
	count(own) > 0
} else := [held |
	some address in _launches[r.address].templates
	some held in _held(r, _by_address[address], name, certainly)
]

_held(holder, source, name, certainly) := [held |
	some block in plan.blocks(source, [name])
	held := {"holder": holder, "source": source, "block": block.path, "certain": certainly}
]

# By address, true for what certainly has GPUs and false for what may have them.
_answers := {r.address: answer |
	some type, _ in _type_paths
	some r in plan.resources[type]
	answer := _answer(r.address)
}

_answer(address) if {
	_own[address] == "gpu"
} else := false if {
	_own[address] == "unknown"
} else if {
	_own[address] == "absent"
	"gpu" in _launched_types(address)
} else := false if {
	_own[address] == "absent"
	"unknown" in _launched_types(address)
} else := false if {
	_own[address] == "absent"
	_launches[address].foreign
}

_launched_types(address) := {_own[template] | some template in _launches[address].templates}

# What the instance types of a resource itself are: `gpu`, `other`, `unknown` or `absent`.
_own := {r.address: _own_types(r) |
	some type, _ in _type_paths
	some r in plan.resources[type]
}

_own_types(r) := "gpu" if {
	some type in _types(r)
	instances.gpu(type)
} else := "gpu" if {
	r.type == "aws_eks_node_group"
	plan.known(r, ["ami_type"]) in _gpu_images
} else := "unknown" if {
	some path in _paths_of_types(r)
	plan.unknown(r, path)
} else := "unknown" if {
	some flag in object.get(r.change.after_unknown, _type_paths[r.type], [])
	flag == true
} else := "other" if {
	count(_types(r)) > 0
} else := "absent"

_types(r) := [type |
	some path in _paths_of_types(r)
	some type in _list(plan.known(r, path))
]

_paths_of_types(r) := array.concat([_type_paths[r.type]], _override_paths(r))

_override_paths(r) := [array.concat(override.path, ["instance_type"]) |
	r.type == "aws_autoscaling_group"
	some override in plan.blocks(r, ["mixed_instances_policy", 0, "launch_template", 0, "override"])
]

# A scaling group has no instance type of its own but in its overrides; the path holds its place.
_type_paths := {
	"aws_instance": ["instance_type"],
	"aws_spot_instance_request": ["instance_type"],
	"aws_launch_template": ["instance_type"],
	"aws_eks_node_group": ["instance_types"],
	"aws_batch_compute_environment": ["compute_resources", 0, "instance_type"],
	"aws_autoscaling_group": ["instance_type"],
}

# The launch templates of the plan that a resource names by reference, id or name, and whether it names one that is not
# to be found there.
_launches := {r.address: {"templates": found, "foreign": _foreign(r, paths, found)} |
	some type, paths in _template_paths
	some r in plan.resources[type]
	found := {address |
		some path in paths
		some address in _named(r, path)
		_by_address[address]
	}
}

_foreign(r, paths, found) if {
	count(found) == 0
	some path in paths
	plan.unknown(r, path)
} else := false

_named(r, path) := object.get(_names, name, []) if {
	name := plan.known(r, path)
} else := plan.target(r, path, "aws_launch_template") if {
	plan.unknown(r, path)
} else := []

_template_paths := {
	"aws_instance": _in(["launch_template", 0], "id", "name"),
	"aws_spot_instance_request": _in(["launch_template", 0], "id", "name"),
	"aws_eks_node_group": _in(["launch_template", 0], "id", "name"),
	"aws_batch_compute_environment": _in(
		["compute_resources", 0, "launch_template", 0],
		"launch_template_id", "launch_template_name",
	),
	"aws_autoscaling_group": array.concat(
		_in(["launch_template", 0], "id", "name"),
		_in(
			["mixed_instances_policy", 0, "launch_template", 0, "launch_template_specification", 0],
			"launch_template_id", "launch_template_name",
		),
	),
}

_in(path, id, name) := [array.concat(path, [id]), array.concat(path, [name])]

_by_address := {template.address: template | some template in plan.resources.aws_launch_template}

_names := group.by_key([[name, template.address] |
	some template in plan.resources.aws_launch_template
	some key in ["name", "id"]
	name := plan.known(template, [key])
])

# A template without an instance type is what the GPU nodes launched from it are.
_template_answer(address) := answer if {
	answer := _answers[address]
} else := true in _users[address] if {
	_own[address] == "absent"
}

_users := group.by_key([[template, certainly] |
	some type in ["aws_eks_node_group", "aws_batch_compute_environment", "aws_autoscaling_group"]
	some r in plan.resources[type]
	certainly := _answers[r.address]
	some template in _launches[r.address].templates
])

_list(value) := value if {
	is_array(value)
} else := [value]

_gpu_images := {
	"AL2_x86_64_GPU", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_NVIDIA", "AL2023_x86_64_NEURON",
	"BOTTLEROCKET_x86_64_NVIDIA", "BOTTLEROCKET_ARM_64_NVIDIA",
}
