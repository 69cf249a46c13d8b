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
		"conditions": [{"operator": "stringequals", "key": "aws:resourcetag/team", "values": ["ml"], "unclear": false}],
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

# What the user guide says of `Action`, `NotAction` and wildcards.
test_covers_as_iam_does if {
	every pair in [
		["*", "s3:GetObject"], ["s3:*", "s3:GetObject"], ["S3:Get*", "s3:GetObject"], ["s3:getobject", "s3:GetObject"],
		["s3:*Object", "s3:GetObject"], ["s3:G?tObject", "s3:GetObject"], ["iam:*AccessKey*", "iam:CreateAccessKey"],
		["*:*", "iam:PassRole"], ["s3:GetObject*", "s3:GetObject"], ["iam:Get???Policy", "iam:GetRolPolicy"],
	] {
		iam.covers(pair[0], pair[1])
	}
	every pair in [
		["s3:Get*", "s3:PutObject"], ["s3:*", "sagemaker:InvokeEndpoint"], ["s3", "s3:GetObject"], ["s3:GetObject?", "s3:GetObject"],
		["", "s3:GetObject"], ["s3:{Get,Put}Object", "s3:GetObject"], ["s3:[G]etObject", "s3:GetObject"], ["s3:Get", "s3:GetObject"],
		[`s3:\*`, "s3:GetObject"],
	] {
		not iam.covers(pair[0], pair[1])
	}
}

test_acts if {
	every statement in [
		{"actions": ["s3:Put*", "s3:Get*"], "not_actions": []}, {"actions": [], "not_actions": ["iam:*"]}, {"actions": ["*"], "not_actions": []},
		{"actions": [], "not_actions": ["s3:Put*", "iam:*"]},
	] {
		iam.acts(statement, "s3:getobject")
	}
	every statement in [
		{"actions": [], "not_actions": []}, {"actions": ["s3:Put*"], "not_actions": []}, {"actions": [], "not_actions": ["iam:*", "s3:Get*"]},
		{"actions": [], "not_actions": ["*"]},
	] {
		not iam.acts(statement, "s3:getobject")
	}
}

test_may_act if {
	every open in [{"actions"}, {"not_actions"}, {"actions", "resources"}] {
		iam.may_act({"actions": [], "not_actions": [], "open": open}, "s3:getobject")
	}
	iam.may_act({"actions": ["s3:*"], "not_actions": [], "open": set()}, "s3:getobject")
	not iam.may_act({"actions": [], "not_actions": [], "open": {"resources"}}, "s3:getobject")
}

test_within_as_iam_does if {
	every pair in [
		["arn:aws:s3:::models/a", "*"], ["arn:aws:s3:::models/a/b", "arn:aws:s3:::models/*"], ["arn:aws:s3:::models/*", "arn:aws:s3:::mod*"],
		["arn:aws:s3:::models", "arn:aws:s3:::models"], ["arn:aws:s3:::models", "arn:aws:s3:::mode?s"], ["*", "*"],
		["arn:aws:iam::111122223333:role/a:b/c", "arn:aws:iam::*:role/*"], ["arn:aws:s3:::a/${aws:username}/x", "arn:aws:s3:::a/${aws:username}/*"],
	] {
		iam.within(pair[0], pair[1])
	}
	every pair in [
		["*", "arn:aws:s3:::models/*"], ["arn:aws:s3:::Models/a", "arn:aws:s3:::models/*"], ["arn:aws:s3:::models", "arn:aws:s3:::models/*"],
		["arn:aws:s3:::mod*", "arn:aws:s3:::mode*"], ["arn:aws:s3:::mod*", "arn:aws:s3:::mod?"], ["arn:aws:s3:::model", "arn:aws:s3:::mode?s"],
	] {
		not iam.within(pair[0], pair[1])
	}
}

test_effect_that_comes_with_the_apply_is_open if {
	document := fixture.resource(
		"data.aws_iam_policy_document.this", {"statement": [{"actions": ["s3:*"], "resources": ["*"]}]},
		{"json": true, "statement": [{"effect": true}]}, {},
	)
	policy := _policy({}, {"policy": true}, fixture.refers(["data.aws_iam_policy_document.this.json"]))
	read := iam.read(policy.change, ["policy"]) with input as fixture.plan([policy, document])
	read == {"statements": [], "denied": [], "open": true}
}

test_statements_that_a_document_takes_over if {
	document := fixture.resource(
		"data.aws_iam_policy_document.this",
		{"statement": [], "source_policy_documents": [json.marshal({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})]},
		{"json": true}, {},
	)
	policy := _policy({}, {"policy": true}, fixture.refers(["data.aws_iam_policy_document.this.json"]))
	read := iam.read(policy.change, ["policy"]) with input as fixture.plan([policy, document])
	read == {
		"statements": [object.union(_empty, {"path": ["policy"], "actions": ["*"], "resources": ["*"]})],
		"denied": [], "open": false,
	}
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
