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

resource "aws_kms_key" "support_ai" {
  description             = "CMK for the claims assistant"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_kms_alias" "support_ai" {
  name          = "alias/acme/claims-ai"
  target_key_id = aws_kms_key.support_ai.key_id
}

resource "aws_kms_external_key" "support_byok" {
  description = "BYOK for regulated models"
}

resource "aws_kms_replica_key" "support_replica" {
  primary_key_arn = "arn:aws:kms:eu-central-1:210987654321:key/mrk-1234abcd12ab34cd56ef1234567890ab"
}

# read during apply, since it waits for the alias
data "aws_kms_key" "support_by_alias" {
  key_id = aws_kms_alias.support_ai.name
}

variable "use_cmk" {
  type    = bool
  default = true
}

variable "use_cmk_in_sandbox" {
  type    = bool
  default = false
}

variable "no_key" {
  type    = string
  default = null
}

locals {
  cmk_arn = aws_kms_key.support_ai.arn
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

resource "aws_bedrockagent_agent" "deny_absent" {
  agent_name              = "deny-absent"
  agent_resource_role_arn = aws_iam_role.support_bedrock.arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
}

resource "aws_bedrockagent_agent" "deny_null" {
  agent_name                  = "deny-null"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = null
}

resource "aws_bedrockagent_agent" "deny_null_variable" {
  agent_name                  = "deny-null-variable"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = var.no_key
}

resource "aws_bedrockagent_agent" "deny_conditional_off" {
  agent_name                  = "deny-conditional-off"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = var.use_cmk_in_sandbox ? aws_kms_key.support_ai.arn : null
}

resource "aws_bedrockagent_agent" "deny_aws_managed_alias" {
  agent_name                  = "deny-aws-managed-alias"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = "arn:aws:kms:eu-west-1:210987654321:alias/aws/bedrock"
}

resource "aws_bedrockagent_agent" "allow_key_reference" {
  agent_name                  = "allow-key-reference"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = aws_kms_key.support_ai.arn
}

resource "aws_bedrockagent_agent" "allow_conditional_on" {
  agent_name                  = "allow-conditional-on"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = var.use_cmk ? aws_kms_key.support_ai.arn : null
}

resource "aws_bedrockagent_agent" "allow_module_output" {
  agent_name                  = "allow-module-output"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = module.support_keys.key_arn
}

resource "aws_bedrockagent_agent" "allow_external_key" {
  agent_name                  = "allow-external-key"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = aws_kms_external_key.support_byok.arn
}

resource "aws_bedrockagent_agent" "allow_replica_key" {
  agent_name                  = "allow-replica-key"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = aws_kms_replica_key.support_replica.arn
}

resource "aws_bedrockagent_agent" "allow_literal_key" {
  agent_name                  = "allow-literal-key"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = "arn:aws:kms:eu-west-1:210987654321:key/6f1c2d84-93ab-4e0f-9c57-2b7d8e41a05c"
}

resource "aws_bedrockagent_agent" "allow_literal_multi_region_key" {
  agent_name                  = "allow-literal-multi-region-key"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = "arn:aws:kms:eu-west-1:210987654321:key/mrk-1234abcd12ab34cd56ef1234567890ab"
}

resource "aws_bedrockagent_agent" "allow_alias_target" {
  agent_name                  = "allow-alias-target"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = aws_kms_alias.support_ai.target_key_arn
}

resource "aws_bedrockagent_agent" "allow_customer_alias" {
  agent_name                  = "allow-customer-alias"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = aws_kms_alias.support_ai.arn
}

resource "aws_bedrockagent_agent" "allow_coalesce" {
  agent_name                  = "allow-coalesce"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = coalesce(var.no_key, aws_kms_key.support_ai.arn)
}

resource "aws_bedrockagent_agent" "allow_data_key" {
  agent_name                  = "allow-data-key"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = data.aws_kms_key.support_by_alias.arn
}

resource "aws_bedrockagent_agent" "undecided_from_stack" {
  agent_name                  = "undecided-from-stack"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = aws_cloudformation_stack.support_platform.outputs["KmsKeyArn"]
}

resource "aws_bedrockagent_agent" "undecided_through_local" {
  agent_name                  = "undecided-through-local"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = local.cmk_arn
}

resource "aws_bedrockagent_agent" "undecided_key_or_stack" {
  agent_name                  = "undecided-key-or-stack"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = var.use_cmk ? aws_cloudformation_stack.support_platform.outputs["KmsKeyArn"] : aws_kms_key.support_ai.arn
}

resource "aws_bedrockagent_agent" "by_team" {
  for_each = {
    deny_lab    = null
    allow_legal = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  }
  agent_name                  = each.key
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = each.value
}

resource "aws_bedrockagent_agent" "allow_counted" {
  count                       = 2
  agent_name                  = "counted-${count.index}"
  agent_resource_role_arn     = aws_iam_role.support_bedrock.arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = aws_kms_key.support_ai.arn
}

module "support_keys" {
  source = "./mod"
}

module "deny_agent" {
  source   = "./agent"
  role_arn = aws_iam_role.support_bedrock.arn
}

module "allow_agent" {
  source   = "./agent"
  role_arn = aws_iam_role.support_bedrock.arn
  key_arn  = aws_kms_key.support_ai.arn
}
