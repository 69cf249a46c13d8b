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

test_each_place_that_names_a_role if {
	resources := [r |
		some i, case in _each_place
		some r in [
			fixture.known(concat("", ["aws_iam_role.r", format_int(i, 10)]), {"name": format_int(i, 10), "assume_role_policy": "{}"}),
			fixture.known(concat("", [case[1], ".r", format_int(i, 10)]), _at(case[2], format_int(i, 10))),
		]
	]
	used := roles.used_for with input as fixture.plan(resources)
	used == {purpose: {concat("", ["aws_iam_role.r", format_int(i, 10)]) | some i, case in _each_place; case[0] == purpose} |
		some purpose in ["notebook", "inference", "training", "other"]
	}
}

test_purposes_by_each_name if {
	used := roles.used_for with input as fixture.plan([fixture.known(
		concat("", ["aws_iam_role.r", format_int(i, 10)]),
		{"name": case[0], "assume_role_policy": _trust},
	) |
		some i, case in _each_name
	])
	used == {purpose: {concat("", ["aws_iam_role.r", format_int(i, 10)]) | some i, case in _each_name; purpose in case[1]} |
		some purpose in ["notebook", "inference", "training", "other"]
	}
}

test_policies_that_roles_hold if {
	inline := fixture.known("aws_iam_role_policy.inline", {"role": "chat", "policy": _allow})
	attached := fixture.known("aws_iam_policy.attached", {"name": "attached", "policy": _allow})
	alone := fixture.known("aws_iam_policy.alone", {"name": "alone", "policy": _allow})
	attachment := fixture.known("aws_iam_role_policy_attachment.this", {
		"role": "chat",
		"policy_arn": "arn:aws:iam::111122223333:policy/attached",
	})
	inside := fixture.known("aws_iam_role.inside", {
		"name": "inside", "assume_role_policy": "{}",
		"inline_policy": [{"name": "a", "policy": _allow}, {"name": "b", "policy": _allow}],
	})
	repeated := fixture.resource("aws_iam_role.repeated", {"name": "repeated", "inline_policy": [{"name": "a", "policy": _allow}]}, {}, {})
	_held([_role, inline, attached, alone, attachment, inside, repeated]) == {
		["aws_iam_role_policy.inline", ["policy"], {"aws_iam_role.this"}, true, [["s3:GetObject"]], false],
		["aws_iam_policy.attached", ["policy"], {"aws_iam_role.this"}, true, [["s3:GetObject"]], false],
		["aws_iam_policy.alone", ["policy"], set(), false, [["s3:GetObject"]], false],
		["aws_iam_role.inside", ["inline_policy", 0, "policy"], {"aws_iam_role.inside"}, true, [["s3:GetObject"]], false],
		["aws_iam_role.inside", ["inline_policy", 1, "policy"], {"aws_iam_role.inside"}, true, [["s3:GetObject"]], false],
	}
}

test_policies_that_users_and_groups_hold if {
	resources := [
		fixture.known("aws_iam_user_policy.this", {"user": "a", "policy": _allow}), fixture.known("aws_iam_group_policy.this", {"group": "a", "policy": _allow}),
		fixture.known("aws_iam_role_policy.this", {"role": "a", "policy": _allow}),
	]
	found := {[one.policy.address, one.path, one.roles, one.attached, one.open] | some one in roles.personal} with input as fixture.plan(resources)
	found == {
		["aws_iam_user_policy.this", ["policy"], set(), true, false],
		["aws_iam_group_policy.this", ["policy"], set(), true, false],
	}
}

test_hidden_policies if {
	_hidden([_role, _late("terraform_data.this.output")]) == {"aws_iam_role_policy.late"}
	_hidden([_role, _late("aws_s3_bucket.this.arn")]) == set()
	_hidden([_role, fixture.known("aws_iam_role_policy.this", {"role": "chat", "policy": _allow})]) == set()
}

test_role_of_a_profile_by_name_of_several if {
	other := fixture.known("aws_iam_role.other", {"name": "other", "assume_role_policy": "{}"})
	profiles := [
		fixture.known("aws_iam_instance_profile.this", {"name": "this", "role": "other"}),
		fixture.resource("aws_iam_instance_profile.late", {}, {"role": true}, {"role": fixture.refers(["aws_iam_role.this.name"])}),
		fixture.known("aws_iam_instance_profile.none", {"name": "none"}),
	]
	every case in [["this", {"aws_iam_role.other"}], ["late", {"aws_iam_role.this"}], ["none", set()]] {
		r := fixture.resource("aws_x.this", {}, {"role": true}, {"role": fixture.refers([concat("", ["aws_iam_instance_profile.", case[0], ".arn"])])})
		named := roles.named(r.change, ["role"]) with input as fixture.plan(array.concat([_role, other, r], profiles))
		named == case[1]
	}
}

