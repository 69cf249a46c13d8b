package plangate.policies.training_clusters.public_ip_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.public_ip as policy

test_deny_flag if {
	_answers([_machine(true), _private]) == _denied
}

test_deny_subnet_where_the_flag_is_not_set if {
	_answers([_unset(["aws_subnet.public.id"]), _public]) == _by_subnet
}

test_allow_flag_off_in_a_public_subnet if {
	_answers([_machine(false), _public]) == _passed
}

test_allow_private_subnet if {
	_answers([_unset(["aws_subnet.private.id"]), _public, _private]) == _passed
}

test_allow_absent if {
	_answers([fixture.known("aws_instance.this", {"instance_type": "p5.48xlarge"}), _public]) == _passed
}

test_allow_other_families if {
	_answers([fixture.known("aws_instance.this", {
		"instance_type": "t4g.micro",
		"associate_public_ip_address": true,
	})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_instance.this", {"associate_public_ip_address": true})]) == _passed
}

test_undecided_unknown_flag if {
	_answers([
		fixture.resource(
			"aws_instance.this",
			{"instance_type": "p5.48xlarge"},
			{"associate_public_ip_address": true, "subnet_id": true},
			{
				"associate_public_ip_address": fixture.refers(["terraform_data.flag.output"]),
				"subnet_id": fixture.refers(["aws_subnet.public.id"]),
			},
		),
		_public,
	]) == _open
}

test_undecided_unknown_subnet if {
	_answers([_unset(["terraform_data.subnet.output"]), _public]) == {
		"deny": set(),
		"undecided": {["aws_instance.this", ["subnet_id"]]},
	}
}

test_undecided_subnet_that_is_unclear if {
	_answers([_unset(["aws_subnet.maybe.id"]), fixture.resource(
		"aws_subnet.maybe", {},
		{"map_public_ip_on_launch": true},
		{"map_public_ip_on_launch": fixture.refers(["terraform_data.flag.output"])},
	)]) == {"deny": set(), "undecided": {["aws_instance.this", ["subnet_id"]]}}
}

test_undecided_unknown_type if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"associate_public_ip_address": true},
		{"instance_type": true},
		{"instance_type": fixture.refers(["terraform_data.type.output"])},
	)]) == _open
}

test_launch_templates if {
	_answers([
		fixture.known("aws_launch_template.open", {
			"instance_type": "g6.xlarge",
			"network_interfaces": [{"associate_public_ip_address": "true"}],
		}),
		fixture.known("aws_launch_template.closed", {
			"instance_type": "g6.xlarge",
			"network_interfaces": [{"associate_public_ip_address": "false"}, {"associate_public_ip_address": ""}],
		}),
		fixture.resource(
			"aws_launch_template.opaque",
			{"instance_type": "g6.xlarge", "network_interfaces": [{}]},
			{"network_interfaces": [{"associate_public_ip_address": true}]},
			{"network_interfaces": [{"associate_public_ip_address": fixture.refers(["terraform_data.flag.output"])}]},
		),
	]) == {
		"deny": {["aws_launch_template.open", ["network_interfaces", 0, "associate_public_ip_address"]]},
		"undecided": {["aws_launch_template.opaque", ["network_interfaces", 0, "associate_public_ip_address"]]},
	}
}

test_launch_template_is_reported_once if {
	_answers([
		fixture.known("aws_launch_template.open", {
			"name": "open",
			"instance_type": "g6.xlarge",
			"network_interfaces": [{"associate_public_ip_address": "true"}],
		}),
		fixture.known("aws_instance.this", {"launch_template": [{"name": "open"}]}),
	]) == {
		"deny": {["aws_launch_template.open", ["network_interfaces", 0, "associate_public_ip_address"]]},
		"undecided": set(),
	}
}

test_deny_default_subnet if {
	_answers([
		_unset(["aws_default_subnet.zone.id"]),
		fixture.known("aws_default_subnet.zone", {"map_public_ip_on_launch": true}),
	]) == _by_subnet
}

