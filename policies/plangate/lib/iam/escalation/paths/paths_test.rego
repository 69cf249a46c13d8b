package plangate.lib.iam.escalation.paths_test

import data.plangate.lib.iam.escalation.paths

test_ways_in_their_order if {
	[way.needs | some way in paths.all] == [[lower(action) | some action in way] | some way in _ways]
}

test_each_way_tells_its_first_action_and_what_it_does if {
	every i, way in paths.all {
		startswith(way.told, sprintf("`%s` ", [_ways[i][0]]))
		count(split(way.told, " ")) > 3
	}
	count({way.told | some way in paths.all}) == count({way[0] | some way in _ways})
}

test_actions_by_service if {
	paths.by_service == {service: actions |
		some service in [
			"iam", "sts", "sagemaker", "lambda", "glue", "ssm", "ec2-instance-connect", "bedrock-agentcore", "ec2", "ecs",
			"batch", "codebuild", "cloudformation", "datapipeline", "elasticmapreduce", "apprunner",
		]
		actions := {lower(action) |
			some way in _ways
			some action in way
			startswith(action, concat("", [service, ":"]))
		}
	}
}

test_what_the_first_action_of_a_way_must_reach if {
	{action: [target.service, target.kind] | some action, target in paths.targets} == {lower(action): split(target, " ") |
		some action, target in _reached
	}
}

test_every_way_must_reach_something if {
	every way in paths.all {
		paths.targets[way.needs[0]]
	}
}

_reached := {
	"iam:CreatePolicyVersion": "iam policy", "iam:SetDefaultPolicyVersion": "iam policy",
	"iam:AttachRolePolicy": "iam role", "iam:PutRolePolicy": "iam role", "iam:UpdateAssumeRolePolicy": "iam role",
	"iam:PassRole": "iam role", "sts:AssumeRole": "iam role",
	"iam:AttachUserPolicy": "iam user", "iam:PutUserPolicy": "iam user", "iam:CreateAccessKey": "iam user",
	"iam:CreateLoginProfile": "iam user", "iam:UpdateLoginProfile": "iam user",
	"iam:AttachGroupPolicy": "iam group", "iam:PutGroupPolicy": "iam group", "iam:AddUserToGroup": "iam group",
	"sagemaker:CreatePresignedDomainUrl": "sagemaker user-profile",
	"sagemaker:CreatePresignedNotebookInstanceUrl": "sagemaker notebook-instance",
	"sagemaker:UpdateNotebookInstance": "sagemaker notebook-instance",
	"sagemaker:UpdateNotebookInstanceLifecycleConfig": "sagemaker notebook-instance-lifecycle-config",
	"lambda:UpdateFunctionCode": "lambda function", "glue:UpdateDevEndpoint": "glue devEndpoint",
	"ssm:SendCommand": "ec2 instance", "ssm:StartSession": "ec2 instance",
	"ec2-instance-connect:SendSSHPublicKey": "ec2 instance", "ec2:ModifyInstanceAttribute": "ec2 instance",
	"bedrock-agentcore:InvokeCodeInterpreter": "bedrock-agentcore code-interpreter",
}

# As AWS writes them.
_ways := array.concat(
	[
		["iam:CreatePolicyVersion"], ["iam:SetDefaultPolicyVersion"], ["iam:AttachRolePolicy"], ["iam:PutRolePolicy"],
		["iam:AttachUserPolicy"], ["iam:PutUserPolicy"], ["iam:AttachGroupPolicy"], ["iam:PutGroupPolicy"],
		["iam:AddUserToGroup"], ["iam:CreateAccessKey"], ["iam:CreateLoginProfile"], ["iam:UpdateLoginProfile"],
		["iam:UpdateAssumeRolePolicy"], ["sts:AssumeRole"], ["sagemaker:CreatePresignedDomainUrl"],
		["sagemaker:CreatePresignedNotebookInstanceUrl"], ["sagemaker:UpdateNotebookInstanceLifecycleConfig"],
		["lambda:UpdateFunctionCode"], ["glue:UpdateDevEndpoint"], ["ssm:SendCommand"], ["ssm:StartSession"],
		["ec2-instance-connect:SendSSHPublicKey"],
		[
			"sagemaker:UpdateNotebookInstance", "sagemaker:CreateNotebookInstanceLifecycleConfig",
			"sagemaker:StartNotebookInstance",
		],
		["bedrock-agentcore:InvokeCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession"],
		["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
	],
	[array.concat(["iam:PassRole"], actions) | some actions in [
		["sagemaker:CreateTrainingJob"], ["sagemaker:CreateProcessingJob"], ["sagemaker:CreateNotebookInstance"],
		["sagemaker:CreatePipeline", "sagemaker:StartPipelineExecution"],
		["sagemaker:CreateUserProfile", "sagemaker:CreatePresignedDomainUrl"],
		["lambda:CreateFunction"], ["ec2:RunInstances"], ["ec2:AssociateIamInstanceProfile"],
		["ec2:ReplaceIamInstanceProfileAssociation"], ["ecs:RegisterTaskDefinition", "ecs:RunTask"],
		["ecs:RegisterTaskDefinition", "ecs:CreateService"], ["ecs:RegisterTaskDefinition", "ecs:StartTask"],
		["batch:RegisterJobDefinition", "batch:SubmitJob"], ["glue:CreateDevEndpoint"],
		["glue:CreateJob", "glue:StartJobRun"], ["glue:UpdateJob", "glue:StartJobRun"],
		["codebuild:CreateProject", "codebuild:StartBuild"], ["cloudformation:CreateStack"],
		["datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"], ["elasticmapreduce:RunJobFlow"],
		["ssm:StartAutomationExecution"], ["apprunner:CreateService"],
		["bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:InvokeCodeInterpreter"],
	]],
)
