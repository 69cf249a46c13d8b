package plangate.lib.iam.denials_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.denials

test_statements_of_json if {
	_statements([_written([
		{"Effect": "Allow", "Action": "s3:*"},
		{
			"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["a", "b"],
			"Condition": {"Bool": {"aws:SecureTransport": false}, "StringEquals": {"aws:RequestedRegion": ["EU", null]}},
		},
		{"Effect": "Deny", "NotAction": ["s3:Get*"], "Resource": "*"},
	])]) == [
		object.union(_empty, {
			"path": ["policy", "Statement", 1],
			"actions": ["s3:*"], "resources": ["a", "b"], "everybody": true,
			"conditions": [
				{"operator": "bool", "key": "aws:securetransport", "values": ["false"], "unclear": false},
				{"operator": "stringequals", "key": "aws:requestedregion", "values": ["EU"], "unclear": false},
			],
		}),
		object.union(_empty, {"path": ["policy", "Statement", 2], "not_actions": ["s3:Get*"], "resources": ["*"]}),
	]
}

test_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": ["111122223333", "*"]}, {"*": "*"}] {
		_everybody({"Principal": principal})
	}
	every statement in [{}, {"Principal": {"AWS": "111122223333"}}, {"Principal": {"Service": "*"}}, {"NotPrincipal": "*"}] {
		not _everybody(statement)
	}
}

test_others if {
	[statement.others | some statement in _statements([_written([
		{"Effect": "Deny", "NotPrincipal": {"AWS": "111122223333"}}, {"Effect": "Deny", "Principal": "*"},
	])])] == [true, false]
	blocks := {"statement": [
		{"effect": "Deny", "not_principals": [{"type": "AWS", "identifiers": ["111122223333"]}]}, {"effect": "Deny", "not_principals": []},
	]}
	[statement.others | some statement in _statements([_unknown(_reference), _document(blocks, {})])] == [true, false]
}

test_covers if {
	every case in [
		[{"actions": ["s3:*"], "resources": ["*"]}, {"actions": ["s3:GetObject", "s3:Put*"], "resources": ["a"]}],
		[{"actions": ["*"], "resources": ["a*"]}, {"not_actions": ["iam:*"], "resources": ["a", "ab*"]}],
		[{"not_actions": ["iam:*"], "resources": ["*"]}, {"actions": ["s3:GetObject"], "not_resources": ["a"]}],
		[{"actions": ["s3:*"], "open": {"resources"}}, {"actions": ["s3:GetObject"], "resources": ["a"]}],
		[{"actions": ["s3:*"]}, {"actions": ["s3:GetObject"]}],
	] {
		_covers(case)
	}
	every case in [
		[{"actions": ["s3:Get*"], "resources": ["*"]}, {"actions": ["s3:GetObject", "s3:PutObject"], "resources": ["a"]}],
		[{"actions": ["s3:*"], "resources": ["*"]}, {"not_actions": ["iam:*"], "resources": ["a"]}],
		[{"actions": ["s3:*"], "resources": ["a"]}, {"actions": ["s3:GetObject"], "resources": ["a", "b"]}],
		[{"actions": ["s3:*"], "resources": ["a"]}, {"actions": ["s3:GetObject"], "not_resources": ["b"]}],
		[{"actions": ["s3:*"], "not_resources": ["a"]}, {"actions": ["s3:GetObject"], "resources": ["b"]}],
	] {
		not _covers(case)
	}
}

test_no_statements if {
	every text in [null, "", "{", "[]", "7", `{"Statement": [1]}`] {
		_statements([fixture.known(_address, {"policy": text})]) == []
	}
}

test_statements_of_a_document if {
	block := {
		"effect": "Deny", "actions": ["s3:*"], "resources": ["*", null],
		"principals": [{"type": "Service", "identifiers": ["x"]}, {"type": "AWS", "identifiers": ["*"]}],
		"condition": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["False"]}],
	}
	found := _statements([_unknown(_reference), _document({"statement": [{"effect": "Allow"}, {"actions": ["s3:*"]}, block]}, {})])
	[object.remove(statement, ["source"]) | some statement in found] == [object.union(_empty, {
		"path": ["policy"], "at": ["statement", 2], "actions": ["s3:*"], "resources": ["*"], "everybody": true, "services": ["x"],
		"conditions": [{"operator": "bool", "key": "aws:securetransport", "values": ["False"], "unclear": false}],
	})]
	other := _statements([_unknown(_reference), _document({"statement": [{"effect": "Deny", "not_actions": ["iam:*"]}]}, {})])
	[[statement.not_actions, statement.everybody] | some statement in other] == [[["iam:*"], false]]
}

test_statements_that_a_document_takes_over if {
	text := json.marshal({"Statement": [{"Effect": "Deny", "Action": "s3:*"}, {"Effect": "Allow", "Action": "*"}]})
	every name, value in {
		"source_policy_documents": [text], "override_policy_documents": [null, text],
		"source_json": text, "override_json": text,
	} {
		found := _statements([_unknown(_reference), _document({name: value}, {})])
		[statement.actions | some statement in found] == [["s3:*"]]
	}
}

