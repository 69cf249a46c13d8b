variable "role_arn" {
  type = string
}

variable "days" {
  type    = number
  default = 14
}

resource "aws_bedrockagent_agent" "this" {
  agent_name              = "intake"
  agent_resource_role_arn = var.role_arn
  foundation_model        = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  memory_configuration = [{
    enabled_memory_types = ["SESSION_SUMMARY"]
    storage_days         = var.days
  }]
}
