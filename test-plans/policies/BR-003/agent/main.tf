variable "role_arn" {
  type = string
}

variable "key_arn" {
  type    = string
  default = null
}

resource "aws_bedrockagent_agent" "this" {
  agent_name                  = "intake"
  agent_resource_role_arn     = var.role_arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  customer_encryption_key_arn = var.key_arn
}
