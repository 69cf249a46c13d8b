package plangate.lib.gpu_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.gpu
import data.plangate.lib.plan

test_own_types if {
	_judged([
		fixture.known("aws_instance.gpu", {"instance_type": "p5.48xlarge"}),
		fixture.known("aws_instance.cpu", {"instance_type": "m7g.large"}),
		fixture.known("aws_spot_instance_request.gpu", {"instance_type": "g5.xlarge"}),
		fixture.known("aws_launch_template.gpu", {"instance_type": "g6.xlarge"}),
		fixture.known("aws_eks_node_group.mixed", {"instance_types": ["m6i.large", "g5.xlarge"]}),
		fixture.known("aws_eks_node_group.image", {"ami_type": "AL2023_x86_64_NVIDIA"}),
		fixture.known("aws_eks_node_group.default", {}),
		fixture.known("aws_batch_compute_environment.family", {"compute_resources": [{"instance_type": ["p4d"]}]}),
		fixture.known("aws_batch_compute_environment.optimal", {"compute_resources": [{"instance_type": ["optimal"]}]}),
		fixture.known("aws_autoscaling_group.mixed", {"mixed_instances_policy": [{"launch_template": [{"override": [
			{"instance_type": "c6i.large"}, {"instance_type": "g6.xlarge"},
		]}]}]}),
		fixture.deleted("aws_instance.gone", {"instance_type": "p5.48xlarge"}),
	]) == {
		"certain": {
			"aws_instance.gpu", "aws_spot_instance_request.gpu", "aws_launch_template.gpu", "aws_eks_node_group.mixed",
			"aws_eks_node_group.image", "aws_batch_compute_environment.family", "aws_autoscaling_group.mixed",
		},
		"possible": set(),
	}
}

test_unknown_types if {
	_judged([
		fixture.resource(
			"aws_instance.opaque", {}, {"instance_type": true},
			{"instance_type": fixture.refers(["terraform_data.type.output"])},
		),
		fixture.resource("aws_instance.unset", {}, {"instance_type": true}, {"ami": {"constant_value": "ami-1"}}),
	]) == {"certain": set(), "possible": {"aws_instance.opaque"}}
}

# One type of a list, or the type of an override, beside those that are known; and a template of two that a conditional names.
test_partly_unknown_types if {
	overrides := [{"launch_template": [{"override": [{"instance_type": "m6i.large"}, {}]}]}]
	_judged([
		fixture.resource(
			"aws_eks_node_group.partly", {"instance_types": ["m6i.large", null]}, {"instance_types": [false, true]},
			{"instance_types": fixture.refers(["terraform_data.type.output"])},
		),
		fixture.resource("aws_eks_node_group.known", {"instance_types": ["m6i.large"]}, {"instance_types": [false]}, {}),
		fixture.resource(
			"aws_autoscaling_group.override", {"mixed_instances_policy": overrides},
			{"mixed_instances_policy": [{"launch_template": [{"override": [{}, {"instance_type": true}]}]}]},
			{"mixed_instances_policy": [{"launch_template": [{"override": [{"instance_type": fixture.refers(["terraform_data.type.output"])}]}]}]},
		),
		fixture.resource(
			"aws_eks_node_group.either",
			{"launch_template": [{}]}, {"launch_template": [{"id": true}]},
			{"launch_template": [{"id": fixture.refers(["var.swap", "aws_launch_template.a.id", "aws_launch_template.b.id"])}]},
		),
		fixture.known("aws_launch_template.a", {"instance_type": "m6i.large"}),
		fixture.known("aws_launch_template.b", {"instance_type": "m6i.large"}),
	]) == {"certain": set(), "possible": {"aws_eks_node_group.partly", "aws_autoscaling_group.override", "aws_eks_node_group.either"}}
}

