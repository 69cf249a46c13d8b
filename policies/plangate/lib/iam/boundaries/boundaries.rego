# METADATA
# title: Permissions boundaries
# description: >-
#   What a role may do at most, whatever its policies say: the statements of its `permissions_boundary`, where that is a
#   policy of this plan or one of AWS that gives everything.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
package plangate.lib.iam.boundaries

import data.plangate.lib.group
import data.plangate.lib.iam
import data.plangate.lib.plan

# METADATA
# description: >-
#   The boundaries of roles and users by address, as `iam.read` reads them; of one that lies elsewhere nothing is known but
#   that it is there, so it is `open` and has no statements.
of_holder := {holder.address: limit |
	some holder in _holders
	not plan.absent(holder, _path)
	not _no_limit(holder)
	limit := _read(_found(holder))
}

# METADATA
# description: Addresses of the policies of this plan that are a boundary.
policies := {policy.address |
	some holder in _holders
	not plan.absent(holder, _path)
	some policy in _found(holder)
}

_holders := [holder |
	some type in ["aws_iam_role", "aws_iam_user"]
	some holder in plan.resources[type]
]

# A boundary of AWS that leaves every right.
_no_limit(holder) if endswith(plan.known(holder, _path), ":iam::aws:policy/AdministratorAccess")

_read(found) := iam.read(found[0], ["policy"]) if {
	count(found) == 1
} else := {"statements": [], "denied": [], "open": true}

_found(holder) := [_by_address[address] | some address in sort(targets)] if {
	targets := plan.targets(holder, _path, "aws_iam_policy")
	count(targets) > 0
} else := _by_name[_last(plan.known(holder, _path))] if {
	true
} else := []

_last(arn) := segments[count(segments) - 1] if segments := split(arn, "/")

_by_address := {policy.address: policy | some policy in plan.resources.aws_iam_policy}

_by_name := group.by_key([[name, policy] |
	some policy in plan.resources.aws_iam_policy
	name := plan.known(policy, ["name"])
])

_path := ["permissions_boundary"]
