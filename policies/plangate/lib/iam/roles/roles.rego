# METADATA
# title: What roles are for
# description: >-
#   Tells which roles of a plan training, inference, agents and notebooks use: by the resources that name them and by the
#   service that may assume them. Joins policies to roles by reference or by a known name.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
#   - ref: https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
package plangate.lib.iam.roles

import data.plangate.lib.group
import data.plangate.lib.iam
import data.plangate.lib.iam.storage
import data.plangate.lib.origin
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: Addresses of the roles that any part of a machine learning system uses.
machine_learning := (((trusted | used_for.notebook) | used_for.inference) | used_for.training) | used_for.other

# METADATA
# description: Addresses of the roles that SageMaker or Bedrock may assume.
trusted := {role.address |
	some role in plan.resources.aws_iam_role
	some statement in iam.allowed(role, ["assume_role_policy"])
	some service in statement.services
	regex.match(`^(sagemaker|bedrock|bedrock-agentcore)\.`, service)
}

# METADATA
# description: >-
#   Addresses of the roles that resources of the plan name, by purpose: `notebook`, `inference`, `training` (with the nodes
#   and jobs that train) and `other`. A role that SageMaker assumes is also known by its name.
used_for := {purpose: union({_by_use(places), _by_purpose_name(purpose)}) | some purpose, places in _places}

# METADATA
# description: >-
#   Addresses of the roles that the attribute at `path` names: by reference or through an instance profile, else by ARN or
#   name, which may be the same in many accounts.
named(r, path) := _narrowed(_referred(r, path), r, path)

_narrowed(referred, r, path) := referred if {
	count(referred) == 1
} else := _known_by_name(r, path) if {
	count(referred) == 0
} else := of_both if {
	# `aws_iam_role.x[each.value].name` refers to all of them, the name that is known to one.
	of_both := _known_by_name(r, path) & referred
	count(of_both) > 0
} else := referred

# Who holds what is written beside it: the roles that the attribute names, unless a conditional leaves open which.
_holders_at(r, path) := named(r, path) if {
	not _chosen(r, path)
} else := set()

_chosen(r, path) if {
	path != ["roles"]
	count(plan.targets(r, path, "aws_iam_role")) > 0
	count(plan.target(r, path, "aws_iam_role")) == 0
}

_referred(r, path) := plan.targets(r, path, "aws_iam_role") | {address |
	count(_of_profile) > 0
	some profile in configuration.instances(r, path, "aws_iam_instance_profile")
	some address in _of_profile[profile.address]
}

_known_by_name(r, path) := {address |
	some text in _texts(plan.known(r, path))
	some address in _by_name[_last(text)]
}

# METADATA
# description: Addresses of the roles that models of the plan run with.
of_models := _by_use(_places.inference)

# METADATA
# description: Whether a managed policy of AWS gives its role the account, or all of SageMaker.
administrative(arn) if regex.match(`^arn:aws[a-z-]*:iam::aws:policy/(AdministratorAccess|PowerUserAccess|IAMFullAccess|AmazonSageMakerFullAccess)$`, arn)

# METADATA
# description: >-
#   Whether a managed policy of AWS lets its role read every bucket, other than those whose name says full access or
#   administrator.
reads_buckets(arn) if regex.match(`^arn:aws[a-z-]*:iam::aws:policy/(AmazonS3ReadOnlyAccess|ReadOnlyAccess|job-function/DataScientist)$`, arn)

# METADATA
# description: >-
#   The policies that roles hold, `{"policy", "path", "roles", "attached", "statements", "open"}`: inline, attached, and
#   inside a role. A role repeats what is attached to it, so of those inside only what the configuration writes down counts.
#   `statements` are those of `iam.allowed`, read once for all who ask; `open` is `iam.open`.
held := [object.union(place, iam.read(place.policy, place.path)) |
	some place in array.concat(array.concat(_inline, _managed), _inside)
]