test_open if {
	_open([_unknown("terraform_data.x.output")])
	_open([_unknown(_reference), _document({}, {"source_policy_documents": [true]})])
	every name in ["effect", "actions", "principals", "condition"] {
		_open([_unknown(_reference), _document({"statement": [{"effect": "Deny"}]}, {"statement": [{name: true}]})])
		not _open([_unknown(_reference), _document({"statement": [{"effect": "Allow"}]}, {"statement": [{name: true}]})])
	}
	_open([_unknown(_reference), _document({"statement": [{}]}, {"statement": [{"effect": true}]})])
	not _open([_unknown(_reference), _document({"statement": [{"effect": "Deny"}]}, {"statement": [{"resources": true}]})])
	not _open([_written([{"Effect": "Deny"}])])
}

# Of an Allow for these resources what a Deny beside it leaves.
test_left if {
	every case in [
		[["*"], {"actions": ["iam:PassRole"], "resources": ["*"]}, []],
		[["*"], {"actions": ["iam:*"], "resources": ["*"]}, []],
		[["*"], {"not_actions": ["s3:*"], "resources": ["*"]}, []],
		[["*"], {"actions": ["s3:*"], "resources": ["*"]}, ["*"]],
		[["*"], {"not_actions": ["iam:*"], "resources": ["*"]}, ["*"]],
		[["*"], {"actions": ["iam:*"], "resources": ["a"]}, ["*"]],
		[["a", "b"], {"actions": ["iam:*"], "resources": ["a"]}, ["b"]],
		[["ab", "b"], {"actions": ["iam:*"], "resources": ["a*"]}, ["b"]],
		[["*"], {"actions": ["iam:*"], "not_resources": ["a", "b*"]}, ["a", "b*"]],
		[["a", "c"], {"actions": ["iam:*"], "not_resources": ["a*"]}, ["a"]],
		[["a*"], {"actions": ["iam:*"], "not_resources": ["ab", "c"]}, ["ab"]],
		[["*"], {"actions": ["iam:*"], "not_resources": ["*"]}, ["*"]],
		[["*"], {"actions": [], "resources": ["*"], "open": {"actions"}}, []],
		[["*"], {"actions": ["iam:*"], "resources": [], "open": {"resources"}}, []],
		[["*"], {"actions": ["iam:*"], "resources": ["*"], "conditions": [_except("stringnotequals")]}, []],
		[["*"], {"actions": ["iam:*"], "resources": ["*"], "conditions": [_except("stringequals")]}, ["*"]],
		[["*"], {"actions": ["iam:*"], "resources": ["*"], "conditions": [_except("stringnotequals"), _except("stringequals")]}, ["*"]],
		[["*"], {"actions": ["iam:*"], "resources": []}, ["*"]],
	] {
		_left(case[0], [case[1]]).resources == case[2]
	}
	_left(["*"], []).resources == ["*"]
	_left(["a", "b", "c"], [{"actions": ["iam:*"], "resources": ["a"]}, {"actions": ["*"], "resources": ["c"]}]).resources == ["b"]
	_left(["*"], [{"actions": ["iam:*"], "not_resources": ["a", "b"]}, {"actions": ["*"], "resources": ["b"]}]).resources == ["a"]
}

test_left_of_all_but_some if {
	statement := object.union(_empty, {"not_resources": ["a"]})
	every case in [
		[{"actions": ["iam:*"], "resources": ["b"]}, [[], ["a"]]],
		[{"actions": ["iam:*"], "resources": ["*"]}, [[], []]],
		[{"actions": ["iam:*"], "not_resources": ["b"]}, [["b"], []]],
	] {
		left := denials.left(statement, [object.union(_empty, case[0])], "iam:passrole")
		[left.resources, left.not_resources] == case[1]
	}
}

test_left_keeps_open_what_nothing_takes if {
	statement := object.union(_empty, {"open": {"resources", "actions"}})
	denials.left(statement, [object.union(_empty, {"actions": ["iam:*"], "resources": ["a"]})], "iam:passrole").open == {"resources", "actions"}
	denials.left(statement, [object.union(_empty, {"actions": ["iam:*"], "resources": ["*"]})], "iam:passrole").open == {"actions"}
}

_covers([denial, statement]) if denials.covers(object.union(_empty, denial), object.union(_empty, statement))

_except(operator) := {"operator": operator, "key": "iam:passedtoservice", "values": ["sagemaker.amazonaws.com"], "unclear": false}

_left(resources, denied) := denials.left(
	object.union(_empty, {"resources": resources}), [object.union(_empty, one) | some one in denied],
	"iam:passrole",
)

_empty := {
	"actions": [], "not_actions": [], "resources": [], "not_resources": [],
	"services": [], "conditions": [], "open": set(), "everybody": false, "others": false,
}

_address := "aws_s3_bucket_policy.this"

_reference := "data.aws_iam_policy_document.this.json"

_written(statements) := fixture.known(_address, {"policy": json.marshal({"Statement": statements})})

_unknown(reference) := fixture.resource(_address, {}, {"policy": true}, {"policy": fixture.refers([reference])})

_document(after, unknown) := fixture.resource(
	"data.aws_iam_policy_document.this", object.union({"statement": []}, after),
	object.union({"json": true}, unknown), {},
)

_everybody(statement) if {
	_statements([_written([object.union({"Effect": "Deny"}, statement)])])[0].everybody
}

_statements(resources) := found if {
	found := denials.statements(resources[0].change, ["policy"]) with input as fixture.plan(resources)
}

_open(resources) if {
	denials.open(resources[0].change, ["policy"]) with input as fixture.plan(resources)
}
