# METADATA
# title: Documents that the apply writes
# description: >-
#   Puts together what an `aws_iam_policy_document` of the plan will say as the provider does: what it takes over from
#   `source_policy_documents`, its own statements, then `override_policy_documents`; of two with one `sid` the later stands.
#   A document that is taken over and unknown itself is followed by reference, twice.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
package plangate.lib.iam.documents

import data.plangate.lib.group
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: >-
#   What a document will say, `{"entries", "open"}`. An entry is a `statement` as in JSON or a `block` of the `document`
#   at `i`. Statements that may still be replaced are left out; `open` tells whether there can be others than those that
#   are there.
read(document) := _combined(document, {name: [_taken_over(inner) | some inner in _referred(document, name)] | some name in _lists})

_taken_over(document) := _combined(document, {name: [_alone(inner) | some inner in _referred(document, name)] | some name in _lists})

_alone(document) := _combined(document, {name: [] | some name in _lists})

# METADATA
# description: The statements of a policy's JSON, of either effect and as they are written; a single one is a list of one.
statements(text) := [statement |
	is_string(text)
	json.is_valid(text)
	some statement in _list(object.get(json.unmarshal(text), "Statement", []))
	is_object(statement)
]

# METADATA
# description: Whether a part of a document is known only after apply.
unknown_part(document, path) if plan.computed(document, path)

unknown_part(document, path) if {
	some part in object.get(document.change.after_unknown, path, [])
	part == true
}

# METADATA
# description: The type of the data source, as configurations name it.
type := "data.aws_iam_policy_document"

_combined(document, inner) := {"entries": _own(document), "open": _open(document, inner)} if {
	every name in _lists {
		object.get(document.change.after, name, null) in {null, [], ""}
	}
	count([one | some one in inner; count(one) > 0]) == 0
} else := {"entries": _settled(document, inner, _latest(entries)), "open": _open(document, inner)} if {
	entries := array.concat(
		array.concat(_from(document, inner, ["source_json", "source_policy_documents"]), _own(document)),
		_from(document, inner, ["override_policy_documents", "override_json"]),
	)
}

# While an override is unknown, only a statement without an id is sure to stay.
_settled(document, inner, entries) := [entry | some entry in entries; entry.sid == ""] if {
	some name in ["override_policy_documents", "override_json"]
	_hidden(document, inner, name)
} else := entries

_latest(entries) := [entry |
	of_sid := group.by_key([[entry.sid, i] | some i, entry in entries; entry.sid != ""])
	some i, entry in entries
	max(object.get(of_sid, entry.sid, [i])) == i
]

_own(document) := [{"sid": _sid(object.get(block, "sid", null)), "document": document, "i": i, "block": block} |
	some i, block in document.change.after.statement
]

_from(document, inner, names) := array.concat(
	[{"sid": _sid(object.get(statement, "Sid", null)), "statement": statement} |
		some name in names
		some text in _list(object.get(document.change.after, name, null))
		some statement in statements(text)
	],
	[entry |
		some name in names
		some part in inner[name]
		some entry in part.entries
	],
)

_open(document, inner) if {
	some name in array.concat(["statement"], _lists)
	_hidden(document, inner, name)
} else if {
	some name in _lists
	some part in inner[name]
	part.open
} else := false

_hidden(document, inner, name) if {
	unknown_part(document, [name])
	count(object.get(inner, name, [])) == 0
}

# As many documents as parts that are unknown: of more, a condition chooses.
_referred(document, name) := found if {
	unknown_part(document, [name])
	configuration.settles(document, [name], {type})
	found := configuration.instances(document, [name], type)
	count(found) == _unknown_parts(document.change.after_unknown[name])
} else := set()

_unknown_parts(flags) := count([flag | some flag in flags; flag == true]) if {
	is_array(flags)
} else := 1

_lists := ["source_json", "source_policy_documents", "override_policy_documents", "override_json"]

_sid(sid) := sid if {
	is_string(sid)
} else := ""

_list(value) := value if {
	is_array(value)
} else := [value] if {
	not value in {null, ""}
} else := []
