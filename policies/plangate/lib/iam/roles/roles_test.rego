package plangate.lib.iam.roles_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.roles

test_role_by_reference_by_name_by_arn_and_through_a_profile if {
	every r in [
		fixture.resource("aws_x.this", {}, {"role": true}, {"role": fixture.refers(["aws_iam_role.this.arn"])}),
		fixture.known("aws_x.this", {"role": "chat"}),
		fixture.known("aws_x.this", {"role": "arn:aws:iam::111122223333:role/ml/chat"}),
		fixture.resource("aws_x.this", {}, {"role": true}, {"role": fixture.refers(["aws_iam_instance_profile.this.arn"])}),
	] {
		named := roles.named(r.change, ["role"]) with input as fixture.plan([_role, _profile, r])
		named == {"aws_iam_role.this"}
	}
}

test_role_of_a_batch_job if {
	every text in [`{"jobRoleArn": "arn:aws:iam::111122223333:role/chat", "image": "x"}`] {
		r := fixture.known("aws_batch_job_definition.this", {"container_properties": text})
		_used([_role, r]) == {"training"}
	}
	every text in [`{"executionRoleArn": "arn:aws:iam::111122223333:role/chat"}`, "{", `{"jobRoleArn": 1}`, "[]"] {
		r := fixture.known("aws_batch_job_definition.this", {"container_properties": text})
		_used([_role, r]) == set()
	}
}

test_lists_of_managed_policies if {
	read := "arn:aws:iam::aws:policy/ReadOnlyAccess"
	own := fixture.known("aws_iam_policy.own", {"name": "own", "policy": "{}"})
	holding := fixture.known("aws_iam_role.this", {"name": "chat", "managed_policy_arns": [read, "arn:aws:iam::111122223333:policy/own"]})
	_attachments([holding, own]) == {
		["aws_iam_role.this", {"aws_iam_role.this"}, set(), read, ["managed_policy_arns"]],
		["aws_iam_role.this", {"aws_iam_role.this"}, {"aws_iam_policy.own"}, "arn:aws:iam::111122223333:policy/own", ["managed_policy_arns"]],
	}
	exclusive := fixture.known("aws_iam_role_policy_attachments_exclusive.this", {"role_name": "chat", "policy_arns": [read]})
	_attachments([_role, exclusive]) == {[
		"aws_iam_role_policy_attachments_exclusive.this", {"aws_iam_role.this"}, set(), read, ["policy_arns"],
	]}
	unknown := fixture.resource(
		"aws_iam_role.this", {"name": "chat"}, {"managed_policy_arns": true},
		{"managed_policy_arns": fixture.refers(["aws_iam_policy.own.arn"])},
	)
	_attachments([unknown, own]) == {["aws_iam_role.this", {"aws_iam_role.this"}, {"aws_iam_policy.own"}, null, ["managed_policy_arns"]]}
	repeated := fixture.resource("aws_iam_role.this", {"name": "chat", "managed_policy_arns": [read]}, {}, {})
	_attachments([repeated]) == set()
}

# A policy of AWS has the name of one of the plan.
test_policies_by_name_are_those_of_the_account if {
	own := fixture.known("aws_iam_policy.own", {"name": "ReadOnlyAccess", "policy": "{}"})
	every case in [["aws", set()], ["111122223333", {"aws_iam_policy.own"}]] {
		arn := concat("", ["arn:aws:iam::", case[0], ":policy/ReadOnlyAccess"])
		attached := fixture.known("aws_iam_role_policy_attachment.this", {"role": "chat", "policy_arn": arn})
		_attachments([_role, own, attached]) == {["aws_iam_role_policy_attachment.this", {"aws_iam_role.this"}, case[1], arn, ["policy_arn"]]}
	}
}

test_role_that_nobody_can_name if {
	r := fixture.resource("aws_x.this", {}, {"role": true}, {"role": fixture.refers(["terraform_data.this.output"])})
	roles.unnamed(r.change, ["role"]) with input as fixture.plan([_role, r])
}

