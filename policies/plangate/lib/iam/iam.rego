# METADATA
# title: IAM policy documents
# description: >-
#   Reads the statements of a policy from its JSON or, where that is unknown until apply, from the
#   `aws_iam_policy_document` that it will be made of, whose known parts stand in the plan.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
package plangate.lib.iam

import data.plangate.lib.iam.documents
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   The Allow statements of the policy at `path`: `{"path", "actions", "not_actions", "resources", "not_resources",
#   "services", "conditions", "open"}`. Single values are lists of one, conditions are `{"operator", "key", "values",
#   "unclear"}` with operator and key in lower case, and `open` names the elements that have a part which only the apply
#   knows and no reference settles, as `unclear` says it of a condition's values. Parts that are known are there in any
#   case. A statement of a data source has it as `source` and its place there as `at`.
allowed(r, path) := [statement(entry, path) | some entry in entries(r, path).entries; effect(entry) == "Allow"]

# METADATA
# description: Whether the policy at `path` can hold statements that nobody sees before the apply.
open(r, path) if _either(entries(r, path))

# METADATA
# description: >-
#   All at once, as `{"statements", "denied", "open"}`: `denied` are the Deny statements in the same form, and a statement
#   of which nobody knows whether it allows or denies is one that nobody sees.
read(r, path) := {
	"statements": [statement(entry, path) | some entry in found.entries; effect(entry) == "Allow"],
	"denied": [statement(entry, path) | some entry in found.entries; effect(entry) == "Deny"],
	"open": _either(found),
} if {
	found := entries(r, path)
}

# METADATA
# description: >-
#   The statements of the policy at `path` before they are taken apart, `{"entries", "open"}`: an entry is a `statement` of
#   JSON, at `path` when it is the policy's own, or a `block` of a data source, the `i`th of the `document`.
entries(r, path) := {"entries": written, "open": false} if {
	not plan.unknown(r, path)
	written := [{"statement": statement, "path": array.concat(path, ["Statement", i])} |
		some i, statement in documents.statements(plan.known(r, path))
	]
} else := {"entries": [entry | some part in parts; some entry in part.entries], "open": _hides(r, path, parts)} if {
	parts := [documents.read(document) | some document in _made_of(r, path)]
}

# METADATA
# description: What an entry does, `Allow` or `Deny`, or `unknown` until the apply. A data source that says nothing allows.
effect(entry) := object.get(entry.statement, "Effect", "") if {
	entry.statement
} else := entry.block.effect if {
	not object.get(entry.block, "effect", null) in {null, ""}
} else := "unknown" if {
	plan.computed(entry.document, ["statement", entry.i, "effect"])
} else := "Allow"

# METADATA
# description: An entry of the policy at `path` in the form of `allowed`, whatever its effect.
statement(entry, path) := _from_json(entry.statement, object.get(entry, "path", path)) if {
	entry.statement
} else := _from_block(entry.document, entry.i, entry.block, path)

# METADATA
# description: >-
#   Whether a part of a document is known only after apply and comes from something else than a reference to resources of
#   AWS, each of which stands for itself alone.
unclear(document, path) if {
	documents.unknown_part(document, path)
	not _names_resources(document, path)
}

# METADATA
# description: >-
#   Whether an action pattern covers an action, whatever their case: `s3:Get*` and `*` cover `s3:GetObject`.
covers(pattern, action) if lower(pattern) == lower(action)

covers(pattern, action) if {
	_wild(pattern)
	glob.match(_literal(lower(pattern)), null, lower(action))
}

# METADATA
# description: Whether a statement's actions hold an action, either by name or as one that `NotAction` leaves.
acts(statement, action) if {
	some pattern in statement.actions
	covers(pattern, action)
}

acts(statement, action) if {
	count(statement.not_actions) > 0
	not _left_out(statement, action)
}

# METADATA
# description: Whether they hold it, or may once the apply knows all of them.
may_act(statement, action) if acts(statement, action)

may_act(statement, _) if count(statement.open & {"actions", "not_actions"}) > 0

# METADATA
# description: >-
#   Whether a resource pattern covers an ARN or all that another pattern covers: `*` and `?` stand for any text and any one
#   character, also across colons and slashes.
within(_, "*")

within(resource, pattern) if resource == pattern

