resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

resource "aws_sagemaker_model_package_group" "support_ranker" {
  model_package_group_name = "ranker"
}

resource "aws_iam_role" "support_ci" {
  name = "model-ci"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

variable "account" {
  type    = string
  default = "999900001111"
}

# everybody
resource "aws_sagemaker_model_package_group_policy" "deny_star" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# everybody, as AWS = "*"
resource "aws_sagemaker_model_package_group_policy" "deny_aws_star" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# everybody in a list
resource "aws_sagemaker_model_package_group_policy" "deny_star_in_list" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::777788889999:root", "*"] }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# an account that nobody approved
resource "aws_sagemaker_model_package_group_policy" "deny_unknown_account" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::999900001111:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# the same as a bare account id
resource "aws_sagemaker_model_package_group_policy" "deny_bare_account" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "999900001111" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# a role of that account
resource "aws_sagemaker_model_package_group_policy" "deny_role_of_unknown_account" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::999900001111:role/scanner"] }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# the second statement is open
resource "aws_sagemaker_model_package_group_policy" "deny_second_statement" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::777788889999:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }, {
      Sid       = "Share"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# account from a variable
resource "aws_sagemaker_model_package_group_policy" "deny_variable" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.account}:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# everybody except one
resource "aws_sagemaker_model_package_group_policy" "deny_not_principal" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      NotPrincipal = { AWS = "arn:aws:iam::777788889999:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# policy as a heredoc
resource "aws_sagemaker_model_package_group_policy" "deny_string" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = <<-POLICY
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sagemaker:*", "Resource": "*"}}
  POLICY
}

# for_each
resource "aws_sagemaker_model_package_group_policy" "each" {
  for_each = { deny_vendor = "999900001111", allow_partner = "111122223333" }
  model_package_group_name = "each"
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${each.value}:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# everybody, under a condition that anybody can meet
resource "aws_sagemaker_model_package_group_policy" "deny_weak_condition" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
      Condition = { StringLike = { "aws:userid" = "*" } }
    }]
  })
}

# approved account
resource "aws_sagemaker_model_package_group_policy" "allow_approved" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# approved accounts, one bare
resource "aws_sagemaker_model_package_group_policy" "allow_approved_list" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::111122223333:role/deploy", "777788889999"] }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

# a denial of everybody opens nothing
resource "aws_sagemaker_model_package_group_policy" "allow_deny_statement" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::777788889999:root" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }, {
      Sid       = "Share"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# everybody of the organisation only
resource "aws_sagemaker_model_package_group_policy" "allow_org_condition" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}

# a service principal
resource "aws_sagemaker_model_package_group_policy" "allow_service" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { Service = "sagemaker.amazonaws.com" }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}

data "aws_iam_policy_document" "approved" {
  statement {
    actions   = ["sagemaker:DescribeModelPackage"]
    resources = ["arn:aws:sagemaker:eu-west-1:777788889999:model-package/ranker/*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}

data "aws_iam_policy_document" "open" {
  statement {
    actions   = ["sagemaker:DescribeModelPackage"]
    resources = [aws_sagemaker_model_package_group.support_ranker.arn]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "opaque" {
  statement {
    actions   = ["sagemaker:DescribeModelPackage"]
    resources = [aws_sagemaker_model_package_group.support_ranker.arn]
    principals {
      type        = "AWS"
      identifiers = [terraform_data.support_handoff.output]
    }
  }
}

# document with known inputs
resource "aws_sagemaker_model_package_group_policy" "allow_document" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = data.aws_iam_policy_document.approved.json
}

# document over an unknown ARN, open to everybody
resource "aws_sagemaker_model_package_group_policy" "deny_document_unknown_resource" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = data.aws_iam_policy_document.open.json
}

# document over an unknown principal
resource "aws_sagemaker_model_package_group_policy" "undecided_document_principal" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = data.aws_iam_policy_document.opaque.json
}

# opaque policy
resource "aws_sagemaker_model_package_group_policy" "undecided_opaque" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = terraform_data.support_handoff.output
}

# jsonencode over an unknown principal
resource "aws_sagemaker_model_package_group_policy" "undecided_principal" {
  model_package_group_name = aws_sagemaker_model_package_group.support_ranker.model_package_group_name
  resource_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Share"
      Effect    = "Allow"
      Principal = { AWS = aws_cloudformation_stack.support_platform.outputs["PrincipalArn"] }
      Action    = ["sagemaker:DescribeModelPackageGroup"]
      Resource  = "arn:aws:sagemaker:eu-west-1:777788889999:model-package-group/ranker"
    }]
  })
}
