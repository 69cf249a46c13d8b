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

# planned with -var hf_token=<token>: an ephemeral value never reaches plan.json
variable "hf_token" {
  type      = string
  ephemeral = true
  sensitive = true
  default   = null
}

variable "openai_key" {
  type      = string
  sensitive = true
  default   = "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"
}

variable "no_key" {
  type    = string
  default = null
}

resource "aws_kms_key" "support_secrets" {
  description         = "AI provider keys"
  enable_key_rotation = true
}

resource "aws_kms_alias" "support_secrets" {
  name          = "alias/ai-provider-keys"
  target_key_id = aws_kms_key.support_secrets.key_id
}

resource "terraform_data" "support_settings" {
  input = "from the platform team"
}

resource "aws_ssm_parameter" "deny_string" {
  name  = "/ai/huggingface/token"
  type  = "String"
  value = "hf_fgKD0f6YYIgrCOX6Jhw7Hd11XzWL8MHpoK"
}

resource "aws_ssm_parameter" "deny_string_list" {
  name  = "/ai/huggingface/tokens"
  type  = "StringList"
  value = "hf_fgKD0f6YYIgrCOX6Jhw7Hd11XzWL8MHpoK,hf_Zqumpm08hsE8JNpjJOQGa2rb19FlY0mG1y"
}

resource "aws_ssm_parameter" "deny_insecure_value" {
  name           = "/ai/anthropic/api_key"
  type           = "String"
  insecure_value = "sk-ant-api03-EoQ-_xZ90txdegvcU-G7lJ2m7erV7xnuILoVGbuLI4C0GRwa9xed3XBYqpNnRNB7FIYnqdodrN1o5JqEt_lRC3ZWYdzAeAA"
}

resource "aws_ssm_parameter" "deny_sensitive_variable" {
  name  = "/ai/openai/api_key"
  type  = "String"
  value = var.openai_key
}

resource "aws_ssm_parameter" "deny_token_under_plain_name" {
  name  = "/serving/config/upstream"
  type  = "String"
  value = "sk-ant-api03-EoQ-_xZ90txdegvcU-G7lJ2m7erV7xnuILoVGbuLI4C0GRwa9xed3XBYqpNnRNB7FIYnqdodrN1o5JqEt_lRC3ZWYdzAeAA"
}

resource "aws_ssm_parameter" "deny_write_only_string" {
  name             = "/ai/huggingface/write_token"
  type             = "String"
  value_wo         = var.hf_token
  value_wo_version = 1
}

resource "aws_ssm_parameter" "deny_no_key" {
  name  = "/ai/cohere/api_key"
  type  = "SecureString"
  value = var.openai_key
}

resource "aws_ssm_parameter" "deny_null_key" {
  name   = "/ai/mistral/api_key"
  type   = "SecureString"
  key_id = null
  value  = var.openai_key
}

resource "aws_ssm_parameter" "deny_null_variable_key" {
  name   = "/ai/replicate/api_token"
  type   = "SecureString"
  key_id = var.no_key
  value  = var.openai_key
}

resource "aws_ssm_parameter" "deny_aws_managed_alias" {
  name   = "/ai/together/api_key"
  type   = "SecureString"
  key_id = "alias/aws/ssm"
  value  = var.openai_key
}

resource "aws_ssm_parameter" "deny_write_only_no_key" {
  name             = "/ai/huggingface/read_token"
  type             = "SecureString"
  value_wo         = var.hf_token
  value_wo_version = 1
}

resource "aws_ssm_parameter" "allow_key_arn" {
  name   = "/ai/openai/batch_api_key"
  type   = "SecureString"
  key_id = aws_kms_key.support_secrets.arn
  value  = var.openai_key
}

resource "aws_ssm_parameter" "allow_key_id" {
  name   = "/ai/groq/api_key"
  type   = "SecureString"
  key_id = aws_kms_key.support_secrets.key_id
  value  = var.openai_key
}

resource "aws_ssm_parameter" "allow_alias" {
  name   = "/ai/pinecone/api_key"
  type   = "SecureString"
  key_id = aws_kms_alias.support_secrets.name
  value  = var.openai_key
}

resource "aws_ssm_parameter" "allow_literal_key" {
  name   = "/ai/nvidia/ngc_api_key"
  type   = "SecureString"
  key_id = "arn:aws:kms:eu-west-1:210987654321:key/6f1c2d84-93ab-4e0f-9c57-2b7d8e41a05c"
  value  = var.openai_key
}

