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

resource "aws_iam_role" "support_reader" {
  name               = "rag-reader"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "bedrock.amazonaws.com" } }] })
}

variable "readers" {
  type    = list(string)
  default = ["*"]
}

resource "aws_opensearchserverless_access_policy" "deny_star" {
  name   = "deny-star"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["*"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_root_wildcard" {
  name   = "deny-root-wildcard"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::*:root"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_role_wildcard_account" {
  name   = "deny-role-wildcard-account"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::*:role/rag-reader"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_any_role" {
  name   = "deny-any-role"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::210987654321:role/*"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_any_user" {
  name   = "deny-any-user"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::210987654321:user/*"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_saml_group_wildcard" {
  name   = "deny-saml-group-wildcard"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["saml/210987654321/acme-idp/group/*"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_second_statement" {
  name   = "deny-second-statement"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::210987654321:role/rag-reader"] }, { Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["*"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_second_principal" {
  name   = "deny-second-principal"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::210987654321:role/rag-reader", "*"] }])
}

resource "aws_opensearchserverless_access_policy" "deny_variable" {
  name   = "deny-variable"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = var.readers }])
}

resource "aws_opensearchserverless_access_policy" "deny_heredoc" {
  name   = "deny-heredoc"
  type   = "data"
  policy = <<-JSON
    [
      {
        "Rules": [{"ResourceType": "collection", "Resource": ["collection/rag"], "Permission": ["aoss:*"]}],
        "Principal": ["*"]
      }
    ]
  JSON
}

resource "aws_opensearchserverless_access_policy" "allow_role" {
  name   = "allow-role"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::210987654321:role/rag-reader"] }])
}

resource "aws_opensearchserverless_access_policy" "allow_saml_user" {
  name   = "allow-saml-user"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["saml/210987654321/acme-idp/group/search-admins"] }])
}

resource "aws_opensearchserverless_access_policy" "allow_wide_permission_named_principal" {
  name   = "allow-wide-permission-named-prin"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/*/*"], Permission = ["aoss:*"] }], Principal = ["arn:aws:iam::210987654321:role/rag-reader"] }])
}

resource "aws_opensearchserverless_access_policy" "allow_star_in_description_only" {
  name   = "allow-star-in-description-only"
  type   = "data"
  policy = jsonencode([{ Description = "reads *", Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:iam::210987654321:role/rag-reader"] }])
}

resource "aws_opensearchserverless_access_policy" "allow_sts_session" {
  name   = "allow-sts-session"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = ["arn:aws:sts::210987654321:assumed-role/rag-reader/indexer"] }])
}

resource "aws_opensearchserverless_access_policy" "undecided_from_stack" {
  name   = "undecided-from-stack"
  type   = "data"
  policy = aws_cloudformation_stack.support_platform.outputs["AccessPolicy"]
}

resource "aws_opensearchserverless_access_policy" "undecided_jsonencode_role" {
  name   = "undecided-jsonencode-role"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = [aws_iam_role.support_reader.arn] }])
}

resource "aws_opensearchserverless_access_policy" "undecided_principal_from_stack" {
  name   = "undecided-principal-from-stack"
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = [aws_cloudformation_stack.support_platform.outputs["Reader"]] }])
}

resource "aws_opensearchserverless_access_policy" "by_team" {
  for_each = {
    deny_lab    = "*"
    allow_legal = "arn:aws:iam::210987654321:role/legal-rag"
  }
  name   = replace(each.key, "_", "-")
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "collection", Resource = ["collection/${each.key}"], Permission = ["aoss:DescribeCollectionItems"] }], Principal = [each.value] }])
}

module "open" {
  source = "./mod"
  name   = "deny-open"
}

module "closed" {
  source     = "./mod"
  name       = "closed"
  principals = ["arn:aws:iam::210987654321:role/rag-reader"]
}
