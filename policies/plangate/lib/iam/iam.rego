# METADATA
# title: IAM policy documents
# description: >-
#   Reads the statements of a policy from its JSON or, where that is unknown until apply, from the
#   `aws_iam_policy_document` that it will be made of, whose known parts stand in the plan.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
package plangate.lib.iam

import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   The Allow statements of the policy at `path`: `{"path", "actions", "not_actions", "resources", "not_resources",
#   "services", "conditions", "open"}`. Single values are lists of one, conditions are their keys in lower case, and
#   `open` names the elements that have a part which only the apply knows and no reference settles. Parts that are known
#   are there in any case. A statement of a data source has it as `source` and its place there as `at`.
allowed(r, path) := read(r, path).statements

# METADATA
# description: Whether the policy at `path` can hold statements that nobody sees before the apply.
open(r, path) if read(r, path).open

# METADATA
# description: Both at once, as `{"statements", "open"}`.
read(r, path) := {"statements": _written(r, path), "open": false} if {
	not plan.unknown(r, path)
} else := {"statements": _deferred(sources, path), "open": _hides(r, path, sources)} if {
	sources := documents(r, path)
}

# METADATA
# description: >-
#   The `aws_iam_policy_document` that makes the unknown policy at `path`, as a set of one when it is the only one: of two,
#   a condition chooses.
documents(r, path) := sources if {
	sources := configuration.instances(r, path, _document_type)
	count(sources) == 1
} else := set()

# METADATA
# description: The statements of a policy's JSON, of either effect and as they are written; a single one is a list of one.
statements(text) := [statement |
	is_string(text)
	json.is_valid(text)
	some statement in _list(object.get(json.unmarshal(text), "Statement", []))
	is_object(statement)
]

# METADATA
# description: >-
#   Whether a part of a document is known only after apply and comes from something else than a reference to resources of
#   AWS, each of which stands for itself alone.
unclear(document, path) if {
	_unknown_part(document, path)
	not _names_resources(document, path)
}

_hides(r, path, documents) if {
	not plan.settled(r, path, {_document_type})
} else if {
	some document in documents
	some name in ["statement", "source_policy_documents", "override_policy_documents", "source_json", "override_json"]
	_unknown_part(document, [name])
} else := false

# METADATA
# description: >-
#   Whether an action pattern covers an action, both in lower case: `s3:get*` and `*` cover `s3:getobject`.
covers(pattern, action) if lower(pattern) == lower(action)

covers(pattern, action) if {
	regex.match(`[*?]`, pattern)
	glob.match(lower(pattern), null, lower(action))
}

_written(r, path) := [_from_json(statement, array.concat(path, ["Statement", i])) |
	some i, statement in statements(plan.known(r, path))
	statement.Effect == "Allow"
]

_from_json(statement, path) := {
	"path": path,
	"actions": _texts(object.get(statement, "Action", [])),
	"not_actions": _texts(object.get(statement, "NotAction", [])),
	"resources": _texts(object.get(statement, "Resource", [])),
	"not_resources": _texts(object.get(statement, "NotResource", [])),
	"services": _texts(object.get(statement, ["Principal", "Service"], [])),
	"conditions": [lower(key) |
		some operator in _values(object.get(statement, "Condition", {}))
		some key, _ in operator
	],
	"open": set(),
}

_deferred(documents, path) := [statement |
	some document in documents
	some i, block in document.change.after.statement
	object.get(block, "effect", null) in {null, "Allow", ""}
	statement := _from_block(document, i, block, path)
]

_from_block(document, i, block, path) := {
	"path": path,
	"actions": _texts(object.get(block, "actions", [])),
	"not_actions": _texts(object.get(block, "not_actions", [])),
	"resources": _texts(object.get(block, "resources", [])),
	"not_resources": _texts(object.get(block, "not_resources", [])),
	"services": [service |
		some principal in _list(object.get(block, "principals", []))
		principal.type == "Service"
		some service in _texts(principal.identifiers)
	],
	"conditions": [lower(condition.variable) | some condition in _list(object.get(block, "condition", []))],
	"open": {name |
		some name in ["actions", "not_actions", "resources", "not_resources"]
		unclear(document, ["statement", i, name])
	},
	"source": document,
	"at": ["statement", i],
}

_document_type := "data.aws_iam_policy_document"

_unknown_part(document, path) if plan.computed(document, path)

_unknown_part(document, path) if {
	some part in object.get(document.change.after_unknown, path, [])
	part == true
}

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

_texts(value) := [text | some text in _list(value); is_string(text)]

_list(value) := value if {
	is_array(value)
} else := [value] if {
	not value in {null, ""}
} else := []

_values(value) := [inner | some inner in value; is_object(inner)] if {
	is_object(value)
} else := []