resource "aws_ssm_parameter" "allow_write_only" {
  name             = "/ai/huggingface/token-wo"
  type             = "SecureString"
  key_id           = aws_kms_key.support_secrets.arn
  value_wo         = var.hf_token
  value_wo_version = 1
}

resource "aws_ssm_parameter" "allow_unknown_value" {
  name   = "/ai/huggingface/token-minted"
  type   = "SecureString"
  key_id = aws_kms_key.support_secrets.arn
  value  = terraform_data.support_settings.output
}

resource "aws_ssm_parameter" "allow_setting" {
  name  = "/serving/instance_type"
  type  = "String"
  value = "ml.g5.2xlarge"
}

resource "aws_ssm_parameter" "allow_max_tokens" {
  name  = "/serving/max_tokens"
  type  = "String"
  value = "4096"
}

resource "aws_ssm_parameter" "allow_secret_arn" {
  name  = "/serving/api_key_secret_arn"
  type  = "String"
  value = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:ai/openai-Ab12Cd"
}

resource "aws_ssm_parameter" "allow_setting_secure_default_key" {
  name           = "/serving/model_id"
  type           = "String"
  insecure_value = "meta-llama/Llama-3.1-8B-Instruct"
}

resource "aws_ssm_parameter" "allow_image" {
  name  = "/serving/image"
  type  = "String"
  value = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/djl-inference@sha256:5f3c1d7ab0e94c6628d1b7f0a9e8c3d245716f8e90ab1c2d3e4f5061728394ab"
}

resource "aws_ssm_parameter" "undecided_key" {
  name   = "/ai/voyage/api_key"
  type   = "SecureString"
  key_id = terraform_data.support_settings.output
  value  = var.openai_key
}

resource "aws_ssm_parameter" "undecided_type" {
  name   = "/ai/wandb/api_key"
  type   = aws_cloudformation_stack.support_platform.outputs["Type"]
  key_id = aws_kms_key.support_secrets.arn
  value  = var.openai_key
}

resource "aws_ssm_parameter" "by_provider" {
  for_each = {
    deny_fireworks = "String"
    allow_deepseek = "SecureString"
  }
  name   = "/ai/${each.key}/api_key"
  type   = each.value
  key_id = each.value == "SecureString" ? aws_kms_key.support_secrets.arn : null
  value  = var.openai_key
}

module "deny_parameter" {
  source = "./mod"
  name   = "/ai/perplexity/api_key"
  value  = var.openai_key
}

module "allow_parameter" {
  source = "./mod"
  name   = "/ai/xai/api_key"
  value  = var.openai_key
  type   = "SecureString"
  key_id = aws_kms_key.support_secrets.arn
}

# ---- other values ----
resource "aws_sqs_queue" "support_q" {
  name = "q"
}

resource "aws_ssm_parameter" "deny_json" {
  name  = "/app/llm"
  type  = "String"
  value = jsonencode({ provider = "hf", api_key = "hf_fgKD0f6YYIgrCOX6Jhw7Hd11XzWL8MHpoK" })
}

resource "aws_ssm_parameter" "deny_database_url" {
  name  = "/app/db/url"
  type  = "String"
  value = "postgres://svc:Zk7pQ2mLx9@db.internal:5432/app"
}

resource "aws_ssm_parameter" "deny_unknown_value_named" {
  name  = "/ai/z/api_key"
  type  = "String"
  value = aws_cloudformation_stack.support_platform.outputs["K"]
}

resource "aws_ssm_parameter" "undecided_value" {
  name  = "/app/upstream"
  type  = "String"
  value = aws_cloudformation_stack.support_platform.outputs["U"]
}

resource "aws_ssm_parameter" "allow_queue_url" {
  name  = "/app/queue_url"
  type  = "String"
  value = aws_sqs_queue.support_q.url
}

resource "aws_ssm_parameter" "allow_tokenizer" {
  name  = "/serving/tokenizer"
  type  = "String"
  value = "meta-llama/Llama-3.1-8B-Instruct"
}

resource "aws_ssm_parameter" "allow_eos_token" {
  name  = "/serving/eos_token"
  type  = "String"
  value = "<|eot_id|>"
}