# METADATA
# description: >-
#   Of the policies that roles hold, those with statements that nobody sees before the apply. One that refers to buckets,
#   keys and other stores alone speaks of those and is left out.
hidden := [one |
	some one in held
	one.open
	not storage.about_stores(one.policy, one.path)
]

_inline := [{"policy": policy, "path": ["policy"], "roles": _holders_at(policy, ["role"]), "attached": true} |
	some policy in plan.resources.aws_iam_role_policy
]

_managed := [{"policy": policy, "path": ["policy"], "roles": {role | some role in holders}, "attached": count(holders) > 0} |
	some policy in plan.resources.aws_iam_policy
	holders := object.get(of_policy, policy.address, [])
]

_inside := [{"policy": role, "path": array.concat(block.path, ["policy"]), "roles": {role.address}, "attached": true} |
	some role in plan.resources.aws_iam_role
	origin.declared(role, "inline_policy")
	some block in plan.blocks(role, ["inline_policy"])
]

# METADATA
# description: The policies written into users and groups, in the form of `held`, of no roles.
personal := [object.union({"policy": policy, "path": ["policy"], "roles": set(), "attached": true}, iam.read(policy, ["policy"])) |
	some type in ["aws_iam_user_policy", "aws_iam_group_policy"]
	some policy in plan.resources[type]
]

# METADATA
# description: Whether nobody can tell before the apply which role the attribute at `path` names.
unnamed(r, path) if {
	plan.unknown(r, path)
	count(_holders_at(r, path)) == 0
}

# METADATA
# description: >-
#   Attachments of managed policies to roles, `{"attachment", "roles", "policies", "arn", "path"}`: the addresses of roles
#   and of policies of this plan, and the ARN when it is known. A list of them, in a role too, is one for each ARN.
attachments := array.concat(
	[{
		"attachment": attachment,
		"roles": _holders_at(attachment, [place.role]),
		"policies": _policies(attachment, "policy_arn"),
		"arn": object.get(attachment.change.after, "policy_arn", null),
		"path": ["policy_arn"],
	} |
		some place in [
			{"type": "aws_iam_role_policy_attachment", "role": "role"},
			{"type": "aws_iam_policy_attachment", "role": "roles"},
		]
		some attachment in plan.resources[place.type]
	],
	[one |
		some place in [
			{"type": "aws_iam_role_policy_attachments_exclusive", "name": "policy_arns"},
			{"type": "aws_iam_role", "name": "managed_policy_arns"},
		]
		some r in plan.resources[place.type]
		origin.declared(r, place.name)
		some one in _listed(r, place.name)
	],
)

# METADATA
# description: Addresses of the roles that a policy of this plan is attached to, by the policy's address.
of_policy := group.by_key([[policy, role] |
	some attached in attachments
	some policy in attached.policies
	some role in attached.roles
])

# METADATA
# description: Whether a role of machine learning gets a policy of which nobody can tell before the apply which one it is.
untraced if {
	some attached in attachments
	plan.unknown(attached.attachment, attached.path)
	count(attached.policies) == 0
	some role in attached.roles
	machine_learning[role]
}

_listed(r, name) := [{"attachment": r, "roles": _holder(r), "policies": _policies_of(arn), "arn": arn, "path": [name]} |
	some arn in plan.known(r, [name])
	arn != null
] if {
	not plan.unknown(r, [name])
} else := [{"attachment": r, "roles": _holder(r), "policies": policies, "arn": null, "path": [name]}] if {
	policies := plan.targets(r, [name], "aws_iam_policy")
}

_holder(r) := {r.address} if {
	r.type == "aws_iam_role"
} else := _holders_at(r, ["role_name"])

_policies(r, name) := targets if {
	targets := plan.target(r, [name], "aws_iam_policy")
	count(targets) > 0
} else := _policies_of(plan.known(r, [name])) if {
	true
} else := set()

_policies_of(arn) := {address | some address in _policy_by_name[_last(arn)]; not contains(arn, ":iam::aws:")}