test_purposes_by_use_and_by_name if {
	_used([_role, _user("aws_sagemaker_notebook_instance.this", "role_arn")]) == {"notebook"}
	_used([_role, _user("aws_sagemaker_model.this", "execution_role_arn")]) == {"inference"}
	_used([_role, _user("aws_eks_node_group.this", "node_role_arn")]) == {"training"}
	_used([_role, _user("aws_bedrockagent_agent.this", "agent_resource_role_arn")]) == {"other"}
	_used([fixture.known("aws_iam_role.this", {
		"name": "llm-training",
		"assume_role_policy": json.marshal({"Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}}]}),
	})]) == {"training"}
	_used([fixture.known("aws_iam_role.this", {"name": "llm-training", "assume_role_policy": "{}"})]) == set()
}

test_administrative_policies_are_those_of_aws if {
	roles.administrative("arn:aws:iam::aws:policy/AdministratorAccess")
	roles.administrative("arn:aws-cn:iam::aws:policy/PowerUserAccess")
	not roles.administrative("arn:aws:iam::111122223333:policy/AdministratorAccess")
	not roles.administrative("arn:aws:iam::aws:policy/AmazonSageMakerReadOnly")
}

test_named_by_reference_to_all_and_by_name_of_one if {
	each := [
		fixture.keyed("a", fixture.resource("aws_iam_role.each", {"name": "each-a"}, {}, {})),
		fixture.keyed("b", fixture.resource("aws_iam_role.each", {"name": "each-b"}, {}, {})),
	]
	r := fixture.resource("aws_x.this", {"role": "each-b"}, {}, {"role": fixture.refers(["aws_iam_role.each", "each.value"])})
	one := roles.named(r.change, ["role"]) with input as fixture.plan(array.concat(each, [r]))
	one == {"aws_iam_role.each[\"b\"]"}
	late := fixture.resource("aws_x.this", {}, {"role": true}, {"role": fixture.refers(["aws_iam_role.each", "each.value"])})
	all := roles.named(late.change, ["role"]) with input as fixture.plan(array.concat(each, [late]))
	all == {"aws_iam_role.each[\"a\"]", "aws_iam_role.each[\"b\"]"}
}

_role := fixture.known("aws_iam_role.this", {"name": "chat", "assume_role_policy": "{}"})

_profile := fixture.known("aws_iam_instance_profile.this", {"role": "chat"})

_user(address, name) := fixture.resource(address, {}, {name: true}, {name: fixture.refers(["aws_iam_role.this.arn"])})

_attachments(resources) := found if {
	found := {[a.attachment.address, a.roles, a.policies, a.arn, a.path] | some a in roles.attachments} with input as fixture.plan(resources)
}

_used(resources) := purposes if {
	purposes := {purpose | some purpose, addresses in roles.used_for; addresses["aws_iam_role.this"]} with input as fixture.plan(resources)
}

# Of two roles or policies a conditional chooses one, so none holds what is attached; a list means them all.
test_a_choice_holds_nothing if {
	either := fixture.refers(["var.swap", "aws_iam_role.a.name", "aws_iam_role.b.name"])
	one := fixture.refers(["aws_iam_role.a.name"])
	policies := fixture.refers(["aws_iam_policy.a.arn", "aws_iam_policy.b.arn"])
	resources := [
		fixture.resource("aws_iam_role_policy_attachment.either", {}, {"role": true}, {"role": either}),
		fixture.resource("aws_iam_role_policy_attachment.one", {}, {"role": true, "policy_arn": true}, {"role": one, "policy_arn": policies}),
		fixture.resource("aws_iam_policy_attachment.all", {}, {"roles": true}, {"roles": either}),
		fixture.resource("aws_iam_role_policy.either", {}, {"role": true, "policy": true}, {"role": either}),
		fixture.known("aws_iam_role.a", {}),
		fixture.known("aws_iam_role.b", {}),
		fixture.known("aws_iam_policy.a", {}),
		fixture.known("aws_iam_policy.b", {}),
	]
	{[attached.attachment.address, attached.roles, attached.policies] | some attached in roles.attachments} == {
		["aws_iam_role_policy_attachment.either", set(), set()],
		["aws_iam_role_policy_attachment.one", {"aws_iam_role.a"}, set()],
		["aws_iam_policy_attachment.all", {"aws_iam_role.a", "aws_iam_role.b"}, set()],
	} with input as fixture.plan(resources)
	roles.unnamed(resources[0].change, ["role"]) with input as fixture.plan(resources)
	not _unnamed(resources[1].change, ["role"]) with input as fixture.plan(resources)
	{held.roles | some held in roles.held; held.policy.type == "aws_iam_role_policy"} == {set()} with input as fixture.plan(resources)
}

_unnamed(r, path) if roles.unnamed(r, path)
