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

data "aws_iam_policy_document" "support_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "support_bedrock" {
  name               = "claims-assistant-bedrock"
  assume_role_policy = data.aws_iam_policy_document.support_trust.json
}

variable "ttl" {
  type    = number
  default = null
}

resource "aws_bedrockagent_agent" "deny_hour" {
  agent_name                  = "deny-hour"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = 3600
}

resource "aws_bedrockagent_agent" "deny_hour_string" {
  agent_name                  = "deny-hour-string"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = "3600"
}

resource "aws_bedrockagent_agent" "deny_arithmetic" {
  agent_name                  = "deny-arithmetic"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = 60 * 60
}

resource "aws_bedrockagent_agent" "allow_ten_minutes" {
  agent_name                  = "allow-ten-minutes"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = 600
}

resource "aws_bedrockagent_agent" "allow_five_minutes" {
  agent_name                  = "allow-five-minutes"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = 300
}

resource "aws_bedrockagent_agent" "allow_minimum" {
  agent_name                  = "allow-minimum"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = 60
}

resource "aws_bedrockagent_agent" "allow_absent" {
  agent_name              = "allow-absent"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
}

resource "aws_bedrockagent_agent" "allow_null" {
  agent_name                  = "allow-null"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = null
}

resource "aws_bedrockagent_agent" "allow_null_variable" {
  agent_name                  = "allow-null-variable"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = var.ttl
}

resource "aws_bedrockagent_agent" "undecided_from_stack" {
  agent_name                  = "undecided-from-stack"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = aws_cloudformation_stack.support_platform.outputs["AgentTtl"]
}

resource "aws_bedrockagent_agent" "undecided_tonumber" {
  agent_name                  = "undecided-tonumber"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = tonumber(aws_cloudformation_stack.support_platform.outputs["AgentTtl"])
}

resource "aws_bedrockagent_agent" "by_team" {
  for_each = {
    deny_lab    = 3600
    allow_legal = 900
  }
  agent_name                  = each.key
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = each.value
}

module "deny_agent" {
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
  ttl      = 3600
}

module "allow_agent" {
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
}
