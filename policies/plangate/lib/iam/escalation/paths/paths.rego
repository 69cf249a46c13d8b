# METADATA
# title: Ways to rights that a policy does not give
# description: >-
#   What somebody has to be allowed, and on what, to end with the rights of others. The first way that fits is the one that
#   is told, so the plainest come first.
# related_resources:
#   - ref: https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation
#   - ref: https://pathfinding.cloud
#   - ref: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
package plangate.lib.iam.escalation.paths

# METADATA
# description: >-
#   The ways in their order: `needs` are actions in lower case, the first of which is the one that a finding points at, and
#   `told` says what they do.
all := array.concat(_alone, _together)

# METADATA
# description: >-
#   What the first action of a way must reach: any resource of a kind, as the service and the beginning of what follows the
#   account in an ARN.
targets := {action: target | some target in _targets; some action in target.actions}

# METADATA
# description: All actions of any way, by service.
by_service := {service: actions |
	some service in {split(action, ":")[0] | some action in _actions}
	actions := {action | some action in _actions; split(action, ":")[0] == service}
}

_actions := {action | some way in all; some action in way.needs}

_alone := [
	{"needs": ["iam:createpolicyversion"], "told": "`iam:CreatePolicyVersion` rewrites any policy, its own too"},
	{"needs": ["iam:setdefaultpolicyversion"], "told": "`iam:SetDefaultPolicyVersion` brings back older and wider versions of any policy"},
	{"needs": ["iam:attachrolepolicy"], "told": "`iam:AttachRolePolicy` attaches any policy to a role"},
	{"needs": ["iam:putrolepolicy"], "told": "`iam:PutRolePolicy` writes rights into a role"},
	{"needs": ["iam:attachuserpolicy"], "told": "`iam:AttachUserPolicy` attaches any policy to a user"},
	{"needs": ["iam:putuserpolicy"], "told": "`iam:PutUserPolicy` writes rights into a user"},
	{"needs": ["iam:attachgrouppolicy"], "told": "`iam:AttachGroupPolicy` attaches any policy to a group"},
	{"needs": ["iam:putgrouppolicy"], "told": "`iam:PutGroupPolicy` writes rights into a group"},
	{"needs": ["iam:addusertogroup"], "told": "`iam:AddUserToGroup` makes users members of any group"},
	{"needs": ["iam:createaccesskey"], "told": "`iam:CreateAccessKey` makes keys of any user"},
	{"needs": ["iam:createloginprofile"], "told": "`iam:CreateLoginProfile` gives any user a password"},
	{"needs": ["iam:updateloginprofile"], "told": "`iam:UpdateLoginProfile` changes the password of any user"},
	{"needs": ["iam:updateassumerolepolicy"], "told": "`iam:UpdateAssumeRolePolicy` lets anybody assume any role"},
	{"needs": ["sts:assumerole"], "told": "`sts:AssumeRole` takes any role that trusts the account"},
	{
		"needs": ["sagemaker:createpresigneddomainurl"],
		"told": "`sagemaker:CreatePresignedDomainUrl` opens the Studio of anybody, with the role of that profile",
	},
	{
		"needs": ["sagemaker:createpresignednotebookinstanceurl"],
		"told": "`sagemaker:CreatePresignedNotebookInstanceUrl` opens any notebook, with its role",
	},
	{
		"needs": ["sagemaker:updatenotebookinstancelifecycleconfig"],
		"told": "`sagemaker:UpdateNotebookInstanceLifecycleConfig` writes what any notebook runs at its start, with its role",
	},
	{"needs": ["lambda:updatefunctioncode"], "told": "`lambda:UpdateFunctionCode` puts code into any function, with its role"},
	{"needs": ["glue:updatedevendpoint"], "told": "`glue:UpdateDevEndpoint` adds a key to any development endpoint, with its role"},
	{"needs": ["ssm:sendcommand"], "told": "`ssm:SendCommand` runs commands on any instance, with its role"},
	{"needs": ["ssm:startsession"], "told": "`ssm:StartSession` opens a shell on any instance, with its role"},
	{
		"needs": ["ec2-instance-connect:sendsshpublickey"],
		"told": "`ec2-instance-connect:SendSSHPublicKey` opens a shell on any instance, with its role",
	},
]

