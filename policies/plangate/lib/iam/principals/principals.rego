# METADATA
# title: Whom resource policies let in
# description: >-
#   Reads the principals of Allow statements as AWS does: `"*"` and `{"AWS": "*"}` are everybody, `NotPrincipal` is
#   everybody else, and a condition takes that back only where it fixes who calls or from where, and a Deny statement only
#   where it shuts out all but those.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
package plangate.lib.iam.principals

import data.plangate.lib.iam
import data.plangate.lib.iam.denials
import data.plangate.lib.network
import data.plangate.lib.plan

# METADATA
# description: >-
#   The paths of the statements of the policy at `path` that let everybody in: `[..., "Statement", i]` in JSON, the policy's
#   own path for what an `aws_iam_policy_document` makes of it at the apply.
public(r, path) := {grant.path |
	some grant in grants(r, path)
	grant.everybody
	not grant.unknown.effect
	not _may_narrow(grant)
	not _shut(r, path, grant)
}

# METADATA
# description: Whether only the apply tells whom the policy at `path` lets in.
undecided(r, path) if {
	count(public(r, path)) == 0
	_undecided(r, path)
}

# METADATA
# description: The ids of the accounts that a grant names, on their own or in the ARN of a principal.
accounts(grant) := {account |
	some name in grant.names
	account := _account(name)
}

# METADATA
# description: >-
#   The Allow statements of the policy at `path`: `{"path", "names", "services", "everybody", "conditions", "unknown"}`.
#   `names` and `services` are the AWS principals and the services that are known, conditions are
#   `{"operator", "key", "values", "unclear"}` in lower case, `unclear` where a value comes with the apply and may be any;
#   `unknown` says of which parts only the apply knows how many there are. A statement of a data source has its place there
#   as `at`; `entry` is that of `iam.entries`.
grants(r, path) := [_grant(entry, path) |
	some entry in iam.entries(r, path).entries
	iam.effect(entry) in {"Allow", "unknown"}
]

_undecided(r, path) if iam.entries(r, path).open

_undecided(r, path) if {
	some grant in grants(r, path)
	_may_be_public(grant)
	not _narrow(grant)
	not _shut(r, path, grant)
}

# Another statement denies what a grant gives to all, or to all but some.
_shut(r, path, grant) if {
	some denial in denials.statements(r, path)
	_holds_for_others(denial)
	denials.covers(denial, iam.statement(grant.entry, path))
	every condition in denial.conditions {
		_shuts_out(condition)
	}
}

_holds_for_others(denial) if denial.everybody

_holds_for_others(denial) if denial.others

_shuts_out(condition) if {
	operator := _opposite[trim_suffix(condition.operator, "ifexists")]
	fixes(object.union(condition, {"operator": operator}))
}

_shuts_out(condition) if {
	trim_suffix(condition.operator, "ifexists") == "bool"
	condition.key in {"aws:principalisawsservice", "aws:viaawsservice", "elasticfilesystem:accessedviamounttarget"}
	[lower(value) | some value in condition.values] == ["false"]
}

_opposite := {
	"stringnotequals": "stringequals", "stringnotequalsignorecase": "stringequalsignorecase",
	"stringnotlike": "stringlike", "arnnotequals": "arnequals", "arnnotlike": "arnlike", "notipaddress": "ipaddress",
}

_grant(entry, path) := object.union({"entry": entry}, _from_json(entry.statement, object.get(entry, "path", path))) if {
	entry.statement
} else := object.union({"entry": entry}, _from_block(entry.document, entry.i, entry.block, path))

_from_json(statement, path) := {
	"path": path,
	"names": names,
	"services": _texts(object.get(statement, ["Principal", "Service"], null)),
	"everybody": _everybody(names, object.get(statement, "NotPrincipal", null) != null),
	"conditions": iam.written_conditions(statement),
	"unknown": set(),
} if {
	names := _aws(object.get(statement, "Principal", []))
}

_aws(principal) := [principal] if {
	is_string(principal)
} else := [name |
	some type in ["AWS", "*"]
	some name in _texts(principal[type])
]

