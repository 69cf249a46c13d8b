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

variable "commitment" {
  type    = string
  default = "SixMonths"
}

variable "none" {
  type    = string
  default = null
}

variable "long" {
  type    = bool
  default = true
}

resource "aws_bedrock_provisioned_model_throughput" "deny_six_months" {
  provisioned_model_name = "deny-six-months"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = "SixMonths"
}

resource "aws_bedrock_provisioned_model_throughput" "deny_variable" {
  provisioned_model_name = "deny-variable"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = var.commitment
}

resource "aws_bedrock_provisioned_model_throughput" "deny_conditional" {
  provisioned_model_name = "deny-conditional"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = var.long ? "SixMonths" : "OneMonth"
}

resource "aws_bedrock_provisioned_model_throughput" "allow_one_month" {
  provisioned_model_name = "allow-one-month"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = "OneMonth"
}

resource "aws_bedrock_provisioned_model_throughput" "allow_absent" {
  provisioned_model_name = "allow-absent"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
}

resource "aws_bedrock_provisioned_model_throughput" "allow_null" {
  provisioned_model_name = "allow-null"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = null
}

resource "aws_bedrock_provisioned_model_throughput" "allow_null_variable" {
  provisioned_model_name = "allow-null-variable"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = var.none
}

resource "aws_bedrock_provisioned_model_throughput" "allow_conditional" {
  provisioned_model_name = "allow-conditional"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = var.long ? "OneMonth" : "SixMonths"
}

resource "aws_bedrock_provisioned_model_throughput" "undecided_from_stack" {
  provisioned_model_name = "undecided-from-stack"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = aws_cloudformation_stack.support_platform.outputs["Commitment"]
}

resource "aws_bedrock_provisioned_model_throughput" "by_team" {
  for_each = {
    deny_lab    = "SixMonths"
    allow_legal = "OneMonth"
    allow_trial = null
  }
  provisioned_model_name = each.key
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 2
  commitment_duration    = each.value
}

module "deny_throughput" {
  source = "./mod"
}

module "allow_throughput" {
  source     = "./mod"
  commitment = "OneMonth"
}

module "undecided_throughput" {
  source     = "./mod"
  commitment = aws_cloudformation_stack.support_platform.outputs["Commitment"]
}
