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

variable "memory_days" {
  type    = list(number)
  default = []
}

resource "aws_bedrockagent_agent" "deny_year" {
  agent_name              = "deny-year"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration = [{
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = 365
  }]
}

resource "aws_bedrockagent_agent" "deny_year_block" {
  agent_name              = "deny-year-block"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration {
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = 365
  }
}

resource "aws_bedrockagent_agent" "deny_year_string" {
  agent_name              = "deny-year-string"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration = [{
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = "365"
  }]
}

resource "aws_bedrockagent_agent" "allow_absent" {
  agent_name              = "allow-absent"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
}

resource "aws_bedrockagent_agent" "allow_null" {
  agent_name              = "allow-null"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration    = null
}

resource "aws_bedrockagent_agent" "allow_empty_list" {
  agent_name              = "allow-empty-list"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration    = []
}

resource "aws_bedrockagent_agent" "allow_month" {
  agent_name              = "allow-month"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration = [{
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = 30
  }]
}

resource "aws_bedrockagent_agent" "allow_week_block" {
  agent_name              = "allow-week-block"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration {
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = 7
  }
}

resource "aws_bedrockagent_agent" "allow_dynamic_empty" {
  agent_name              = "allow-dynamic-empty"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  dynamic "memory_configuration" {
    for_each = var.memory_days
    content {
      enabled_memory_types = ["SESSION_SUMMARY"]
      storage_days         = memory_configuration.value
    }
  }
}

resource "aws_bedrockagent_agent" "deny_dynamic" {
  agent_name              = "deny-dynamic"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  dynamic "memory_configuration" {
    for_each = [365]
    content {
      enabled_memory_types = ["SESSION_SUMMARY"]
      storage_days         = memory_configuration.value
    }
  }
}

resource "aws_bedrockagent_agent" "undecided_days_from_stack" {
  agent_name              = "undecided-days-from-stack"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration = [{
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = aws_cloudformation_stack.support_platform.outputs["MemoryDays"]
  }]
}

resource "aws_bedrockagent_agent" "undecided_days_from_stack_block" {
  agent_name              = "undecided-days-from-stack-block"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration {
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = tonumber(aws_cloudformation_stack.support_platform.outputs["MemoryDays"])
  }
}

resource "aws_bedrockagent_agent" "undecided_dynamic" {
  agent_name              = "undecided-dynamic"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  dynamic "memory_configuration" {
    for_each = compact([aws_cloudformation_stack.support_platform.outputs["MemoryDays"]])
    content {
      enabled_memory_types = ["SESSION_SUMMARY"]
      storage_days         = memory_configuration.value
    }
  }
}

resource "aws_bedrockagent_agent" "support_days_unset" {
  agent_name              = "support-days-unset"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration = [{
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = null
  }]
}

resource "aws_bedrockagent_agent" "support_days_unset_block" {
  agent_name              = "support-days-unset-block"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration {
    enabled_memory_types = ["SESSION_SUMMARY"]
  }
}

module "deny_agent" {
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
  days     = 365
}

module "allow_agent" {
  count    = 2
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
}