test_types_of_the_launch_template if {
	_judged([
		fixture.known("aws_launch_template.gpu", {"name": "gpu", "id": "lt-1", "instance_type": "g6.xlarge"}),
		fixture.known("aws_launch_template.cpu", {"name": "cpu", "instance_type": "m6i.large"}),
		_launched("aws_instance.reference", "aws_launch_template.gpu.id"),
		_launched("aws_instance.cpu", "aws_launch_template.cpu.id"),
		_launched("aws_instance.elsewhere", "terraform_data.template.output"),
		fixture.resource(
			"aws_instance.own_elsewhere",
			{"instance_type": "m6i.large", "launch_template": [{}]},
			{"launch_template": [{"id": true}]},
			{"launch_template": [{"id": fixture.refers(["terraform_data.template.output"])}]},
		),
		fixture.resource("aws_launch_template.opaque", {"name": "opaque"}, {"instance_type": true}, {"instance_type": fixture.refers(["terraform_data.type.output"])}),
		fixture.known("aws_instance.opaque", {"launch_template": [{"name": "opaque"}]}),
		fixture.known("aws_instance.own_opaque", {"instance_type": "m6i.large", "launch_template": [{"name": "opaque"}]}),
		fixture.known("aws_instance.name", {"launch_template": [{"name": "gpu"}]}),
		fixture.known("aws_instance.id", {"launch_template": [{"id": "lt-1"}]}),
		fixture.known("aws_instance.own", {"instance_type": "m6i.large", "launch_template": [{"name": "gpu"}]}),
		fixture.known("aws_eks_node_group.template", {"launch_template": [{"name": "gpu"}]}),
		fixture.known("aws_autoscaling_group.template", {"launch_template": [{"id": "lt-1"}]}),
		fixture.known("aws_autoscaling_group.mixed", {"mixed_instances_policy": [{"launch_template": [
			{"launch_template_specification": [{"launch_template_name": "gpu"}]},
		]}]}),
	]) == {
		"certain": {
			"aws_launch_template.gpu", "aws_instance.reference", "aws_instance.name", "aws_instance.id",
			"aws_eks_node_group.template", "aws_autoscaling_group.template", "aws_autoscaling_group.mixed",
		},
		"possible": {"aws_instance.elsewhere", "aws_launch_template.opaque", "aws_instance.opaque"},
	}
}

test_each_image_for_gpus if {
	images := [
		"AL2_x86_64_GPU", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_NVIDIA", "AL2023_x86_64_NEURON",
		"BOTTLEROCKET_x86_64_NVIDIA", "BOTTLEROCKET_ARM_64_NVIDIA",
	]
	others := ["AL2_x86_64", "AL2023_x86_64_STANDARD", "BOTTLEROCKET_x86_64", "CUSTOM"]
	_certain([fixture.known(concat(".", [type, image]), {"ami_type": image}) |
		some type in ["aws_eks_node_group", "aws_instance"]
		some image in array.concat(images, others)
	]) == {concat(".", ["aws_eks_node_group", image]) | some image in images}
}

test_each_place_of_a_launch_template if {
	template := fixture.known("aws_launch_template.gpu", {"name": "gpu", "id": "lt-1", "instance_type": "g6.xlarge"})
	named := [r |
		some type in ["aws_instance", "aws_spot_instance_request", "aws_eks_node_group", "aws_autoscaling_group"]
		some i, name in [{"id": "lt-1"}, {"name": "gpu"}]
		r := fixture.known(concat("", [type, ".r", format_int(i, 10)]), {"launch_template": [name]})
	]
	longer := [r |
		some i, name in [{"launch_template_id": "lt-1"}, {"launch_template_name": "gpu"}]
		some r in [
			fixture.known(concat("", ["aws_batch_compute_environment.r", format_int(i, 10)]), {"compute_resources": [{"launch_template": [name]}]}),
			fixture.known(concat("", ["aws_autoscaling_group.mixed", format_int(i, 10)]), {"mixed_instances_policy": [{"launch_template": [
				{"launch_template_specification": [name]},
			]}]}),
		]
	]
	all := array.concat(array.concat([template], named), longer)
	_certain(array.concat(all, [fixture.known("aws_instance.other", {"launch_template": [{"name": "other"}]})])) == {r.change.address |
		some r in all
	}
}

test_templates_without_a_type_are_what_is_launched_from_them if {
	template := fixture.known("aws_launch_template.nodes", {"name": "nodes"})
	every r in [
		fixture.known("aws_eks_node_group.this", {"instance_types": ["p5.48xlarge"], "launch_template": [{"name": "nodes"}]}),
		fixture.known("aws_batch_compute_environment.this", {"compute_resources": [{
			"instance_type": ["p4d"],
			"launch_template": [{"launch_template_name": "nodes"}],
		}]}),
		fixture.known("aws_autoscaling_group.this", {"mixed_instances_policy": [{"launch_template": [{
			"override": [{"instance_type": "g6.xlarge"}],
			"launch_template_specification": [{"launch_template_name": "nodes"}],
		}]}]}),
	] {
		_templates([template, r]) == {["aws_launch_template.nodes", true]}
	}
	_templates([template, fixture.known("aws_instance.this", {"instance_type": "p5.48xlarge", "launch_template": [{"name": "nodes"}]})]) == set()
}

