terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

resource "terraform_data" "support_opaque" { input = timestamp() }

resource "aws_iam_role" "support_tools" {
  name = "northwind-agent-tools"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_s3_bucket" "support_data" { bucket = "northwind-data" }

# base known after apply because of a bucket ARN
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "Data"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.support_data.arn}/*"]
  }
  statement {
    sid       = "Roles"
    actions   = ["iam:AttachRolePolicy", "iam:CreateRole"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "bounded" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "Roles"
    actions   = ["iam:AttachRolePolicy", "iam:CreateRole"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = ["arn:aws:iam::555566667777:policy/boundary"]
    }
  }
}

data "aws_iam_policy_document" "taken_over" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "Logs"
    actions   = ["logs:PutLogEvents"]
    resources = [aws_s3_bucket.support_data.arn]
  }
}

data "aws_iam_policy_document" "overridden" {
  override_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    sid       = "Roles"
    effect    = "Deny"
    actions   = ["iam:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "opaque_source" {
  source_policy_documents = [terraform_data.support_opaque.output]
  statement {
    actions   = ["logs:PutLogEvents"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "deny_taken_over" {
  role   = aws_iam_role.support_tools.id
  policy = data.aws_iam_policy_document.taken_over.json
}
resource "aws_iam_role_policy" "deny_override_replaces_deny" {
  role   = aws_iam_role.support_tools.id
  policy = data.aws_iam_policy_document.overridden.json
}
resource "aws_iam_role_policy" "allow_own_replaces_source" {
  role   = aws_iam_role.support_tools.id
  policy = data.aws_iam_policy_document.bounded.json
}
resource "aws_iam_role_policy" "undecided_opaque_source" {
  role   = aws_iam_role.support_tools.id
  policy = data.aws_iam_policy_document.opaque_source.json
}
resource "aws_iam_role_policy" "undecided_unknown" {
  role   = aws_iam_role.support_tools.id
  policy = terraform_data.support_opaque.output
}
resource "aws_iam_role_policy" "deny_own_role" {
  role   = aws_iam_role.support_tools.id
  policy = data.aws_iam_policy_document.own.json
}
data "aws_iam_policy_document" "own" {
  statement {
    actions   = ["iam:PutRolePolicy"]
    resources = [aws_iam_role.support_tools.arn]
  }
}
resource "aws_iam_policy" "deny_presigned_url" {
  name = "northwind-studio"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sagemaker:CreatePresignedDomainUrl", "sagemaker:ListDomains"], Resource = "*" }]
  })
}
resource "aws_iam_policy" "allow_presigned_url_of_ones_own" {
  name = "northwind-studio-own"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow", Action = ["sagemaker:CreatePresignedDomainUrl"], Resource = "*"
      Condition = { StringEquals = { "sagemaker:ResourceTag/studiouserid" = "$${aws:userid}" } }
    }]
  })
}
resource "aws_iam_policy" "deny_not_action" {
  name = "northwind-developers"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = ["organizations:*", "account:*"], Resource = "*" }]
  })
}
resource "aws_iam_policy" "deny_denied_in_part" {
  name = "northwind-operators"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:*"], Resource = "*" },
      { Effect = "Deny", Action = ["iam:*"], Resource = "arn:aws:iam::*:role/admin" },
    ]
  })
}
resource "aws_iam_policy" "allow_denied" {
  name = "northwind-platform"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", NotAction = ["organizations:*"], Resource = "*" },
      { Effect = "Deny", Action = ["iam:*", "sts:AssumeRole", "sagemaker:CreatePresigned*", "sagemaker:UpdateNotebook*", "lambda:UpdateFunctionCode",
      "glue:UpdateDevEndpoint", "ssm:SendCommand", "ssm:StartSession", "ec2-instance-connect:*", "ec2:ModifyInstanceAttribute", "bedrock-agentcore:*"], Resource = "*" },
    ]
  })
}
resource "aws_iam_role" "support_bounded" {
  name                 = "northwind-pipeline"
  permissions_boundary = aws_iam_policy.allow_boundary.arn
  assume_role_policy   = aws_iam_role.support_tools.assume_role_policy
}
resource "aws_iam_policy" "allow_boundary" {
  name = "northwind-boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:*", "sagemaker:*", "logs:*"], Resource = "*" }]
  })
}
resource "aws_iam_role_policy" "allow_within_boundary" {
  role = aws_iam_role.support_bounded.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:PutRolePolicy"], Resource = "*" }]
  })
}
resource "aws_iam_role_policy" "deny_within_wide_boundary" {
  role = aws_iam_role.support_bounded.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sagemaker:CreatePresignedNotebookInstanceUrl"], Resource = "*" }]
  })
}

# Two policies of one role, of which only both together start code with any role.
resource "aws_iam_role" "support_launcher" {
  name               = "northwind-launcher"
  assume_role_policy = aws_iam_role.support_tools.assume_role_policy
}
resource "aws_iam_role_policy" "deny_pass_role_of_two_policies" {
  role = aws_iam_role.support_launcher.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }]
  })
}
resource "aws_iam_role_policy" "allow_create_function" {
  role = aws_iam_role.support_launcher.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "lambda:CreateFunction", Resource = "*" }]
  })
}
resource "aws_iam_user" "support_robot" { name = "northwind-robot" }
resource "aws_iam_user_policy" "deny_user" {
  user = aws_iam_user.support_robot.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "arn:aws:iam::555566667777:user/*" }]
  })
}
resource "aws_iam_user_policy" "allow_ones_own_keys" {
  user = aws_iam_user.support_robot.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:CreateAccessKey"], Resource = "arn:aws:iam::555566667777:user/$${aws:username}" }]
  })
}
resource "aws_iam_role_policy_attachment" "deny_iam_full_access" {
  role       = aws_iam_role.support_tools.name
  policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
}
resource "aws_iam_policy" "deny_assume_any_role" {
  name   = "northwind-assume"
  policy = <<-JSON
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "STS:assumerole", "Resource": "arn:aws:iam::*:role/*"}}
  JSON
}
resource "aws_iam_policy" "allow_assume_by_prefix" {
  name = "northwind-assume-cdk"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "arn:aws:iam::*:role/cdk-*" }]
  })
}
resource "aws_iam_policy" "deny_condition_that_lets_all_through" {
  name = "northwind-region"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow", Action = "lambda:Update*", Resource = "*"
      Condition = { StringEquals = { "aws:RequestedRegion" = "eu-west-1" }, StringLike = { "aws:ResourceTag/team" = "*" } }
    }]
  })
}
resource "aws_iam_policy" "allow_tagged" {
  name = "northwind-tagged"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow", Action = "lambda:UpdateFunctionCode", Resource = "*"
      Condition = { StringEquals = { "aws:ResourceTag/team" = "search" } }
    }]
  })
}
resource "aws_iam_policy" "allow_only_denied" {
  name = "northwind-guard"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "iam:*", Resource = "*" }]
  })
}
resource "aws_iam_policy" "allow_without_boundary_denied" {
  name = "northwind-delegated"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:PutRolePolicy", "iam:AttachRolePolicy"], Resource = "*" },
      {
        Effect    = "Deny", Action = ["iam:PutRolePolicy", "iam:AttachRolePolicy"], Resource = "*"
        Condition = { StringNotEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::555566667777:policy/boundary" } }
      },
    ]
  })
}
resource "aws_iam_role" "support_elsewhere" {
  name                 = "northwind-elsewhere"
  permissions_boundary = "arn:aws:iam::555566667777:policy/boundary-of-the-platform"
  assume_role_policy   = aws_iam_role.support_tools.assume_role_policy
}
resource "aws_iam_role_policy" "undecided_boundary_elsewhere" {
  role = aws_iam_role.support_elsewhere.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ssm:SendCommand", Resource = "*" }]
  })
}
data "aws_iam_policy_document" "opaque_resource" {
  statement {
    actions   = ["iam:UpdateAssumeRolePolicy"]
    resources = [terraform_data.support_opaque.output]
  }
}
resource "aws_iam_role_policy" "undecided_opaque_resource" {
  role   = aws_iam_role.support_tools.id
  policy = data.aws_iam_policy_document.opaque_resource.json
}
module "deny_deployer" {
  source    = "./mod"
  name      = "northwind-deployer"
  actions   = ["iam:Put*"]
  resources = ["*"]
}
module "allow_deployer" {
  source    = "./mod"
  name      = "northwind-deployer-of-one"
  actions   = ["iam:Put*"]
  resources = ["arn:aws:iam::555566667777:role/northwind-app"]
}
module "deny_deployer_of_itself" {
  source    = "./mod"
  name      = "northwind-self"
  actions   = ["iam:Put*"]
  resources = ["arn:aws:iam::555566667777:role/northwind-self"]
}
