# METADATA
# title: What load balancers hand on
# description: >-
#   Listeners and their rules forward requests to target groups, which hold instances by attachment or through scaling
#   groups. This package joins a forward with its listener, its load balancer and the machines behind it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_listener
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_listener_rule
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group_attachment
package plangate.lib.balancers

import data.plangate.lib.group
import data.plangate.lib.plan

# METADATA
# description: >-
#   The forwards of the plan as `{"at", "path", "listener", "balancer", "groups", "vague"}`: `at` is the listener or rule that
#   holds them at `path`, `groups` are target groups, more than are meant where `vague` says so.
forwards := array.concat(
	[forward |
		some type in ["aws_lb_listener", "aws_alb_listener"]
		some listener in plan.resources[type]
		some forward in _forwards(listener, "default_action", [listener.address])
	],
	[forward |
		some type in ["aws_lb_listener_rule", "aws_alb_listener_rule"]
		some r in plan.resources[type]
		some forward in _forwards(r, "action", plan.targets_of(r, ["listener_arn"], {"aws_lb_listener", "aws_alb_listener"}))
	],
)

# METADATA
# description: >-
#   Whether nobody is asked who calls before a forward: no action signs callers in or checks their token, and the listener
#   asks for no certificate.
anonymous(forward) if {
	name := forward.path[0]
	every action in plan.blocks(forward.at, [name]) {
		not _asks(action.value)
	}
	not _certified(forward.listener)
}

# METADATA
# description: The instances and scaling groups behind a target group, by the group's address.
members := group.by_key(array.concat(
	[[target, r] |
		some type in ["aws_lb_target_group_attachment", "aws_alb_target_group_attachment"]
		some attachment in plan.resources[type]
		some target in plan.targets_of(attachment, ["target_group_arn"], _group_types)
		some address in plan.target(attachment, ["target_id"], "aws_instance")
		r := _instances[address]
	],
	[[target, r] |
		some r in plan.resources.aws_autoscaling_group
		some target in _scaled(r)
	],
))

_forwards(r, name, listeners) := [forward |
	some action in plan.blocks(r, [name])
	action.value.type == "forward"
	paths := _arns(r, action.path)
	groups := {_groups[group] | some path in paths; some group in plan.targets_of(r, path, _group_types)}
	count(groups) > 0
	some address in listeners
	listener := _listeners[address]
	some balancer in plan.targets_of(listener, ["load_balancer_arn"], {"aws_lb", "aws_alb"})
	forward := {
		"at": r,
		"path": action.path,
		"listener": listener,
		"balancer": _balancers[balancer],
		"groups": groups,
		"vague": _vague(r, paths),
	}
]

# One target group, or several with weights.
_arns(r, at) := array.concat([array.concat(at, ["target_group_arn"])], [array.concat(target.path, ["arn"]) |
	some forward in plan.blocks(r, array.concat(at, ["forward"]))
	some target in plan.blocks(r, array.concat(forward.path, ["target_group"]))
])

_vague(r, paths) if {
	some path in paths
	plan.vague(r, path)
} else := false

_asks(action) if startswith(action.type, "authenticate-")

_asks(action) if action.type == "jwt-validation"

_certified(listener) if {
	some block in plan.blocks(listener, ["mutual_authentication"])
	plan.known(listener, array.concat(block.path, ["mode"])) == "verify"
}

_scaled(r) := plan.targets_of(r, ["target_group_arns"], _group_types) | {target |
	some attachment in _scaling_attachments[r.address]
	some target in plan.targets_of(attachment, ["lb_target_group_arn"], _group_types)
}

_scaling_attachments := group.by_key([[address, attachment] |
	some attachment in plan.resources.aws_autoscaling_attachment
	some address in plan.target(attachment, ["autoscaling_group_name"], "aws_autoscaling_group")
])

_listeners := {r.address: r |
	some type in ["aws_lb_listener", "aws_alb_listener"]
	some r in plan.resources[type]
}

_balancers := {r.address: r |
	some type in ["aws_lb", "aws_alb"]
	some r in plan.resources[type]
}

_groups := {r.address: r |
	some type in _group_types
	some r in plan.resources[type]
}

_instances := {r.address: r | some r in plan.resources.aws_instance}

_group_types := {"aws_lb_target_group", "aws_alb_target_group"}