test_undecided_one_of_two_subnets if {
	_answers([_unset(["aws_subnet.public.id", "aws_subnet.private.id"]), _public, _private]) == {
		"deny": set(),
		"undecided": {["aws_instance.this", ["subnet_id"]]},
	}
}

test_template_wins_over_the_subnet if {
	every flag in ["false", "true"] {
		template := fixture.known("aws_launch_template.this", {
			"name": "t", "instance_type": "t4g.micro",
			"network_interfaces": [{"associate_public_ip_address": flag}],
		})
		machine := fixture.resource(
			"aws_instance.this",
			{"instance_type": "p5.48xlarge", "launch_template": [{"name": "t"}]},
			{"associate_public_ip_address": true, "subnet_id": true},
			{"subnet_id": fixture.refers(["aws_subnet.public.id"])},
		)
		_answers([machine, template, _public]) == _passed
	}
	silent := fixture.known("aws_launch_template.this", {
		"name": "t", "instance_type": "t4g.micro",
		"network_interfaces": [{"associate_public_ip_address": ""}],
	})
	launched := fixture.resource(
		"aws_instance.this",
		{"instance_type": "p5.48xlarge", "launch_template": [{"name": "t"}]},
		{"associate_public_ip_address": true, "subnet_id": true},
		{"subnet_id": fixture.refers(["aws_subnet.public.id"])},
	)
	_answers([launched, silent, _public]) == _by_subnet
}

test_groups_in_public_subnets if {
	both := ["aws_subnet.private.id", "aws_subnet.public.id"]
	_answers([_group("aws_eks_node_group.this", "subnet_ids", both), _public, _private]) == {
		"deny": {["aws_eks_node_group.this", ["subnet_ids"]]},
		"undecided": set(),
	}
	template := fixture.known("aws_launch_template.this", {"name": "t", "instance_type": "p5.48xlarge"})
	_answers([_group("aws_autoscaling_group.this", "vpc_zone_identifier", both), template, _public, _private]) == {
		"deny": {["aws_autoscaling_group.this", ["vpc_zone_identifier"]]},
		"undecided": set(),
	}
}

test_groups_elsewhere if {
	_answers([_group("aws_eks_node_group.this", "subnet_ids", ["aws_subnet.private.id"]), _public, _private]) == _passed
	_answers([_group("aws_eks_node_group.this", "subnet_ids", ["terraform_data.subnets.output"]), _public]) == {
		"deny": set(),
		"undecided": {["aws_eks_node_group.this", ["subnet_ids"]]},
	}
}

test_subnets_of_launch_templates if {
	_answers([_template("aws_subnet.public.id"), _public, _private]) == {
		"deny": {["aws_launch_template.this", ["network_interfaces", 0, "subnet_id"]]},
		"undecided": set(),
	}
	_answers([_template("aws_subnet.private.id"), _public, _private]) == _passed
	_answers([_template("terraform_data.subnet.output"), _public]) == {
		"deny": set(),
		"undecided": {["aws_launch_template.this", ["network_interfaces", 0, "subnet_id"]]},
	}
}

# Terraform keeps no more of `module.vpc[each.key].private_ids` than the module and the key.
test_module_as_a_whole if {
	at := {["aws_eks_node_group.this", ["subnet_ids"]]}
	_from_module("module.vpc", [true, false]) == {"deny": set(), "undecided": at}
	_from_module("module.vpc", [true, true]) == {"deny": at, "undecided": set()}
	_from_module("module.vpc", [false, false]) == _passed
	_from_module("module.vpc.one", [true, false]) == {"deny": at, "undecided": set()}
	_from_module("module.vpc.two", [true, false]) == _passed
}

_from_module(reference, public) := answers if {
	inner := [
		fixture.known("aws_subnet.one", {"map_public_ip_on_launch": public[0]}),
		fixture.known("aws_subnet.two", {"map_public_ip_on_launch": public[1]}),
		fixture.known("aws_vpc.this", {}),
	]
	calls := {"vpc": fixture.call({}, inner, {"outputs": {
		"one": {"expression": fixture.refers(["aws_subnet.one.id"])},
		"two": {"expression": fixture.refers(["aws_subnet.two.id"])},
		"vpc": {"expression": fixture.refers(["aws_vpc.this.id"])},
	}})}
	plan := fixture.plan_with_modules(
		[_group("aws_eks_node_group.this", "subnet_ids", [reference])],
		calls,
		[fixture.within("module.vpc", r) | some r in inner],
	)
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as plan
}

