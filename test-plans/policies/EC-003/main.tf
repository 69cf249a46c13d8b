terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

# Platform stack of another team: its outputs are known only after apply and nothing in this plan says what they hold.
resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-landing-zone"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/landing-zone.yaml"
}

resource "aws_kms_key" "support_images" {
  description = "model server images"
}

resource "aws_kms_alias" "support_images" {
  name          = "alias/images"
  target_key_id = aws_kms_key.support_images.key_id
}

variable "no_key" {
  type    = string
  default = null
}

variable "encryption" {
  type    = list(string)
  default = []
}

resource "aws_ecr_repository" "deny_absent" {
  name                 = "serving/absent"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository" "deny_aes256" {
  name                 = "serving/aes256"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "AES256"
  }
}

resource "aws_ecr_repository" "deny_empty_block" {
  name                 = "serving/empty-block"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
  }
}

resource "aws_ecr_repository" "deny_kms_without_key" {
  name                 = "serving/kms-without-key"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_repository" "deny_null_key" {
  name                 = "serving/null-key"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = null
  }
}

resource "aws_ecr_repository" "deny_null_variable" {
  name                 = "serving/null-variable"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.no_key
  }
}

resource "aws_ecr_repository" "deny_aws_managed_key" {
  name                 = "serving/aws-managed-key"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "alias/aws/ecr"
  }
}

resource "aws_ecr_repository" "deny_dynamic_empty" {
  name                 = "serving/dynamic-empty"
  image_tag_mutability = "IMMUTABLE"
  dynamic "encryption_configuration" {
    for_each = var.encryption
    content {
      encryption_type = "KMS"
      kms_key         = encryption_configuration.value
    }
  }
}

resource "aws_ecr_repository" "allow_literal" {
  name                 = "serving/literal"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:eu-west-1:210987654321:key/6f1c2d84-93ab-4e0f-9c57-2b7d8e41a05c"
  }
}

resource "aws_ecr_repository" "allow_reference" {
  name                 = "serving/reference"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.support_images.arn
  }
}

resource "aws_ecr_repository" "allow_alias" {
  name                 = "serving/alias"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_alias.support_images.arn
  }
}

resource "aws_ecr_repository" "allow_public_policy_elsewhere" {
  name                 = "serving/public-policy-elsewhere"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:eu-west-1:210987654321:key/6f1c2d84-93ab-4e0f-9c57-2b7d8e41a05c"
  }
}

resource "aws_ecr_repository" "undecided_key_from_stack" {
  name                 = "serving/key-from-stack"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_cloudformation_stack.support_platform.outputs["ImageKey"]
  }
}

resource "aws_ecr_repository" "undecided_type_from_stack" {
  name                 = "serving/type-from-stack"
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = aws_cloudformation_stack.support_platform.outputs["EncryptionType"]
    kms_key         = "arn:aws:kms:eu-west-1:210987654321:key/6f1c2d84-93ab-4e0f-9c57-2b7d8e41a05c"
  }
}

resource "aws_ecr_repository" "undecided_dynamic" {
  name                 = "serving/dynamic"
  image_tag_mutability = "IMMUTABLE"
  dynamic "encryption_configuration" {
    for_each = compact([aws_cloudformation_stack.support_platform.outputs["ImageKey"]])
    content {
      encryption_type = "KMS"
      kms_key         = encryption_configuration.value
    }
  }
}

data "aws_iam_policy_document" "public_pull" {
  statement {
    actions = ["ecr:BatchGetImage"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_ecr_repository_policy" "deny_star" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }]
  })
}

resource "aws_ecr_repository_policy" "deny_aws_star" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = { AWS = "*" }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }]
  })
}

resource "aws_ecr_repository_policy" "deny_aws_star_list" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = { AWS = ["arn:aws:iam::210987654321:root", "*"] }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }]
  })
}

resource "aws_ecr_repository_policy" "deny_document" {
  repository = aws_ecr_repository.allow_literal.name
  policy     = data.aws_iam_policy_document.public_pull.json
}

resource "aws_ecr_repository_policy" "deny_second_statement" {
  repository = aws_ecr_repository.allow_literal.name
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = "ecr:*" }, { Effect = "Allow", Principal = "*", Action = "ecr:BatchGetImage" }] })
}

resource "aws_ecr_repository_policy" "deny_unrelated_condition" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Condition = { Bool = { "aws:SecureTransport" = "true" } } }]
  })
}

resource "aws_ecr_repository_policy" "allow_account" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = { AWS = "arn:aws:iam::210987654321:root" }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }]
  })
}

resource "aws_ecr_repository_policy" "allow_organization" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } } }]
  })
}

resource "aws_ecr_repository_policy" "allow_service" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = { Service = "sagemaker.amazonaws.com" }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }]
  })
}

resource "aws_ecr_repository_policy" "allow_deny_statement" {
  repository = aws_ecr_repository.allow_literal.name
  policy     = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "ecr:PutImage" }] })
}

resource "aws_ecr_repository_policy" "undecided_policy" {
  repository = aws_ecr_repository.allow_literal.name
  policy     = aws_cloudformation_stack.support_platform.outputs["RepositoryPolicy"]
}

resource "aws_ecr_repository_policy" "undecided_jsonencode" {
  repository = aws_ecr_repository.allow_literal.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "Pull", Effect = "Allow", Principal = { AWS = aws_cloudformation_stack.support_platform.outputs["PullRole"] }, Action = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] }]
  })
}

module "deny_repository" {
  source = "./mod"
  name   = "serving/embedder"
}

module "allow_repository" {
  source  = "./mod"
  name    = "serving/guard"
  kms_key = aws_kms_key.support_images.arn
}
