package plangate.lib.balancers_test

import data.plangate.lib.balancers
import data.plangate.lib.fixture_test as fixture

test_forward_of_a_listener if {
	every prefix in ["aws_lb", "aws_alb"] {
		_forwards([_balancer(prefix), _group(prefix), _listener(prefix, {}, [_forward(prefix)])]) == {[
			concat("", [prefix, "_listener.this"]), ["default_action", 0],
			concat("", [prefix, "_listener.this"]), concat("", [prefix, ".this"]),
			{concat("", [prefix, "_target_group.this"])},
		]}
	}
}

test_forward_with_weights if {
	weighted := {
		"value": {"type": "forward", "forward": [{"target_group": [{"weight": 1}]}]},
		"unknown": {"forward": [{"target_group": [{"arn": true}]}]},
		"expression": {"forward": [{"target_group": [{"arn": fixture.refers(["aws_lb_target_group.this.arn"])}]}]},
	}
	_forwards([_balancer("aws_lb"), _group("aws_lb"), _listener("aws_lb", {}, [weighted])]) == {[
		"aws_lb_listener.this", ["default_action", 0], "aws_lb_listener.this", "aws_lb.this", {"aws_lb_target_group.this"},
	]}
}

test_forward_of_a_rule if {
	every prefix in ["aws_lb", "aws_alb"] {
		_forwards([_balancer(prefix), _group(prefix), _listener(prefix, {}, []), _rule(prefix, [_sign_in, _forward(prefix)])]) == {[
			concat("", [prefix, "_listener_rule.this"]), ["action", 1],
			concat("", [prefix, "_listener.this"]), concat("", [prefix, ".this"]),
			{concat("", [prefix, "_target_group.this"])},
		]}
	}
}

test_no_forward if {
	fixed := {"value": {"type": "fixed-response"}, "unknown": {}, "expression": {}}
	foreign := {
		"value": {"type": "forward", "target_group_arn": "arn:aws:x"},
		"unknown": {},
		"expression": {"target_group_arn": {"constant_value": "arn:aws:x"}},
	}
	_forwards([_balancer("aws_lb"), _group("aws_lb"), _listener("aws_lb", {}, [fixed])]) == set()
	_forwards([_balancer("aws_lb"), _group("aws_lb"), _listener("aws_lb", {}, [foreign])]) == set()
	_forwards([_group("aws_lb"), _listener("aws_lb", {}, [_forward("aws_lb")])]) == set()
}

test_anonymous if {
	not _anonymous({}, [_sign_in, _forward("aws_lb")])
	not _anonymous({}, [_token, _forward("aws_lb")])
	not _anonymous({"mutual_authentication": [{"mode": "verify"}]}, [_forward("aws_lb")])
	_anonymous({"mutual_authentication": [{"mode": "passthrough"}]}, [_forward("aws_lb")])
	_anonymous({}, [_forward("aws_lb")])
}

test_rule_that_signs_in_for_itself if {
	resources := [_balancer("aws_lb"), _group("aws_lb"), _listener("aws_lb", {}, []), _rule("aws_lb", [_sign_in, _forward("aws_lb")])]
	forwards := balancers.forwards with input as fixture.plan(resources)
	count(forwards) == 1
	not balancers.anonymous(forwards[0])
}

# Terraform keeps no more of `module.groups[each.key].arn` than the module and the key.
test_groups_out_of_a_module_are_vague if {
	inner := [
		fixture.known("aws_lb_target_group.model", {"port": 8888}),
		fixture.known("aws_lb_target_group.web", {"port": 3000}),
	]
	calls := {"groups": fixture.call({}, inner, {"outputs": {
		"model": {"expression": fixture.refers(["aws_lb_target_group.model.arn"])},
		"web": {"expression": fixture.refers(["aws_lb_target_group.web.arn"])},
	}})}
	every reference, vague in {"module.groups": true, "module.groups.model": false} {
		forward := {
			"value": {"type": "forward"},
			"unknown": {"target_group_arn": true},
			"expression": {"target_group_arn": fixture.refers([reference])},
		}
		found := balancers.forwards with input as fixture.plan_with_modules(
			[_balancer("aws_lb"), _listener("aws_lb", {}, [forward])],
			calls,
			[fixture.within("module.groups", r) | some r in inner],
		)
		[f.vague | some f in found] == [vague]
	}
}

test_members if {
	every attachment in ["aws_lb_target_group_attachment.this", "aws_alb_target_group_attachment.this"] {
		_members([fixture.known("aws_instance.this", {}), _refers(attachment, {
			"target_group_arn": ["aws_lb_target_group.this.arn"],
			"target_id": ["aws_instance.this.id"],
		})]) == {"aws_lb_target_group.this": {"aws_instance.this"}}
	}
	_members([_refers("aws_autoscaling_group.this", {"target_group_arns": ["aws_lb_target_group.this.arn"]})]) == {
		"aws_lb_target_group.this": {"aws_autoscaling_group.this"},
	}
	_members([fixture.known("aws_autoscaling_group.this", {}), _refers("aws_autoscaling_attachment.this", {
		"autoscaling_group_name": ["aws_autoscaling_group.this.name"],
		"lb_target_group_arn": ["aws_lb_target_group.this.arn"],
	})]) == {"aws_lb_target_group.this": {"aws_autoscaling_group.this"}}
}

_forwards(resources) := {[f.at.address, f.path, f.listener.address, f.balancer.address, {g.address | some g in f.groups}] |
	some f in balancers.forwards with input as fixture.plan(resources)
}

_anonymous(attributes, actions) if {
	resources := [_balancer("aws_lb"), _group("aws_lb"), _listener("aws_lb", attributes, actions)]
	some forward in balancers.forwards with input as fixture.plan(resources)
	balancers.anonymous(forward)
}

_members(resources) := {target: {r.address | some r in members} |
	some target, members in balancers.members with input as fixture.plan(array.concat(resources, [_group("aws_lb")]))
}

_balancer(prefix) := fixture.known(concat("", [prefix, ".this"]), {})

_group(prefix) := fixture.known(concat("", [prefix, "_target_group.this"]), {"port": 8888})

_listener(prefix, attributes, actions) := fixture.resource(
	concat("", [prefix, "_listener.this"]),
	object.union(attributes, {"default_action": [action.value | some action in actions]}),
	{"load_balancer_arn": true, "default_action": [action.unknown | some action in actions]},
	{
		"load_balancer_arn": fixture.refers([concat("", [prefix, ".this.arn"])]),
		"default_action": [action.expression | some action in actions],
	},
)

_rule(prefix, actions) := fixture.resource(
	concat("", [prefix, "_listener_rule.this"]),
	{"action": [action.value | some action in actions]},
	{"listener_arn": true, "action": [action.unknown | some action in actions]},
	{
		"listener_arn": fixture.refers([concat("", [prefix, "_listener.this.arn"])]),
		"action": [action.expression | some action in actions],
	},
)

_forward(prefix) := {
	"value": {"type": "forward"},
	"unknown": {"target_group_arn": true},
	"expression": {"target_group_arn": fixture.refers([concat("", [prefix, "_target_group.this.arn"])])},
}

_sign_in := {"value": {"type": "authenticate-oidc"}, "unknown": {}, "expression": {}}

_token := {"value": {"type": "jwt-validation"}, "unknown": {}, "expression": {}}

_refers(address, references) := fixture.resource(
	address, {},
	{name: true | some name, _ in references},
	{name: fixture.refers(list) | some name, list in references},
)
