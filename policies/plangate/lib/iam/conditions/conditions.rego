# METADATA
# title: What conditions take away
# description: >-
#   Tells which conditions leave a right smaller than it was. Most look as if they did: `StringLike` with `*`, `IfExists`
#   and `ForAllValues` on a key that a request need not have, negated operators, which let all others in, and keys that
#   are the same in every request or that the caller chooses.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
package plangate.lib.iam.conditions

import data.plangate.lib.network
import data.plangate.lib.plan

# METADATA
# description: >-
#   Whether an Allow statement with this condition, as `iam.allowed` gives it, gives less than without it. What comes with
#   the apply is taken as narrow, and so is an operator that nobody knows.
narrows(condition) if _narrows(_parts(condition), condition.key, condition.values)

# METADATA
# description: >-
#   Whether a Deny statement with this condition leaves only what meets a narrow one: `StringNotEquals` denies all but what
#   `StringEquals` allows.
spares(condition) if {
	parts := _parts(condition)
	_narrows({"operator": _opposite[parts.operator], "optional": false}, condition.key, condition.values)
}

spares(condition) if {
	_parts(condition).operator in {"bool", "null"}
	_narrows(
		{"operator": _parts(condition).operator, "optional": false}, condition.key,
		[_flipped[lower(value)] | some value in condition.values],
	)
}

# METADATA
# description: Whether a statement has a condition that narrows it, or may have once the apply knows them.
bound(statement) if {
	some condition in statement.conditions
	narrows(condition)
}

bound(statement) if unseen(statement)

# METADATA
# description: Whether a dynamic block over unknowns may give a statement conditions.
unseen(statement) if plan.computed(statement.source, array.concat(statement.at, ["condition"]))

# A key that is absent from the request makes `IfExists` and `ForAllValues` true.
_narrows(parts, key, values) if {
	not _idle(key)
	not _loose(parts, key)
	_holds(parts.operator, key, values)
}

_loose(parts, key) if {
	parts.optional
	not key in _always_there
}

_holds(operator, _, _) if operator in {"stringequals", "stringequalsignorecase", "binaryequals"}

_holds(operator, key, values) if {
	operator in {"stringlike", "arnlike", "arnequals"}
	every value in values {
		not _anything(key, value)
	}
}

_holds("ipaddress", _, values) if {
	every value in values {
		not network.world(value)
	}
}

_holds("bool", _, values) if {
	every value in values {
		lower(value) == "true"
	}
}

_holds("null", key, values) if {
	not key in _always_there
	every value in values {
		lower(value) == "false"
	}
}

_holds(operator, _, _) if not operator in _read

_anything(_, value) if regex.match(`^[*?]+$`, value)

_anything(_, value) if regex.match(`^arn:(\*+|[^:]*:(\*+|[^:]*:[^:]*:(\*|aws)?:([a-z-]+[/:])?\*+))$`, value)

_anything("iam:passedtoservice", value) if regex.match(`^\*[*.]*(amazonaws\.)?com(\.cn)?\*?$`, value)

# What a request has without saying anything about the right itself.
_idle(key) if key in _idle_keys

_idle(key) if startswith(key, "aws:requesttag/")

_idle(key) if {
	startswith(key, "sagemaker:")
	not startswith(key, "sagemaker:resourcetag/")
	not startswith(key, "sagemaker:owner")
}

_idle_keys := {
	"aws:securetransport", "aws:requestedregion", "aws:useragent", "aws:referer", "aws:principalaccount",
	"aws:principalorgid", "aws:principalorgpaths", "aws:principaltype", "aws:tagkeys", "s3:tlsversion",
	"s3:signatureversion", "s3:authtype",
}

# Keys that every request has in which policies ask for them.
_always_there := {
	"iam:passedtoservice", "iam:policyarn", "iam:awsservicename", "aws:principalarn", "aws:userid",
	"lambda:functionarn", "sts:externalid",
}

_parts(condition) := {"operator": trim_suffix(bare, "ifexists"), "optional": optional} if {
	bare := trim_prefix(trim_prefix(condition.operator, "foranyvalue:"), "forallvalues:")
	optional := count([part |
		some part in ["forallvalues:", "ifexists"]
		contains(condition.operator, part)
	]) > 0
}

_opposite := {
	"stringnotequals": "stringequals", "stringnotequalsignorecase": "stringequalsignorecase",
	"stringnotlike": "stringlike", "arnnotequals": "arnequals", "arnnotlike": "arnlike", "notipaddress": "ipaddress",
}

_flipped := {"true": "false", "false": "true"}

# Operators of which something is said above, with those that let all others in.
_read := {
	"stringequals", "stringequalsignorecase", "binaryequals", "stringlike", "arnlike", "arnequals", "ipaddress", "bool",
	"null",
} | {negated | some negated, _ in _opposite}
