package plangate.lib.iam_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam

test_reads_json_with_single_values if {
	_allowed(_written({"Statement": {
		"Effect": "Allow",
		"Action": "s3:*",
		"Resource": "*",
		"Condition": {"StringEquals": {"aws:ResourceTag/team": "ml"}},
	}})) == [object.union(_empty, {
		"path": ["policy", "Statement", 0],
		"actions": ["s3:*"],
		"resources": ["*"],
		"conditions": ["aws:resourcetag/team"],
	})]
}

test_leaves_deny_and_nonsense_out if {
	every document in [
		{"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]},
		{"Statement": []},
		{"Statement": [1, null]},
		{},
		[],
		7,
	] {
		_allowed(_written(document)) == []
	}
	every text in ["", "{", "no json"] {
		_allowed(fixture.known(_address, {"policy": text})) == []
	}
}

test_reads_services_that_may_assume if {
	[statement.services | some statement in _allowed(_written({"Statement": [
		{"Effect": "Allow", "Principal": {"Service": ["sagemaker.amazonaws.com"]}},
		{"Effect": "Allow", "Principal": {"AWS": "*"}},
		{"Effect": "Allow", "Principal": "*"},
	]}))] == [["sagemaker.amazonaws.com"], [], []]
}

test_reads_a_data_source_that_the_apply_reads if {
	statements := [object.remove(statement, ["source"]) | some statement in _deferred_allowed(
		[
			{"actions": ["sagemaker:InvokeEndpoint"], "resources": [null]},
			{"actions": ["*"], "resources": ["*"], "effect": "Allow"},
			{"actions": ["*"], "resources": ["*"], "effect": "Deny"},
		],
		["aws_sagemaker_endpoint.chat.arn"],
	)]
	statements == [
		object.union(_empty, {
			"path": ["policy"],
			"at": ["statement", 0],
			"actions": ["sagemaker:InvokeEndpoint"],
		}),
		object.union(_empty, {
			"path": ["policy"],
			"at": ["statement", 1],
			"actions": ["*"],
			"resources": ["*"],
		}),
	]
}

test_open_is_what_no_reference_settles if {
	[statement.open | some statement in _deferred_allowed(
		[{"actions": ["s3:GetObject"], "resources": [null]}],
		["terraform_data.handoff.output"],
	)] == [{"resources"}]
}

test_policy_that_nobody_sees_is_open if {
	open := _policy({}, {"policy": true}, fixture.refers(["terraform_data.handoff.output"]))
	iam.open(open.change, ["policy"]) with input as fixture.plan([open])
	closed := _written({"Statement": []})
	not iam.open(closed.change, ["policy"]) with input as fixture.plan([closed])
}

test_document_with_unknown_statements_is_open if {
	every after_unknown in [{"json": true, "statement": true}, {"json": true, "source_policy_documents": [true]}] {
		document := fixture.resource("data.aws_iam_policy_document.this", {"statement": null}, after_unknown, {})
		policy := _policy({}, {"policy": true}, fixture.refers(["data.aws_iam_policy_document.this.json"]))
		iam.open(policy.change, ["policy"]) with input as fixture.plan([policy, document])
	}
}

test_covers_as_iam_does if {
	iam.covers("*", "s3:getobject")
	iam.covers("S3:Get*", "s3:GetObject")
	iam.covers("s3:getobject", "s3:getobject")
	not iam.covers("s3:get*", "s3:putobject")
	not iam.covers("s3:*", "sagemaker:invokeendpoint")
}

_address := "aws_iam_policy.this"

_empty := {
	"actions": [], "not_actions": [], "resources": [], "not_resources": [],
	"services": [], "conditions": [], "open": set(),
}

_written(document) := fixture.known(_address, {"policy": json.marshal(document)})

_policy(after, unknown, expression) := fixture.resource(_address, after, unknown, {"policy": expression})

_allowed(resource) := statements if {
	statements := iam.allowed(resource.change, ["policy"]) with input as fixture.plan([resource])
}

_deferred_allowed(blocks, references) := statements if {
	unknown := [{"resources": flags} |
		some block in blocks
		flags := [flag | some value in block.resources; flag := json.marshal(value) == "null"]
	]
	document := fixture.resource(
		"data.aws_iam_policy_document.this",
		{"statement": blocks},
		{"json": true, "statement": unknown},
		{"statement": [{"resources": fixture.refers(references)}]},
	)
	policy := _policy({}, {"policy": true}, fixture.refers(["data.aws_iam_policy_document.this.json"]))
	statements := iam.allowed(policy.change, ["policy"]) with input as fixture.plan([policy, document])
}
