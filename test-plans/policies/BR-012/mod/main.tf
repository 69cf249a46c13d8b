variable "name" {
  type = string
}

variable "output" {
  type    = string
  default = "HIGH"
}

resource "aws_bedrock_guardrail" "this" {
  name                      = var.name
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    dynamic "filters_config" {
      for_each = ["HATE", "VIOLENCE", "SEXUAL", "INSULTS", "MISCONDUCT"]
      content {
        type            = filters_config.value
        input_strength  = "HIGH"
        output_strength = var.output
      }
    }
  }
}
