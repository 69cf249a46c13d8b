# METADATA
# title: What policies deny
# description: >-
#   Reads the Deny statements of a policy, which take back what its Allow statements give, from its JSON or from the
#   `aws_iam_policy_document` that it will be made of.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package plangate.lib.iam.denials

import data.plangate.lib.iam
import data.plangate.lib.plan

# METADATA
# description: >-
#   The Deny statements of the policy at `path`: `{"actions", "not_actions", "resources", "everybody", "conditions"}`.
#   `everybody` tells whether it holds for all principals, conditions are `{"operator", "key", "values"}` in lower case.
#   Of what a document leaves to the apply only the known parts are there.
statements(r, path) := [_from_json(statement) |
	some statement in iam.statements(plan.known(r, path))
	statement.Effect == "Deny"
] if {
	not plan.unknown(r, path)
} else := [statement |
	some document in iam.documents(r, path)
	some statement in array.concat(_in_blocks(document), _inherited(document))
]

# METADATA
# description: Whether only the apply tells what else the policy at `path` denies.
open(r, path) if iam.open(r, path)

open(r, path) if {
	plan.unknown(r, path)
	some document in iam.documents(r, path)
	some i, block in document.change.after.statement
	not object.get(block, "effect", null) == "Allow"
	some name in ["effect", "actions", "principals", "condition"]
	plan.computed(document, ["statement", i, name])
}

# METADATA
# description: Whether a Deny statement covers an action, given in lower case.
covers(statement, action) if {
	some pattern in statement.actions
	iam.covers(pattern, action)
}

covers(statement, action) if {
	count(statement.not_actions) > 0
	not _spared(statement, action)
}

_spared(statement, action) if {
	some pattern in statement.not_actions
	iam.covers(pattern, action)
}

_in_blocks(document) := [_from_block(block) |
	some block in document.change.after.statement
	block.effect == "Deny"
]

_inherited(document) := [_from_json(statement) |
	some name in ["source_policy_documents", "override_policy_documents", "source_json", "override_json"]
	some text in _texts(object.get(document.change.after, name, null))
	some statement in iam.statements(text)
	statement.Effect == "Deny"
]

_from_json(statement) := {
	"actions": _texts(object.get(statement, "Action", null)),
	"not_actions": _texts(object.get(statement, "NotAction", null)),
	"resources": _texts(object.get(statement, "Resource", null)),
	"everybody": "*" in _principals(object.get(statement, "Principal", null)),
	"conditions": [{"operator": lower(operator), "key": lower(key), "values": _lowered(values)} |
		some operator, keys in object.get(statement, "Condition", {})
		some key, values in keys
	],
}

_principals(principal) := [name |
	some type in ["AWS", "*"]
	some name in _texts(object.get(principal, type, null))
] if {
	is_object(principal)
} else := _texts(principal)

_from_block(block) := {
	"actions": _texts(object.get(block, "actions", null)),
	"not_actions": _texts(object.get(block, "not_actions", null)),
	"resources": _texts(object.get(block, "resources", null)),
	"everybody": "*" in [name |
		some principal in object.get(block, "principals", [])
		principal.type in {"AWS", "*"}
		some name in _texts(object.get(principal, "identifiers", null))
	],
	"conditions": [{
		"operator": lower(object.get(condition, "test", "")),
		"key": lower(object.get(condition, "variable", "")),
		"values": _lowered(object.get(condition, "values", null)),
	} |
		some condition in object.get(block, "condition", [])
	],
}

_lowered(value) := [lower(text) | some text in _texts(value)]

_texts(value) := [_text(one) | some one in value; one != null] if {
	is_array(value)
} else := [_text(value)] if {
	value != null
} else := []

_text(value) := value if {
	is_string(value)
} else := json.marshal(value)
