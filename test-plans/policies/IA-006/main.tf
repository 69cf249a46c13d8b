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

resource "terraform_data" "support_opaque" {
  input = timestamp()
}

resource "aws_iam_role" "support_training" {
  name = "northwind-llm-training-execution"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "support_pipeline" {
  name = "northwind-pipeline"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "pass_training" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.support_training.arn]
  }
}

data "aws_iam_policy_document" "pass_anything" {
  statement {
    actions   = ["sagemaker:CreateTrainingJob"]
    resources = [aws_iam_role.support_training.arn]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "pass_known" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "opaque_role" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [terraform_data.support_opaque.output]
  }
}

data "aws_iam_policy_document" "opaque_action" {
  statement {
    actions   = [terraform_data.support_opaque.output]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "deny_star" {
  name = "deny-star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sagemaker:CreateTrainingJob"], Resource = "arn:aws:sagemaker:eu-west-1:210987654321:training-job/northwind-*" },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_star" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_star.arn
}

resource "aws_iam_policy" "deny_any_role_of_account" {
  name = "deny-any-role-of-account"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sagemaker:CreateTrainingJob"], Resource = "arn:aws:sagemaker:eu-west-1:210987654321:training-job/northwind-*" },
      { Effect = "Allow", Action = ["iam:PassRole"], Resource = "arn:aws:iam::210987654321:role/*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_any_role_of_account" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_any_role_of_account.arn
}

resource "aws_iam_policy" "deny_any_role_any_account" {
  name = "deny-any-role-any-account"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["iam:PassRole"], Resource = ["arn:aws:iam::*:role/*"] },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_any_role_any_account" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_any_role_any_account.arn
}

resource "aws_iam_policy" "deny_lower_case" {
  name = "deny-lower-case"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["IAM:passrole"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_lower_case" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_lower_case.arn
}

resource "aws_iam_policy" "deny_iam_star" {
  name = "deny-iam-star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:*", Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_iam_star" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_iam_star.arn
}

resource "aws_iam_policy" "deny_iam_pass_star" {
  name = "deny-iam-pass-star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:Pass*", Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_iam_pass_star" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_iam_pass_star.arn
}

resource "aws_iam_policy" "deny_everything" {
  name = "deny-everything"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "*", Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_everything" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_everything.arn
}

resource "aws_iam_policy" "deny_not_action" {
  name = "deny-not-action"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", NotAction = ["iam:DeleteRole", "organizations:*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_not_action" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_not_action.arn
}

resource "aws_iam_policy" "deny_not_resource" {
  name = "deny-not-resource"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", NotResource = "arn:aws:iam::210987654321:role/admin" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_not_resource" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_not_resource.arn
}

resource "aws_iam_policy" "deny_second_statement" {
  name = "deny-second-statement"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::210987654321:role/northwind-llm-training-execution" },
      { Effect = "Allow", Action = ["iam:GetRole", "iam:PassRole"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_second_statement" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_second_statement.arn
}

resource "aws_iam_policy" "deny_document" {
  name   = "deny-document"
  policy = data.aws_iam_policy_document.pass_known.json
}

resource "aws_iam_role_policy_attachment" "support_deny_document" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_document.arn
}

resource "aws_iam_policy" "deny_document_second_statement" {
  name   = "deny-document-second-statement"
  policy = data.aws_iam_policy_document.pass_anything.json
}

resource "aws_iam_role_policy_attachment" "support_deny_document_second_statement" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_document_second_statement.arn
}

resource "aws_iam_policy" "deny_star_next_to_role" {
  name = "deny-star-next-to-role"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = ["arn:aws:iam::210987654321:role/northwind-llm-training-execution", "*"] },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_star_next_to_role" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_star_next_to_role.arn
}

resource "aws_iam_policy" "deny_unrelated_condition" {
  name = "deny-unrelated-condition"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "true" } } },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_unrelated_condition" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_unrelated_condition.arn
}

resource "aws_iam_policy" "deny_denied_elsewhere" {
  name = "deny-denied-elsewhere"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*" },
      { Effect = "Deny", Action = "iam:PassRole", Resource = "arn:aws:iam::210987654321:role/admin" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_deny_denied_elsewhere" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.deny_denied_elsewhere.arn
}

resource "aws_iam_policy" "allow_named_role" {
  name = "allow-named-role"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sagemaker:CreateTrainingJob"], Resource = "arn:aws:sagemaker:eu-west-1:210987654321:training-job/northwind-*" },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::210987654321:role/northwind-llm-training-execution" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_allow_named_role" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.allow_named_role.arn
}

resource "aws_iam_policy" "allow_named_role_and_service" {
  name = "allow-named-role-and-service"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::210987654321:role/northwind-llm-training-execution", Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } } },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_allow_named_role_and_service" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.allow_named_role_and_service.arn
}

resource "aws_iam_policy" "allow_role_prefix" {
  name = "allow-role-prefix"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = "arn:aws:iam::210987654321:role/northwind-*-training", Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } } },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_allow_role_prefix" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.allow_role_prefix.arn
}

resource "aws_iam_policy" "allow_document_reference" {
  name   = "allow-document-reference"
  policy = data.aws_iam_policy_document.pass_training.json
}

resource "aws_iam_role_policy_attachment" "support_allow_document_reference" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.allow_document_reference.arn
}

