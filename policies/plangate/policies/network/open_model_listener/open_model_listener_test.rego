package plangate.policies.network.open_model_listener_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.network.open_model_listener as policy

test_deny_open_group if {
	_answers([_application({}), _group("aws_security_group.lb", 443), _target(11434)]) == _denied
}

test_deny_rule_of_its_own if {
	open := fixture.resource(
		"aws_vpc_security_group_ingress_rule.lb",
		{"ip_protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_ipv4": "0.0.0.0/0"},
		{"security_group_id": true},
		{"security_group_id": fixture.refers(["aws_security_group.lb.id"])},
	)
	_answers([_application({}), fixture.known("aws_security_group.lb", {}), open, _target(8888)]) == _denied
	_answers([_application({}), fixture.known("aws_security_group.other", {}), open, _target(8888)]) == _passed
}

test_deny_network_load_balancer_without_groups if {
	_answers([fixture.known("aws_lb.this", {"load_balancer_type": "network", "internal": false}), _target(8265)]) == _denied
}

test_allow_application_load_balancer_without_groups if {
	_answers([fixture.known("aws_lb.this", {"load_balancer_type": "application"}), _target(8265)]) == _passed
}

test_allow_internal if {
	_answers([_application({"internal": true}), _group("aws_security_group.lb", 443), _target(11434)]) == _passed
}

test_allow_other_port_of_the_group if {
	_answers([_application({}), _group("aws_security_group.lb", 80), _target(11434)]) == _passed
}

test_ports_of_web_servers_need_gpu_targets if {
	open := [_application({}), _group("aws_security_group.lb", 443), _target(8000)]
	_answers(open) == _passed
	_answers(array.concat(open, _attached("p5.48xlarge"))) == _denied
	_answers(array.concat(open, _attached("t3.large"))) == _passed
	other := [_application({}), _group("aws_security_group.lb", 443), _target(3000)]
	_answers(array.concat(other, _attached("p5.48xlarge"))) == _passed
}

test_every_port_of_a_model_server if {
	every port in [8000, 8001, 8002, 8080, 8265, 8500, 8501, 8888, 11434] {
		_answers(array.concat(
			[_application({}), _group("aws_security_group.lb", 443), _target(port)],
			_attached("p5.48xlarge"),
		)) == _denied
	}
}

test_allow_network_load_balancer_with_a_closed_group if {
	balancer := object.union(_application({}), {"change": {"change": {"after": {"load_balancer_type": "network"}}}})
	_answers([balancer, fixture.known("aws_security_group.lb", {}), _target(8265)]) == _passed
}