test_machines_and_what_they_launch if {
	resources := [
		fixture.known("aws_launch_template.gpu", {"name": "gpu", "instance_type": "g6.xlarge"}),
		fixture.known("aws_instance.a", {"launch_template": [{"name": "gpu"}]}), fixture.known("aws_spot_instance_request.b", {"instance_type": "m6i.large"}),
		fixture.known("aws_eks_node_group.c", {"launch_template": [{"name": "gone"}]}),
	]
	found := {r.address: [[template.address | some template in gpu.launched(r)], gpu.sure(r)] | some r in _all} with input as fixture.plan(resources)
	found == {
		"aws_launch_template.gpu": [[], true], "aws_instance.a": [["aws_launch_template.gpu"], true],
		"aws_spot_instance_request.b": [[], false], "aws_eks_node_group.c": [[], false],
	}
	machines := {r.address | some r in gpu.machines} with input as fixture.plan(resources)
	machines == {"aws_instance.a", "aws_spot_instance_request.b"}
}

test_each_block_that_holds if {
	every name in ["metadata_options", "root_block_device", "ebs_block_device", "block_device_mappings", "network_interfaces"] {
		resources := [fixture.known("aws_launch_template.gpu", {"instance_type": "g6.xlarge", name: [{}]})]
		blocks := [[held.holder.address, held.block, held.certain] | some held in gpu.blocks(name)] with input as fixture.plan(resources)
		blocks == [["aws_launch_template.gpu", [name, 0], true]]
	}
}

test_templates_of_gpu_nodes if {
	resources := [
		fixture.known("aws_launch_template.own", {"name": "own", "instance_type": "g6.xlarge"}),
		fixture.known("aws_launch_template.nodes", {"name": "nodes"}),
		fixture.known("aws_launch_template.cpu", {"name": "cpu", "instance_type": "m6i.large"}),
		fixture.known("aws_launch_template.unused", {"name": "unused"}),
		fixture.known("aws_launch_template.small", {"name": "small"}),
		fixture.known("aws_eks_node_group.small", {"instance_types": ["t3.large"], "launch_template": [{"name": "small"}]}),
		fixture.known("aws_launch_template.maybe", {"name": "maybe"}),
		fixture.known("aws_eks_node_group.a", {"instance_types": ["p5.48xlarge"], "launch_template": [{"name": "nodes"}]}),
		fixture.known("aws_eks_node_group.b", {"instance_types": ["p5.48xlarge"], "launch_template": [{"name": "cpu"}]}),
		fixture.resource(
			"aws_eks_node_group.c",
			{"launch_template": [{"name": "maybe"}]},
			{"instance_types": true},
			{"instance_types": fixture.refers(["terraform_data.types.output"])},
		),
	]
	{[t.template.address, t.certain] |
		some t in gpu.templates with input as fixture.plan(resources)
	} == {
		["aws_launch_template.own", true],
		["aws_launch_template.nodes", true],
		["aws_launch_template.maybe", false],
	}
}

test_blocks_that_hold if {
	resources := [
		fixture.known("aws_launch_template.gpu", {
			"name": "gpu", "instance_type": "g6.xlarge",
			"metadata_options": [{"http_tokens": "optional"}],
		}),
		fixture.known("aws_instance.own", {
			"launch_template": [{"name": "gpu"}],
			"metadata_options": [{"http_tokens": "required"}],
		}),
		fixture.known("aws_instance.template", {"launch_template": [{"name": "gpu"}]}),
		fixture.known("aws_instance.none", {"instance_type": "g6.xlarge"}),
	]
	{[held.holder.address, held.source.address, gpu.where(held, "http_tokens"), held.certain] |
		some held in gpu.blocks("metadata_options") with input as fixture.plan(resources)
	} == {
		["aws_launch_template.gpu", "aws_launch_template.gpu", ["metadata_options", 0, "http_tokens"], true],
		["aws_instance.own", "aws_instance.own", ["metadata_options", 0, "http_tokens"], true],
		["aws_instance.template", "aws_launch_template.gpu", ["launch_template", 0], true],
	}
}

_launched(address, reference) := fixture.resource(
	address,
	{"launch_template": [{}]},
	{"instance_type": true, "launch_template": [{"id": true, "name": true}]},
	{"launch_template": [{"id": fixture.refers([reference])}]},
)

_certain(resources) := _judged(resources).certain

_templates(resources) := found if {
	found := {[one.template.address, one.certain] | some one in gpu.templates} with input as fixture.plan(resources)
}

_judged(resources) := answers if {
	answers := {
		"certain": {r.address | some r in _all; gpu.certain(r)},
		"possible": {r.address | some r in _all; gpu.possible(r); not gpu.certain(r)},
	} with input as fixture.plan(resources)
}

_all := {r | some _, rs in plan.resources; some r in rs}