_policy_by_name := group.by_key([[name, policy.address] |
	some policy in plan.resources.aws_iam_policy
	name := plan.known(policy, ["name"])
])

_by_use(places) := {address |
	some place in places
	some r in plan.resources[place.type]
	some address in named(r, place.path)
}

_by_purpose_name(purpose) := {role.address |
	some role in plan.resources.aws_iam_role
	trusted[role.address]
	regex.match(_purpose_names[purpose], lower(plan.known(role, ["name"])))
}

_by_name := group.by_key([[name, role.address] |
	some role in plan.resources.aws_iam_role
	name := plan.known(role, ["name"])
])

_of_profile := {profile.address: _role_of(profile) | some profile in plan.resources.aws_iam_instance_profile}

_role_of(profile) := direct if {
	direct := plan.target(profile, ["role"], "aws_iam_role")
	count(direct) > 0
} else := {address | some address in _by_name[plan.known(profile, ["role"])]}

_last(text) := segments[count(segments) - 1] if segments := split(text, "/")

_texts(value) := [text | some text in value; is_string(text)] if {
	is_array(value)
} else := [json.unmarshal(value).jobRoleArn] if {
	is_string(value)
	startswith(value, "{")
	json.is_valid(value)
} else := [value] if {
	is_string(value)
} else := []

_purpose_names := {
	"notebook": `notebook|studio|workbench|jupyter|data-?scien`,
	"inference": `inference|endpoint|serving`,
	"training": `train|fine-?tun|hyperparameter`,
	"other": `^$`,
}

_places := {
	"notebook": [
		{"type": "aws_sagemaker_notebook_instance", "path": ["role_arn"]},
		{"type": "aws_sagemaker_domain", "path": ["default_user_settings", 0, "execution_role"]},
		{"type": "aws_sagemaker_domain", "path": ["default_space_settings", 0, "execution_role"]},
		{"type": "aws_sagemaker_user_profile", "path": ["user_settings", 0, "execution_role"]},
	],
	"inference": [
		{"type": "aws_sagemaker_model", "path": ["execution_role_arn"]},
		{"type": "aws_sagemaker_endpoint_configuration", "path": ["execution_role_arn"]},
	],
	"training": [
		{"type": "aws_sagemaker_training_job", "path": ["role_arn"]},
		{"type": "aws_sagemaker_pipeline", "path": ["role_arn"]},
		{"type": "aws_bedrock_custom_model", "path": ["role_arn"]},
		{"type": "aws_eks_node_group", "path": ["node_role_arn"]},
		{"type": "aws_batch_compute_environment", "path": ["compute_resources", 0, "instance_role"]},
		{"type": "aws_batch_job_definition", "path": ["container_properties"]},
	],
	"other": [
		{"type": "aws_sagemaker_feature_group", "path": ["role_arn"]},
		{"type": "aws_sagemaker_mlflow_tracking_server", "path": ["role_arn"]},
		{"type": "aws_sagemaker_data_quality_job_definition", "path": ["role_arn"]},
		{"type": "aws_sagemaker_flow_definition", "path": ["role_arn"]},
		{"type": "aws_bedrockagent_agent", "path": ["agent_resource_role_arn"]},
		{"type": "aws_bedrockagent_knowledge_base", "path": ["role_arn"]},
		{"type": "aws_bedrockagent_flow", "path": ["execution_role_arn"]},
		{"type": "aws_bedrockagentcore_agent_runtime", "path": ["role_arn"]},
		{"type": "aws_bedrockagentcore_gateway", "path": ["role_arn"]},
		{"type": "aws_bedrockagentcore_code_interpreter", "path": ["execution_role_arn"]},
		{"type": "aws_bedrockagentcore_browser", "path": ["execution_role_arn"]},
		{"type": "aws_bedrockagentcore_memory", "path": ["memory_execution_role_arn"]},
	],
}