_together := array.concat(
	[
		{
			"needs": [
				"sagemaker:updatenotebookinstance", "sagemaker:createnotebookinstancelifecycleconfig",
				"sagemaker:startnotebookinstance",
			],
			"told": "`sagemaker:UpdateNotebookInstance` makes any notebook run a new lifecycle configuration, with its role",
		},
		{
			"needs": ["bedrock-agentcore:invokecodeinterpreter", "bedrock-agentcore:startcodeinterpretersession"],
			"told": "`bedrock-agentcore:InvokeCodeInterpreter` runs code in any interpreter, with its role",
		},
		{
			"needs": ["ec2:modifyinstanceattribute", "ec2:stopinstances", "ec2:startinstances"],
			"told": "`ec2:ModifyInstanceAttribute` changes what any instance runs at its start, with its role",
		},
	],
	[{"needs": array.concat(["iam:passrole"], actions), "told": told} |
		told := "`iam:PassRole` hands any role to a service that runs code"
		some actions in _runs_code
	],
)

# What starts code of the caller's with a role that the caller passes.
_runs_code := [
	["sagemaker:createtrainingjob"], ["sagemaker:createprocessingjob"], ["sagemaker:createnotebookinstance"],
	["sagemaker:createpipeline", "sagemaker:startpipelineexecution"], ["sagemaker:createuserprofile", "sagemaker:createpresigneddomainurl"],
	["lambda:createfunction"], ["ec2:runinstances"], ["ec2:associateiaminstanceprofile"],
	["ec2:replaceiaminstanceprofileassociation"], ["ecs:registertaskdefinition", "ecs:runtask"],
	["ecs:registertaskdefinition", "ecs:createservice"], ["ecs:registertaskdefinition", "ecs:starttask"],
	["batch:registerjobdefinition", "batch:submitjob"], ["glue:createdevendpoint"], ["glue:createjob", "glue:startjobrun"],
	["glue:updatejob", "glue:startjobrun"], ["codebuild:createproject", "codebuild:startbuild"],
	["cloudformation:createstack"], ["datapipeline:createpipeline", "datapipeline:putpipelinedefinition"],
	["elasticmapreduce:runjobflow"], ["ssm:startautomationexecution"], ["apprunner:createservice"],
	["bedrock-agentcore:createcodeinterpreter", "bedrock-agentcore:invokecodeinterpreter"],
]

_targets := [
	{"service": "iam", "kind": "policy", "actions": ["iam:createpolicyversion", "iam:setdefaultpolicyversion"]},
	{"service": "iam", "kind": "role", "actions": [
		"iam:attachrolepolicy", "iam:putrolepolicy", "iam:updateassumerolepolicy", "iam:passrole", "sts:assumerole",
	]},
	{"service": "iam", "kind": "user", "actions": [
		"iam:attachuserpolicy", "iam:putuserpolicy", "iam:createaccesskey", "iam:createloginprofile", "iam:updateloginprofile",
	]},
	{"service": "iam", "kind": "group", "actions": ["iam:attachgrouppolicy", "iam:putgrouppolicy", "iam:addusertogroup"]},
	{"service": "sagemaker", "kind": "user-profile", "actions": ["sagemaker:createpresigneddomainurl"]},
	{"service": "sagemaker", "kind": "notebook-instance", "actions": [
		"sagemaker:createpresignednotebookinstanceurl", "sagemaker:updatenotebookinstance",
	]},
	{
		"service": "sagemaker", "kind": "notebook-instance-lifecycle-config",
		"actions": ["sagemaker:updatenotebookinstancelifecycleconfig"],
	},
	{"service": "lambda", "kind": "function", "actions": ["lambda:updatefunctioncode"]},
	{"service": "glue", "kind": "devEndpoint", "actions": ["glue:updatedevendpoint"]},
	{"service": "ec2", "kind": "instance", "actions": [
		"ssm:sendcommand", "ssm:startsession", "ec2-instance-connect:sendsshpublickey", "ec2:modifyinstanceattribute",
	]},
	{"service": "bedrock-agentcore", "kind": "code-interpreter", "actions": ["bedrock-agentcore:invokecodeinterpreter"]},
]