test_untraced_policies_of_machine_learning if {
	late := fixture.resource(
		"aws_iam_role_policy_attachment.this", {"role": "training"}, {"policy_arn": true},
		{"policy_arn": fixture.refers(["terraform_data.this.output"])},
	)
	learning := fixture.known("aws_iam_role.this", {"name": "training", "assume_role_policy": _trust})
	known := fixture.known("aws_iam_role_policy_attachment.this", {"role": "training", "policy_arn": "arn:aws:iam::111122223333:policy/gone"})
	_untraced([learning, late])
	not _untraced([fixture.known("aws_iam_role.this", {"name": "training", "assume_role_policy": "{}"}), late])
	not _untraced([learning, known])
	traced := fixture.resource(
		"aws_iam_role_policy_attachment.this", {"role": "training"}, {"policy_arn": true},
		{"policy_arn": fixture.refers(["aws_iam_policy.own.arn"])},
	)
	not _untraced([learning, traced, fixture.known("aws_iam_policy.own", {"name": "own", "policy": "{}"})])
}

test_policies_of_aws_that_read_buckets if {
	every name in ["AmazonS3ReadOnlyAccess", "ReadOnlyAccess", "job-function/DataScientist"] {
		roles.reads_buckets(concat("", ["arn:aws-cn:iam::aws:policy/", name]))
		not roles.reads_buckets(concat("", ["arn:aws:iam::111122223333:policy/", name]))
	}
	not roles.reads_buckets("arn:aws:iam::aws:policy/AmazonS3FullAccess")
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

_each_place := [
	["notebook", "aws_sagemaker_notebook_instance", ["role_arn"]],
	["notebook", "aws_sagemaker_domain", ["default_user_settings", 0, "execution_role"]],
	["notebook", "aws_sagemaker_domain", ["default_space_settings", 0, "execution_role"]],
	["notebook", "aws_sagemaker_user_profile", ["user_settings", 0, "execution_role"]],
	["inference", "aws_sagemaker_model", ["execution_role_arn"]],
	["inference", "aws_sagemaker_endpoint_configuration", ["execution_role_arn"]],
	["training", "aws_sagemaker_training_job", ["role_arn"]], ["training", "aws_sagemaker_pipeline", ["role_arn"]],
	["training", "aws_bedrock_custom_model", ["role_arn"]], ["training", "aws_eks_node_group", ["node_role_arn"]],
	["training", "aws_batch_compute_environment", ["compute_resources", 0, "instance_role"]],
	["other", "aws_sagemaker_feature_group", ["role_arn"]], ["other", "aws_sagemaker_mlflow_tracking_server", ["role_arn"]],
	["other", "aws_sagemaker_data_quality_job_definition", ["role_arn"]], ["other", "aws_sagemaker_flow_definition", ["role_arn"]],
	["other", "aws_bedrockagent_agent", ["agent_resource_role_arn"]], ["other", "aws_bedrockagent_knowledge_base", ["role_arn"]],
	["other", "aws_bedrockagent_flow", ["execution_role_arn"]], ["other", "aws_bedrockagentcore_agent_runtime", ["role_arn"]],
	["other", "aws_bedrockagentcore_gateway", ["role_arn"]], ["other", "aws_bedrockagentcore_code_interpreter", ["execution_role_arn"]],
	["other", "aws_bedrockagentcore_browser", ["execution_role_arn"]],
	["other", "aws_bedrockagentcore_memory", ["memory_execution_role_arn"]],
]

_each_name := [
	["my-notebook", {"notebook"}], ["Studio", {"notebook"}], ["workbench", {"notebook"}], ["jupyter", {"notebook"}],
	["datascience", {"notebook"}], ["data-scientist", {"notebook"}], ["inference", {"inference"}], ["endpoint-a", {"inference"}],
	["serving", {"inference"}], ["train", {"training"}], ["finetune", {"training"}], ["fine-tuning", {"training"}],
	["hyperparameters", {"training"}], ["training-notebook", {"notebook", "training"}], ["chat", set()],
]

_trust := json.marshal({"Statement": [{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}}]})

_allow := json.marshal({"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})

_at([name], role) := {name: role}

_at([block, 0, name], role) := {block: [{name: role}]}

_late(reference) := fixture.resource(
	"aws_iam_role_policy.late", {"role": "chat"}, {"policy": true},
	{"policy": fixture.refers([reference])},
)

_held(resources) := found if {
	found := {[one.policy.address, one.path, one.roles, one.attached, [statement.actions | some statement in one.statements], one.open] |
		some one in roles.held
	} with input as fixture.plan(resources)
}

_hidden(resources) := found if {
	found := {one.policy.address | some one in roles.hidden} with input as fixture.plan(resources)
}

_untraced(resources) if {
	roles.untraced with input as fixture.plan(resources)
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
