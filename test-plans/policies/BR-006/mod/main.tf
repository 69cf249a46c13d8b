variable "role_arn" {
  type = string
}

variable "ttl" {
  type    = number
  default = 600
}

resource "aws_bedrockagent_agent" "this" {
  agent_name                  = "intake"
  agent_resource_role_arn     = var.role_arn
  foundation_model            = "anthropic.claude-3-5-sonnet-20240620-v1:0"
  idle_session_ttl_in_seconds = var.ttl
}
