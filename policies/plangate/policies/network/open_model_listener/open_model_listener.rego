# METADATA
# title: public load balancer forwards to a model server without asking who calls
# description: >-
#   Ollama, Jupyter, Ray and most model servers ask nobody who they are and rely on the network for it. A load balancer on
#   the internet takes that away: whoever finds its name uses the GPUs, and on Jupyter and Ray runs code on them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
#   - ref: https://docs.ray.io/en/latest/ray-security/index.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_listener
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `internal = true` on the `aws_lb`, or put an `authenticate-oidc` or `authenticate-cognito` action before the
#     forward, or `mutual_authentication { mode = "verify" }` on the listener
#   resource_types:
#     - aws_lb
#     - aws_alb
#     - aws_lb_listener
#     - aws_alb_listener
#     - aws_lb_listener_rule
#     - aws_alb_listener_rule
#   frameworks:
#     nist_800_53: [SC-7, AC-3]
#     mitre_atlas: [AML.T0049, AML.T0040]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [AWS-0053]
package plangate.policies.network.open_model_listener

import data.plangate.lib.balancers
import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.group
import data.plangate.lib.network
import data.plangate.lib.plan

deny contains finding.new(_policy, forward.at, forward.path) if {
	some forward in _forwards
	_exposure(forward) == "open"
}

undecided contains finding.undecided(_policy, forward.at, forward.path) if {
	some forward in _forwards
	_exposure(forward) == "unclear"
}

_forwards := [forward |
	some forward in balancers.forwards
	_leads_to_models(forward)
	balancers.anonymous(forward)
]

_leads_to_models(forward) if {
	every target in forward.groups {
		_serves_models(target)
	}
}

# Of several target groups with weights one is enough, unless they are all that comes out of a module.
_leads_to_models(forward) if {
	not forward.vague
	some target in forward.groups
	_serves_models(target)
}

# Jupyter, Ray's dashboard and Ollama have ports of their own; others use ports that any web server may use, so what stands
# behind them has to be GPU machines.
_serves_models(target) if plan.known(target, ["port"]) in {8265, 8888, 11434}

_serves_models(target) if {
	plan.known(target, ["port"]) in {8000, 8001, 8002, 8080, 8500, 8501}
	some member in balancers.members[target.address]
	gpu.certain(member)
}

_exposure(forward) := "unclear" if {
	plan.unknown(forward.balancer, ["internal"])
	_entrance(forward) != "closed"
} else := entrance if {
	not _internal(forward.balancer)
	entrance := _entrance(forward)
} else := "closed"

_internal(balancer) if plan.known(balancer, ["internal"]) == true

# A network load balancer without security groups lets everybody in, an application load balancer has the default group.
_entrance(forward) := "open" if {
	not plan.vague(forward.balancer, _attached)
	some address in _groups(forward.balancer)
	some rule in _rules[address]
	network.opens(rule, [plan.known(forward.listener, ["port"])])
} else := "open" if {
	plan.known(forward.balancer, ["load_balancer_type"]) == "network"
	plan.absent(forward.balancer, _attached)
} else := "unclear" if {
	plan.unknown(forward.balancer, _attached)
	not plan.settled(forward.balancer, _attached, _group_types)
} else := "unclear" if {
	some address in _groups(forward.balancer)
	some rule in _rules[address]
	_may_open(rule, forward.listener)
} else := "closed"

_may_open(rule, listener) if network.may_open(rule, [plan.known(listener, ["port"])])

_may_open(_, listener) if plan.unknown(listener, ["port"])

_groups(balancer) := plan.targets_of(balancer, _attached, _group_types)

# The rules from the internet by their security group.
_rules := group.by_key([[address, rule] |
	count(_forwards) > 0
	some rule in network.rules.ingress
	some address in _group_of(rule.resource)
])

_group_of(r) := {r.address} if {
	r.type in _group_types
} else := plan.targets_of(r, ["security_group_id"], _group_types)

_attached := ["security_groups"]

_group_types := {"aws_security_group", "aws_default_security_group"}

_policy := finding.policy(rego.metadata.chain())
