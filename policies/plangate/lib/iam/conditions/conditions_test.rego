package plangate.lib.iam.conditions_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.conditions

test_narrows if {
	every case in [
		["StringEquals", "iam:PassedToService", ["sagemaker.amazonaws.com"]],
		["StringEquals", "iam:PermissionsBoundary", ["*"]],
		["StringEqualsIgnoreCase", "aws:PrincipalTag/team", ["ml"]],
		["StringLike", "iam:PassedToService", ["sagemaker*"]],
		["StringLike", "aws:ResourceTag/team", ["ml-*", "ai-*"]],
		["ArnLike", "iam:PolicyARN", ["arn:aws:iam::aws:policy/AmazonS3*"]],
		["ArnEquals", "iam:PolicyARN", ["arn:aws:iam::111122223333:policy/*"]],
		["IpAddress", "aws:SourceIp", ["203.0.113.0/24"]],
		["Bool", "aws:MultiFactorAuthPresent", ["true"]],
		["Bool", "aws:ViaAWSService", ["True"]],
		["Null", "aws:MultiFactorAuthAge", ["false"]],
		["StringEqualsIfExists", "iam:PassedToService", ["sagemaker.amazonaws.com"]],
		["ForAllValues:StringEquals", "iam:PassedToService", ["sagemaker.amazonaws.com"]],
		["ForAnyValue:StringEquals", "aws:CalledVia", ["cloudformation.amazonaws.com"]],
		["NumericLessThan", "aws:MultiFactorAuthAge", ["3600"]],
		["DateLessThan", "aws:CurrentTime", ["2026-01-01T00:00:00Z"]],
		["StringEquals", "sagemaker:ResourceTag/studiouserid", ["${aws:userid}"]],
		["StringEquals", "aws:SourceVpce", ["vpce-1a2b3c4d"]],
		["BinaryEquals", "key", ["aGVsbG8="]],
		["StringEquals", "aws:ResourceTag/team", []],
	] {
		conditions.narrows(_condition(case))
	}
}

test_lets_everything_through if {
	every case in [
		["StringLike", "iam:PassedToService", ["*"]],
		["StringLike", "iam:PassedToService", ["*.amazonaws.com"]],
		["StringLike", "iam:PassedToService", ["sagemaker.amazonaws.com", "?*"]],
		["ArnLike", "iam:PolicyARN", ["arn:aws:iam::aws:policy/*"]],
		["ArnLike", "iam:PolicyARN", ["arn:*"]],
		["ArnLike", "iam:PermissionsBoundary", ["arn:aws:iam::*:policy/*"]],
		["ArnEquals", "iam:PolicyARN", ["*"]],
		["IpAddress", "aws:SourceIp", ["0.0.0.0/0"]],
		["IpAddress", "aws:SourceIp", ["203.0.113.0/24", "::/0"]],
		["Bool", "aws:MultiFactorAuthPresent", ["false"]],
		["Bool", "aws:ViaAWSService", ["true", "false"]],
		["BoolIfExists", "aws:MultiFactorAuthPresent", ["true"]],
		["Null", "aws:MultiFactorAuthAge", ["true"]],
		["Null", "iam:PassedToService", ["false"]],
		["StringEqualsIfExists", "aws:ResourceTag/team", ["ml"]],
		["ForAllValues:StringEquals", "aws:CalledVia", ["cloudformation.amazonaws.com"]],
		["ForAllValues:StringLike", "iam:PassedToService", ["*"]],
		["StringNotEquals", "iam:PassedToService", ["ec2.amazonaws.com"]],
		["StringNotLike", "iam:PassedToService", ["ec2*"]],
		["StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", ["ml"]],
		["ArnNotLike", "iam:PolicyARN", ["arn:aws:iam::aws:policy/AdministratorAccess"]],
		["ArnNotEquals", "iam:PolicyARN", ["arn:aws:iam::aws:policy/AdministratorAccess"]],
		["NotIpAddress", "aws:SourceIp", ["203.0.113.0/24"]],
		["StringEquals", "aws:RequestedRegion", ["eu-west-1"]],
		["Bool", "aws:SecureTransport", ["true"]],
		["StringEquals", "aws:RequestTag/team", ["ml"]],
		["StringEquals", "sagemaker:InstanceTypes", ["ml.t3.medium"]],
		["StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]],
		["StringLike", "aws:UserAgent", ["acme"]],
	] {
		not conditions.narrows(_condition(case))
	}
}

test_spares if {
	every case in [
		["StringNotEquals", "iam:PassedToService", ["sagemaker.amazonaws.com"]],
		["StringNotEqualsIfExists", "iam:PermissionsBoundary", ["arn:aws:iam::111122223333:policy/limit"]],
		["StringNotEqualsIgnoreCase", "aws:PrincipalTag/team", ["ml"]],
		["StringNotLike", "aws:ResourceTag/team", ["ml-*"]],
		["ArnNotLike", "iam:PolicyARN", ["arn:aws:iam::aws:policy/AmazonS3*"]],
		["ArnNotEquals", "iam:PolicyARN", ["arn:aws:iam::111122223333:policy/a"]],
		["NotIpAddress", "aws:SourceIp", ["203.0.113.0/24"]],
		["Bool", "aws:MultiFactorAuthPresent", ["false"]],
		["BoolIfExists", "aws:MultiFactorAuthPresent", ["false"]],
		["Null", "aws:MultiFactorAuthAge", ["true"]],
	] {
		conditions.spares(_condition(case))
	}
}

test_spares_most if {
	every case in [
		["StringEquals", "iam:PassedToService", ["ec2.amazonaws.com"]],
		["StringNotLike", "iam:PassedToService", ["*"]],
		["NotIpAddress", "aws:SourceIp", ["0.0.0.0/0"]],
		["StringNotEquals", "aws:RequestedRegion", ["eu-west-1"]],
		["Bool", "aws:SecureTransport", ["false"]],
		["Bool", "aws:MultiFactorAuthPresent", ["true"]],
		["Null", "aws:MultiFactorAuthAge", ["false"]],
		["DateGreaterThan", "aws:CurrentTime", ["2026-01-01T00:00:00Z"]],
	] {
		not conditions.spares(_condition(case))
	}
}

test_bound if {
	conditions.bound({"conditions": [_condition(["Bool", "aws:SecureTransport", ["true"]]), _condition(["StringEquals", "iam:PolicyARN", ["a"]])]})
	not conditions.bound({"conditions": [_condition(["Bool", "aws:SecureTransport", ["true"]])]})
	not conditions.bound({"conditions": []})
	document := fixture.resource("data.aws_iam_policy_document.this", {}, {"statement": [{}, {"condition": true}]}, {}).change
	conditions.bound({"conditions": [], "source": document, "at": ["statement", 1]})
	not conditions.bound({"conditions": [], "source": document, "at": ["statement", 0]})
}

_condition([operator, key, values]) := {"operator": lower(operator), "key": lower(key), "values": values, "unclear": false}
