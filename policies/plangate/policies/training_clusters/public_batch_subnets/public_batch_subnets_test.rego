package plangate.policies.training_clusters.public_batch_subnets_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.public_batch_subnets as policy

test_deny_public_subnet if {
	_answers([_environment(["aws_subnet.private.id", "aws_subnet.public.id"]), _public, _private]) == _denied
}

test_deny_subnet_with_a_route_to_the_internet if {
	_answers(array.concat([_environment(["aws_subnet.private.id"]), _private], _routed("igw-1"))) == _denied
}

test_allow_subnet_with_another_way_out if {
	_answers(array.concat([_environment(["aws_subnet.private.id"]), _private], _routed("vgw-1"))) == _passed
}

test_undecided_route if {
	opaque := fixture.resource(
		"aws_route_table.this",
		{"route": [{"cidr_block": "0.0.0.0/0"}]},
		{"route": [{"gateway_id": true}]},
		{"route": fixture.refers(["terraform_data.gateway.output"])},
	)
	_answers([_environment(["aws_subnet.private.id"]), _private, opaque, _routed("igw-1")[1]]) == _open
}

test_allow_private_subnet if {
	_answers([_environment(["aws_subnet.private.id"]), _public, _private]) == _passed
}

test_allow_subnet_of_another_plan if {
	_answers([fixture.known("aws_batch_compute_environment.this", {"compute_resources": [{"subnets": ["subnet-1"]}]}), _public]) == _passed
}

test_allow_subnet_that_says_nothing if {
	_answers([
		_environment(["aws_subnet.private.id"]),
		fixture.known("aws_subnet.private", {"map_public_ip_on_launch": null}),
	]) == _passed
}

test_allow_absent if {
	_answers([fixture.known("aws_batch_compute_environment.this", {"compute_resources": []}), _public]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_batch_compute_environment.this", {}), _public]) == _passed
}

test_undecided_unknown_subnets if {
	_answers([_environment(["terraform_data.subnets.output"]), _public]) == _open
}

test_undecided_unknown_flag if {
	_answers([
		_environment(["aws_subnet.maybe.id"]),
		fixture.resource(
			"aws_subnet.maybe", {},
			{"map_public_ip_on_launch": true},
			{"map_public_ip_on_launch": fixture.refers(["terraform_data.flag.output"])},
		),
	]) == _open
}

# Terraform keeps no more of `module.vpc[each.key].private_ids` than the module and the key.
test_module_as_a_whole if {
	_from_module(["module.vpc", "each.key"], [true, false]) == _open_in_module
	_from_module(["module.vpc", "each.key"], [true, true]) == _denied_in_module
	_from_module(["module.vpc", "each.key"], [false, false]) == _passed
	_from_module(["module.vpc.two"], [true, false]) == _passed
	_from_module(["module.vpc.one"], [true, false]) == _denied_in_module
}

_from_module(references, public) := answers if {
	inner := [
		fixture.known("aws_subnet.one", {"map_public_ip_on_launch": public[0]}),
		fixture.known("aws_subnet.two", {"map_public_ip_on_launch": public[1]}),
		fixture.known("aws_vpc.this", {}),
	]
	outputs := {
		"one": {"expression": fixture.refers(["aws_subnet.one.id"])},
		"two": {"expression": fixture.refers(["aws_subnet.two.id"])},
		"vpc": {"expression": fixture.refers(["aws_vpc.this.id"])},
	}
	used := fixture.resource(
		"aws_batch_compute_environment.this",
		{"compute_resources": [{"type": "EC2"}]},
		{"compute_resources": [{"subnets": true}]},
		{"compute_resources": [{"subnets": fixture.refers(["var.subnets"])}]},
	)
	calls := {
		"vpc": fixture.call({}, inner, {"outputs": outputs}),
		"batch": fixture.call({"subnets": fixture.refers(references)}, [used], {}),
	}
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan_with_modules([], calls, array.concat(
		[fixture.within("module.batch", used)],
		[fixture.within("module.vpc", r) | some r in inner],
	))
}

_in_module := ["module.batch.aws_batch_compute_environment.this", ["compute_resources", 0, "subnets"]]

_denied_in_module := {"deny": {_in_module}, "undecided": set()}

_open_in_module := {"deny": set(), "undecided": {_in_module}}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/public_batch_subnets",
		"severity": "medium",
		"title": "Batch compute environment is in a public subnet",
		"msg": concat(": ", [
			"aws_batch_compute_environment.this",
			"Batch compute environment is in a public subnet (compute_resources.0.subnets)",
		]),
		"remediation": concat(" ", [
			"name subnets with `map_public_ip_on_launch = false` and no route to an internet gateway in",
			"`compute_resources.subnets`, and give them a NAT gateway or VPC endpoints",
		]),
		"address": "aws_batch_compute_environment.this",
		"path": ["compute_resources", 0, "subnets"],
		"frameworks": {"nist_800_53": ["SC-7"], "mitre_atlas": ["AML.T0049"]},
		"aliases": ["CP-012"],
	}} with input as fixture.plan([_environment(["aws_subnet.public.id"]), _public])
}

_denied := {"deny": {["aws_batch_compute_environment.this", ["compute_resources", 0, "subnets"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_batch_compute_environment.this", ["compute_resources", 0, "subnets"]]}}

_passed := {"deny": set(), "undecided": set()}

_environment(references) := fixture.resource(
	"aws_batch_compute_environment.this",
	{"compute_resources": [{"type": "EC2"}]},
	{"compute_resources": [{"subnets": true}]},
	{"compute_resources": [{"subnets": fixture.refers(references)}]},
)

_public := fixture.known("aws_subnet.public", {"map_public_ip_on_launch": true})

_private := fixture.known("aws_subnet.private", {"map_public_ip_on_launch": false})

_routed(gateway) := [
	fixture.known("aws_route_table.this", {"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": gateway}]}),
	fixture.resource(
		"aws_route_table_association.this", {},
		{"subnet_id": true, "route_table_id": true},
		{
			"subnet_id": fixture.refers(["aws_subnet.private.id"]),
			"route_table_id": fixture.refers(["aws_route_table.this.id"]),
		},
	),
]

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
