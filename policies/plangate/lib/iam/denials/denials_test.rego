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
		{
			"actions": ["s3:*"], "not_actions": [], "resources": ["a", "b"], "everybody": true,
			"conditions": [
				{"operator": "bool", "key": "aws:securetransport", "values": ["false"]},
				{"operator": "stringequals", "key": "aws:requestedregion", "values": ["eu"]},
			],
		},
		{"actions": [], "not_actions": ["s3:Get*"], "resources": ["*"], "everybody": false, "conditions": []},
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
	_statements([_unknown(_reference), _document({"statement": [{"effect": "Allow"}, {"actions": ["s3:*"]}, block]}, {})]) == [{
		"actions": ["s3:*"], "not_actions": [], "resources": ["*"], "everybody": true,
		"conditions": [{"operator": "bool", "key": "aws:securetransport", "values": ["false"]}],
	}]
	_statements([_unknown(_reference), _document({"statement": [{"effect": "Deny", "not_actions": ["iam:*"]}]}, {})]) == [{
		"actions": [], "not_actions": ["iam:*"], "resources": [], "everybody": false, "conditions": [],
	}]
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

test_covers if {
	denials.covers({"actions": ["s3:Get*"], "not_actions": []}, "s3:getobject")
	denials.covers({"actions": [], "not_actions": ["iam:*"]}, "s3:getobject")
	not denials.covers({"actions": ["s3:Put*"], "not_actions": []}, "s3:getobject")
	not denials.covers({"actions": [], "not_actions": ["iam:*", "s3:Get*"]}, "s3:getobject")
	not denials.covers({"actions": [], "not_actions": []}, "s3:getobject")
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