_from_block(document, i, block, path) := {
	"path": path,
	"at": ["statement", i],
	"names": names,
	"services": [name |
		some principal in object.get(block, "principals", [])
		principal.type == "Service"
		some name in _texts(object.get(principal, "identifiers", null))
	],
	"everybody": _everybody(names, object.get(block, "not_principals", []) != []),
	"conditions": iam.block_conditions(document, i, block),
	"unknown": {part |
		some part in ["principals", "services", "not_principals", "effect", "condition"]
		_comes_with_the_apply(document, ["statement", i], block, part)
	},
} if {
	names := [name |
		some principal in object.get(block, "principals", [])
		principal.type in {"AWS", "*"}
		some name in object.get(principal, "identifiers", [])
		is_string(name)
	]
}

_everybody(_, true) := true

_everybody(names, false) := count([name | some name in names; _anybody(name)]) > 0

# AWS refuses wildcards inside of a principal's ARN; whoever writes one for the account means everybody.
_anybody("*") := true

_anybody(name) if contains(split(name, ":")[4], "*")

_comes_with_the_apply(document, at, _, part) if plan.computed(document, array.concat(at, [part]))

_comes_with_the_apply(document, at, block, "principals") if {
	some j, principal in block.principals
	not object.get(principal, "type", "") in _never_everybody
	iam.unclear(document, array.concat(at, ["principals", j, "identifiers"]))
}

_comes_with_the_apply(document, at, _, "services") if plan.computed(document, array.concat(at, ["principals"]))

_comes_with_the_apply(document, at, block, "services") if {
	some j, principal in block.principals
	object.get(principal, "type", "Service") == "Service"
	iam.unclear(document, array.concat(at, ["principals", j, "identifiers"]))
}

_never_everybody := {"Service", "Federated", "CanonicalUser"}

_may_be_public(grant) if grant.unknown.principals

_may_be_public(grant) if grant.unknown.not_principals

_may_be_public(grant) if grant.everybody

_narrow(grant) if {
	some condition in grant.conditions
	fixes(condition)
	not _may_be_a_wildcard(condition)
}

_may_be_a_wildcard(condition) if {
	condition.unclear
	not trim_prefix(condition.operator, "foranyvalue:") in _exact
}

# A condition that may turn out to fix who calls once all of it is known.
_may_narrow(grant) if grant.unknown.condition

_may_narrow(grant) if {
	some condition in grant.conditions
	fixes(condition)
}

# METADATA
# description: >-
#   Whether a condition fixes who calls or from where, as far as its values are known. A key that is absent from a request
#   makes `IfExists` and `ForAllValues` true, and negated operators let all others in.
fixes(condition) if {
	form := _forms[condition.key]
	operator := trim_prefix(condition.operator, "foranyvalue:")
	operator in _operators[form]
	every value in condition.values {
		_fixed(form, operator, value)
	}
}

_fixed("name", operator, _) if operator in _exact

_fixed("name", _, value) if {
	not startswith(value, "arn:")
	_literal(split(split(split(value, "/")[0], ":")[0], ".")[0])
}

_fixed("name", _, value) if {
	account := split(value, ":")[4]
	account != ""
	_literal(account)
}

# The ARN of a bucket names no account.
_fixed("name", _, value) if {
	segments := split(value, ":")
	segments[4] == ""
	_literal(substring(segments[5], 0, 1))
}

_fixed("range", _, value) if not network.world(value)

_fixed("flag", _, value) if lower(value) == "true"

_literal(text) if {
	not contains(text, "*")
	not contains(text, "?")
}

# Operators that know no wildcards.
_exact := {"stringequals", "stringequalsignorecase"}

_operators := {
	"name": {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"},
	"range": {"ipaddress"},
	"flag": {"bool"},
}

# Keys that tell who calls, for whom or from where. Those that anybody can set for himself (tags, TLS, user agents) don't.
_forms := object.union(
	{
		"aws:sourceip": "range",
		"aws:principalisawsservice": "flag",
		"elasticfilesystem:accessedviamounttarget": "flag",
	},
	{key: "name" |
		some key in [
			"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:userid",
			"aws:principalservicename", "aws:principalservicenameslist",
			"aws:sourceaccount", "aws:sourcearn", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths",
			"aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce", "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths",
			"kms:calleraccount", "kms:viaservice",
			"s3:dataaccesspointaccount", "s3:dataaccesspointarn", "elasticfilesystem:accesspointarn",
		]
	},
)

_account(name) := name if regex.match(`^[0-9]{12}$`, name)

_account(name) := account if {
	account := split(name, ":")[4]
	account != ""
}

_texts(value) := [_text(one) | some one in value; one != null] if {
	is_array(value)
} else := [_text(value)] if {
	value != null
} else := []

_text(value) := value if {
	is_string(value)
} else := json.marshal(value)