within(resource, pattern) if {
	_wild(pattern)
	not contains(pattern, "?")
	glob.match(_literal(pattern), null, resource)
}

within(resource, pattern) if {
	contains(pattern, "?")
	not _wild(resource)
	glob.match(_literal(pattern), null, resource)
}

# METADATA
# description: The texts of an element that may be one or a list.
texts(value) := [text | some text in _list(value); is_string(text)]

# METADATA
# description: The conditions of a statement of JSON.
written_conditions(statement) := [{"operator": lower(operator), "key": lower(key), "values": _values(values), "unclear": false} |
	some operator, keys in object.get(statement, "Condition", {})
	some key, values in keys
]

# METADATA
# description: The conditions of the block of a data source.
block_conditions(document, i, block) := [{
	"operator": lower(_text(object.get(written, "test", null))),
	"key": lower(_text(object.get(written, "variable", null))),
	"values": _values(object.get(written, "values", null)),
	"unclear": _unclear(document, ["statement", i, "condition", j, "values"]),
} |
	some j, written in object.get(block, "condition", [])
]

# The data source that makes an unknown policy, when it is the only one: of two, a condition chooses.
_made_of(r, path) := sources if {
	sources := configuration.instances(r, path, documents.type)
	count(sources) == 1
} else := set()

_hides(r, path, parts) if {
	not plan.settled(r, path, {documents.type})
} else if {
	some part in parts
	part.open
} else := false

_either(found) if {
	found.open
} else if {
	some entry in found.entries
	effect(entry) == "unknown"
} else := false

_from_json(statement, path) := {
	"path": path,
	"actions": texts(object.get(statement, "Action", [])),
	"not_actions": texts(object.get(statement, "NotAction", [])),
	"resources": texts(object.get(statement, "Resource", [])),
	"not_resources": texts(object.get(statement, "NotResource", [])),
	"services": texts(object.get(statement, ["Principal", "Service"], [])),
	"conditions": written_conditions(statement),
	"open": set(),
}

_from_block(document, i, block, path) := {
	"path": path,
	"actions": texts(object.get(block, "actions", [])),
	"not_actions": texts(object.get(block, "not_actions", [])),
	"resources": texts(object.get(block, "resources", [])),
	"not_resources": texts(object.get(block, "not_resources", [])),
	"services": [service |
		some principal in _list(object.get(block, "principals", []))
		principal.type == "Service"
		some service in texts(principal.identifiers)
	],
	"conditions": block_conditions(document, i, block),
	"open": {name |
		some name in ["actions", "not_actions", "resources", "not_resources"]
		unclear(document, ["statement", i, name])
	},
	"source": document,
	"at": ["statement", i],
}

_left_out(statement, action) if {
	some pattern in statement.not_actions
	covers(pattern, action)
}

_wild(pattern) if contains(pattern, "*")

_wild(pattern) if contains(pattern, "?")

# IAM knows no other signs, and policy variables are written in braces.
_literal(pattern) := strings.replace_n({`\`: `\\`, "[": `\[`, "]": `\]`, "{": `\{`, "}": `\}`}, pattern) if {
	regex.match(`[\[\]{}\\]`, pattern)
} else := pattern

# What stands in a policy as a reference to a resource is that one resource.
_names_resources(document, path) if {
	ends := configuration.ends_in_list(document, path)
	count(ends) > 0
	every end in ends {
		regex.match(`^(data\.)?aws_`, end.type)
		not end.type in _opaque
	}
}

_opaque := {
	"aws_cloudformation_stack", "data.aws_cloudformation_stack", "data.aws_cloudformation_export",
	"aws_ssm_parameter", "data.aws_ssm_parameter", "aws_lambda_invocation", "data.aws_lambda_invocation",
	"aws_secretsmanager_secret_version", "data.aws_secretsmanager_secret_version",
}

_unclear(document, path) if {
	unclear(document, path)
} else := false

_values(value) := [_text(one) | some one in value; one != null] if {
	is_array(value)
} else := [_text(value)] if {
	value != null
} else := []

_text(null) := ""

_text(value) := value if is_string(value)

_text(value) := json.marshal(value) if {
	value != null
	not is_string(value)
}

_list(value) := value if {
	is_array(value)
} else := [value] if {
	not value in {null, ""}
} else := []
