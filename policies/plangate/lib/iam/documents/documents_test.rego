package plangate.lib.iam.documents_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam
import data.plangate.lib.iam.documents

test_own_statements if {
	_sids([_document("this", {"statement": [{"sid": "a"}, {"sid": null}, {"sid": ""}, {}]}, {}, {})]) == [["a", "", "", ""], false]
	_sids([_document("this", {"statement": null}, {"statement": true}, {})]) == [[], true]
	_sids([_document("this", {"statement": null}, {}, {})]) == [[], false]
}

test_order_and_sids if {
	own := {"statement": [{"sid": "own"}, {"sid": "both"}, {"sid": ""}]}
	sources := {"source_policy_documents": [_text(["first", "both", ""])]}
	overrides := {"override_policy_documents": [_text(["own", "last"]), null, _text(["last", ""])]}
	_sids([_document("this", object.union(own, sources), {}, {})]) == [["first", "", "own", "both", ""], false]
	_sids([_document("this", object.union(own, overrides), {}, {})]) == [["both", "", "own", "last", ""], false]
	_sids([_document("this", object.union_n([own, sources, overrides]), {}, {})]) == [["first", "", "both", "", "own", "last", ""], false]
	_sids([_document("this", {"statement": [{"sid": "a"}], "source_json": _text(["a", "b"]), "override_json": _text(["b"])}, {}, {})]) == [["a", "b"], false]
}

test_the_later_of_one_id_stands if {
	effects := [iam.effect(entry) |
		document := _document(
			"this", {
				"statement": [{"sid": "a", "effect": "Allow"}],
				"override_policy_documents": [json.marshal({"Statement": [{"Sid": "a", "Effect": "Deny"}]})],
			},
			{}, {},
		)
		some entry in documents.read(document.change).entries
	]
	effects == ["Deny"]
}

test_unknown_sources_leave_the_known if {
	after := {"statement": [{"sid": "a"}, {}], "source_policy_documents": [_text(["s"]), null]}
	_sids([_document("this", after, {"source_policy_documents": [false, true]}, {"source_policy_documents": _local})]) == [["s", "a", ""], true]
}

# What has an id may still be replaced.
test_unknown_overrides_leave_what_has_no_id if {
	after := {"statement": [{"sid": "a"}, {}], "override_policy_documents": [null]}
	_sids([_document("this", after, {"override_policy_documents": [true]}, {"override_policy_documents": _local})]) == [[""], true]
}

test_follows_references_twice if {
	bottom := _document("bottom", {"statement": [{"sid": "bottom"}]}, {}, {})
	middle := _document(
		"middle", {"statement": [{"sid": "middle"}], "source_policy_documents": [null]}, {"source_policy_documents": [true]},
		{"source_policy_documents": fixture.refers(["data.aws_iam_policy_document.bottom.json"])},
	)
	top := _document(
		"this", {"statement": [{"sid": "top"}], "source_policy_documents": [null]}, {"source_policy_documents": [true]},
		{"source_policy_documents": fixture.refers(["data.aws_iam_policy_document.middle.json"])},
	)
	_sids([top, middle, bottom]) == [["bottom", "middle", "top"], false]
	_sids([middle, bottom]) == [["bottom", "middle"], false]
	deeper := _document(
		"bottom", {"statement": [{"sid": "bottom"}], "source_policy_documents": [null]}, {"source_policy_documents": [true]},
		{"source_policy_documents": fixture.refers(["data.aws_iam_policy_document.last.json"])},
	)
	_sids([top, middle, deeper, _document("last", {"statement": [{"sid": "last"}]}, {}, {})]) == [["bottom", "middle", "top"], true]
	_sids([top]) == [["top"], true]
}

test_follows_overrides_by_reference if {
	over := _document("over", {"statement": [{"sid": "a", "effect": "Deny"}]}, {}, {})
	top := _document(
		"this", {"statement": [{"sid": "a"}], "override_policy_documents": [null]}, {"override_policy_documents": [true]},
		{"override_policy_documents": fixture.refers(["data.aws_iam_policy_document.over.json"])},
	)
	effects := [iam.effect(entry) | some entry in documents.read(top.change).entries] with input as fixture.plan([top, over])
	effects == ["Deny"]
}

# One of them may not be chosen.
test_leaves_a_choice_open if {
	other := [_document(name, {"statement": [{"sid": name}]}, {}, {}) | some name in ["a", "b"]]
	expression := {"source_policy_documents": fixture.refers(["data.aws_iam_policy_document.a.json", "data.aws_iam_policy_document.b.json"])}
	one := _document("this", {"statement": [], "source_policy_documents": [null]}, {"source_policy_documents": [true]}, expression)
	_sids(array.concat([one], other)) == [[], true]
	two := _document("this", {"statement": [], "source_policy_documents": [null, null]}, {"source_policy_documents": [true, true]}, expression)
	_sids(array.concat([two], other))[1] == false
	count(_sids(array.concat([two], other))[0]) == 2
	whole := _document("this", {"statement": []}, {"source_policy_documents": true}, expression)
	_sids(array.concat([whole], other)) == [[], true]
}

test_statements if {
	documents.statements(`{"Statement": {"Sid": "a"}}`) == [{"Sid": "a"}]
	documents.statements(`{"Statement": [{"Sid": "a"}, 1, {"Sid": "b"}]}`) == [{"Sid": "a"}, {"Sid": "b"}]
	every text in [null, "", "{", "[]", "7", `{"Statement": null}`, {}] {
		documents.statements(text) == []
	}
}

_local := fixture.refers(["local.documents"])

_text(sids) := json.marshal({"Statement": [{"Sid": sid, "Effect": "Allow"} | some sid in sids]})

_document(name, after, unknown, expressions) := fixture.resource(
	concat(".", ["data.aws_iam_policy_document", name]), after, object.union({"json": true}, unknown),
	expressions,
)

_sids(resources) := [[entry.sid | some entry in read.entries], read.open] if {
	read := documents.read(resources[0].change) with input as fixture.plan(resources)
}