test_module_without_subnets if {
	inner := fixture.known("aws_vpc.this", {})
	plan := fixture.plan_with_modules(
		[_group("aws_eks_node_group.this", "subnet_ids", ["module.vpc"])],
		{"vpc": fixture.call({}, [inner], {"outputs": {"vpc": {"expression": fixture.refers(["aws_vpc.this.id"])}}})},
		[fixture.within("module.vpc", inner)],
	)
	{[f.address, f.path] | some f in policy.undecided} == {["aws_eks_node_group.this", ["subnet_ids"]]} with input as plan
}

test_elastic_addresses if {
	closed := fixture.known("aws_instance.this", {
		"instance_type": "p5.48xlarge",
		"associate_public_ip_address": false,
	})
	address := fixture.resource(
		"aws_eip.this", {},
		{"instance": true},
		{"instance": fixture.refers(["aws_instance.this.id"])},
	)
	_answers([closed, address]) == {"deny": {["aws_instance.this", []]}, "undecided": set()}
	other := fixture.known("aws_instance.other", {"instance_type": "p5.48xlarge"})
	either := fixture.resource(
		"aws_eip.this", {},
		{"instance": true},
		{"instance": fixture.refers(["aws_instance.this.id", "aws_instance.other.id"])},
	)
	_answers([closed, other, either]) == {
		"deny": set(),
		"undecided": {["aws_instance.this", []], ["aws_instance.other", []]},
	}
	small := fixture.known("aws_instance.this", {"instance_type": "t4g.micro"})
	_answers([small, address]) == _passed
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/public_ip",
		"severity": "high",
		"title": "GPU instance gets a public address",
		"msg": "aws_instance.this: GPU instance gets a public address (associate_public_ip_address)",
		"remediation": concat(" ", [
			"set `associate_public_ip_address = false` and attach no `aws_eip`, or name subnets with",
			"`map_public_ip_on_launch = false`",
		]),
		"address": "aws_instance.this",
		"path": ["associate_public_ip_address"],
		"frameworks": {"nist_800_53": ["SC-7"], "mitre_atlas": ["AML.T0049"]},
		"aliases": ["CP-002", "CKV_AWS_88", "AWS-0009"],
	}} with input as fixture.plan([_machine(true)])
}

_denied := {"deny": {["aws_instance.this", ["associate_public_ip_address"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_instance.this", ["associate_public_ip_address"]]}}

_passed := {"deny": set(), "undecided": set()}

_by_subnet := {"deny": {["aws_instance.this", ["subnet_id"]]}, "undecided": set()}

_machine(flag) := fixture.resource(
	"aws_instance.this",
	{"instance_type": "p5.48xlarge", "associate_public_ip_address": flag},
	{"subnet_id": true},
	{"subnet_id": fixture.refers(["aws_subnet.public.id"])},
)

_unset(references) := fixture.resource(
	"aws_instance.this",
	{"instance_type": "p5.48xlarge"},
	{"associate_public_ip_address": true, "subnet_id": true},
	{"subnet_id": fixture.refers(references)},
)

_group(address, attribute, references) := fixture.resource(
	address,
	{"instance_types": ["g5.xlarge"], "launch_template": [{"name": "t"}]},
	{attribute: true},
	{attribute: fixture.refers(references)},
)

_template(reference) := fixture.resource(
	"aws_launch_template.this",
	{"instance_type": "p5.48xlarge", "network_interfaces": [{"associate_public_ip_address": ""}]},
	{"network_interfaces": [{"subnet_id": true}]},
	{"network_interfaces": [{"subnet_id": fixture.refers([reference])}]},
)

_public := fixture.known("aws_subnet.public", {"map_public_ip_on_launch": true})

_private := fixture.known("aws_subnet.private", {"map_public_ip_on_launch": false})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