test_allow_signed_in if {
	listener := fixture.resource(
		"aws_lb_listener.this",
		{"port": 443, "default_action": [{"type": "authenticate-oidc"}, {"type": "forward"}]},
		{"load_balancer_arn": true, "default_action": [{}, {"target_group_arn": true}]},
		{
			"load_balancer_arn": fixture.refers(["aws_lb.this.arn"]),
			"default_action": [{}, {"target_group_arn": fixture.refers(["aws_lb_target_group.this.arn"])}],
		},
	)
	_judged([_application({}), _group("aws_security_group.lb", 443), _target(11434), listener]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_lb.this", {}), _target(11434)]) == _passed
}

test_undecided_internal if {
	opaque := fixture.resource(
		"aws_lb.this",
		{"load_balancer_type": "network"},
		{"internal": true},
		{"internal": fixture.refers(["terraform_data.x.output"])},
	)
	_answers([opaque, _target(11434)]) == _open
	inside := fixture.resource(
		"aws_lb.this",
		{"load_balancer_type": "application"},
		{"internal": true},
		{"internal": fixture.refers(["terraform_data.x.output"])},
	)
	_answers([inside, _target(11434)]) == _passed
}

test_undecided_groups if {
	opaque := fixture.resource(
		"aws_lb.this",
		{"load_balancer_type": "application"},
		{"security_groups": true},
		{"security_groups": fixture.refers(["terraform_data.x.output"])},
	)
	_answers([opaque, _target(11434)]) == _open
}

test_undecided_rule if {
	unknown := fixture.resource(
		"aws_vpc_security_group_ingress_rule.lb",
		{"ip_protocol": "tcp", "from_port": 443, "to_port": 443},
		{"security_group_id": true, "cidr_ipv4": true},
		{
			"security_group_id": fixture.refers(["aws_security_group.lb.id"]),
			"cidr_ipv4": fixture.refers(["terraform_data.x.output"]),
		},
	)
	_answers([_application({}), fixture.known("aws_security_group.lb", {}), unknown, _target(8888)]) == _open
}

test_undecided_port_of_the_listener if {
	listener := fixture.resource(
		"aws_lb_listener.this",
		{"default_action": [{"type": "forward"}]},
		{"port": true, "load_balancer_arn": true, "default_action": [{"target_group_arn": true}]},
		{
			"port": fixture.refers(["terraform_data.x.output"]),
			"load_balancer_arn": fixture.refers(["aws_lb.this.arn"]),
			"default_action": [{"target_group_arn": fixture.refers(["aws_lb_target_group.this.arn"])}],
		},
	)
	_judged([_application({}), _group("aws_security_group.lb", 443), _target(11434), listener]) == _open
}

# Terraform keeps no more of `module.network[each.key].open_group` than the module and the key.
test_groups_out_of_a_module if {
	balancer := fixture.resource(
		"aws_lb.this",
		{"load_balancer_type": "application"},
		{"security_groups": true},
		{"security_groups": fixture.refers(["module.network"])},
	)
	_with_module([balancer, _target(11434), _listener(["aws_lb_target_group.this.arn"])]) == _open
	_with_module([_application({}), _group("aws_security_group.lb", 443), _listener(["module.network"])]) == _passed
	_with_module([_application({}), _group("aws_security_group.lb", 443), _listener(["module.network.model"])]) == _denied
}

test_one_of_several_target_groups_is_enough if {
	_judged([
		_application({}), _group("aws_security_group.lb", 443), _target(11434),
		fixture.known("aws_lb_target_group.web", {"port": 3000}),
		_listener(["aws_lb_target_group.web.arn", "aws_lb_target_group.this.arn"]),
	]) == _denied
}

test_each_port_of_model_servers if {
	every port in [8000, 8001, 8002, 8080, 8500, 8501] {
		open := [_application({}), _group("aws_security_group.lb", 443), _target(port)]
		_answers(array.concat(open, _attached("p5.48xlarge"))) == _denied
	}
}

_with_module(resources) := answers if {
	inner := [
		_group("aws_security_group.open", 443),
		fixture.known("aws_security_group.closed", {}),
		fixture.known("aws_lb_target_group.model", {"port": 11434}),
		fixture.known("aws_lb_target_group.web", {"port": 3000}),
	]
	calls := {"network": fixture.call({}, inner, {"outputs": {
		"open": {"expression": fixture.refers(["aws_security_group.open.id"])},
		"closed": {"expression": fixture.refers(["aws_security_group.closed.id"])},
		"model": {"expression": fixture.refers(["aws_lb_target_group.model.arn"])},
		"web": {"expression": fixture.refers(["aws_lb_target_group.web.arn"])},
	}})}
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan_with_modules(resources, calls, [fixture.within("module.network", r) | some r in inner])
}

_at := ["aws_lb_listener.this", ["default_action", 0]]

_denied := {"deny": {_at}, "undecided": set()}

_open := {"deny": set(), "undecided": {_at}}

_passed := {"deny": set(), "undecided": set()}

_application(attributes) := fixture.resource(
	"aws_lb.this",
	object.union({"load_balancer_type": "application"}, attributes),
	{"security_groups": true},
	{"security_groups": fixture.refers(["aws_security_group.lb.id"])},
)

_group(address, port) := fixture.known(address, {"ingress": [{
	"protocol": "tcp", "from_port": port, "to_port": port, "cidr_blocks": ["0.0.0.0/0"],
}]})

_target(port) := fixture.known("aws_lb_target_group.this", {"port": port})

_attached(type) := [
	fixture.known("aws_instance.this", {"instance_type": type}),
	fixture.resource(
		"aws_lb_target_group_attachment.this", {},
		{"target_group_arn": true, "target_id": true},
		{
			"target_group_arn": fixture.refers(["aws_lb_target_group.this.arn"]),
			"target_id": fixture.refers(["aws_instance.this.id"]),
		},
	),
]

_answers(resources) := _judged(array.concat(resources, [_listener(["aws_lb_target_group.this.arn"])]))

_listener(groups) := fixture.resource(
	"aws_lb_listener.this",
	{"port": 443, "default_action": [{"type": "forward"}]},
	{"load_balancer_arn": true, "default_action": [{"target_group_arn": true}]},
	{
		"load_balancer_arn": fixture.refers(["aws_lb.this.arn"]),
		"default_action": [{"target_group_arn": fixture.refers(groups)}],
	},
)

_judged(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