resource "aws_iam_policy" "allow_deny_star" {
  name = "allow-deny-star"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sagemaker:CreateTrainingJob"], Resource = "arn:aws:sagemaker:eu-west-1:210987654321:training-job/northwind-*" },
      { Effect = "Deny", Action = "iam:PassRole", Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_allow_deny_star" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.allow_deny_star.arn
}

resource "aws_iam_policy" "allow_no_pass_role" {
  name = "allow-no-pass-role"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sagemaker:CreateTrainingJob"], Resource = "arn:aws:sagemaker:eu-west-1:210987654321:training-job/northwind-*" },
      { Effect = "Allow", Action = ["iam:GetRole", "iam:ListRoles"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_allow_no_pass_role" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.allow_no_pass_role.arn
}

resource "aws_iam_policy" "allow_not_action_excludes_iam" {
  name = "allow-not-action-excludes-iam"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", NotAction = ["iam:*", "organizations:*", "sts:*"], Resource = "*" },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_allow_not_action_excludes_iam" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.allow_not_action_excludes_iam.arn
}

resource "aws_iam_policy" "support_star_to_service" {
  name = "support-star-to-service"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["sagemaker:CreateTrainingJob"], Resource = "arn:aws:sagemaker:eu-west-1:210987654321:training-job/northwind-*" },
      { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringEquals = { "iam:PassedToService" = "sagemaker.amazonaws.com" } } },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_support_star_to_service" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.support_star_to_service.arn
}

resource "aws_iam_policy" "undecided_policy" {
  name   = "undecided-policy"
  policy = terraform_data.support_opaque.output
}

resource "aws_iam_role_policy_attachment" "support_undecided_policy" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.undecided_policy.arn
}

resource "aws_iam_policy" "undecided_jsonencode_role" {
  name = "undecided-jsonencode-role"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iam:PassRole", Resource = aws_iam_role.support_training.arn },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "support_undecided_jsonencode_role" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.undecided_jsonencode_role.arn
}

resource "aws_iam_policy" "undecided_document_opaque_role" {
  name   = "undecided-document-opaque-role"
  policy = data.aws_iam_policy_document.opaque_role.json
}

resource "aws_iam_role_policy_attachment" "support_undecided_document_opaque_role" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.undecided_document_opaque_role.arn
}

resource "aws_iam_policy" "undecided_document_opaque_action" {
  name   = "undecided-document-opaque-action"
  policy = data.aws_iam_policy_document.opaque_action.json
}

resource "aws_iam_role_policy_attachment" "support_undecided_document_opaque_action" {
  role       = aws_iam_role.support_pipeline.name
  policy_arn = aws_iam_policy.undecided_document_opaque_action.arn
}

resource "aws_iam_policy" "deny_heredoc_single_object" {
  name   = "deny-heredoc"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}
    }
  JSON
}

module "deny_pipeline" {
  source = "./mod"
  name   = "vision"
  roles  = ["*"]
}

module "allow_pipeline" {
  source = "./mod"
  name   = "speech"
  roles  = ["arn:aws:iam::210987654321:role/northwind-speech-training"]
}

# --- documents -----------------------------------------------------------

data "aws_iam_policy_document" "star_beside_reference" {
  statement {
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.support_training.arn, "*"]
  }
}
data "aws_iam_policy_document" "all_but_s3" {
  statement {
    not_actions = ["s3:*"]
    resources   = ["*"]
  }
  statement {
    actions   = ["sagemaker:CreateModel"]
    resources = [aws_iam_role.support_training.arn]
  }
}
data "aws_iam_policy_document" "denied" {
  statement {
    effect    = "Deny"
    actions   = ["iam:PassRole"]
    resources = ["*"]
  }
  statement {
    actions   = ["sagemaker:CreateModel"]
    resources = [aws_iam_role.support_training.arn]
  }
}
data "aws_iam_policy_document" "to_one_service" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["sagemaker.amazonaws.com"]
    }
  }
  statement {
    actions   = ["sagemaker:CreateModel"]
    resources = [aws_iam_role.support_training.arn]
  }
}
data "aws_iam_policy_document" "dynamic_statement" {
  dynamic "statement" {
    for_each = compact([aws_cloudformation_stack.support_platform.outputs["R"]])
    content {
      actions   = ["iam:PassRole"]
      resources = [statement.value]
    }
  }
}
data "aws_iam_policy_document" "opaque_source" {
  source_policy_documents = [aws_cloudformation_stack.support_platform.outputs["D"]]
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::a/*"]
  }
}
data "aws_iam_policy_document" "base" {
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "inherited" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    actions   = ["sagemaker:CreateModel"]
    resources = [aws_iam_role.support_training.arn]
  }
}

resource "aws_iam_policy" "deny_star_beside_reference" {
  name   = "deny-star-beside-reference"
  policy = data.aws_iam_policy_document.star_beside_reference.json
}

resource "aws_iam_policy" "deny_document_not_actions" {
  name   = "deny-document-not-actions"
  policy = data.aws_iam_policy_document.all_but_s3.json
}

resource "aws_iam_policy" "allow_document_deny" {
  name   = "allow-document-deny"
  policy = data.aws_iam_policy_document.denied.json
}

resource "aws_iam_policy" "support_document_to_one_service" {
  name   = "support-document-to-one-service"
  policy = data.aws_iam_policy_document.to_one_service.json
}

resource "aws_iam_policy" "undecided_dynamic_statement" {
  name   = "undecided-dynamic-statement"
  policy = data.aws_iam_policy_document.dynamic_statement.json
}

resource "aws_iam_policy" "undecided_opaque_source" {
  name   = "undecided-opaque-source"
  policy = data.aws_iam_policy_document.opaque_source.json
}

resource "aws_iam_policy" "deny_inherited" {
  name   = "deny-inherited"
  policy = data.aws_iam_policy_document.inherited.json
}
