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

variable "filters" {
  type    = set(string)
  default = []
}

resource "aws_bedrock_guardrail" "deny_no_content_policy" {
  name                      = "deny-no-content-policy"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  word_policy_config {
    managed_word_lists_config {
      type = "PROFANITY"
    }
  }
}

resource "aws_bedrock_guardrail" "deny_empty_policy" {
  name                      = "deny-empty-policy"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  word_policy_config {
    managed_word_lists_config {
      type = "PROFANITY"
    }
  }
  content_policy_config {}
}

resource "aws_bedrock_guardrail" "deny_prompt_attack_only" {
  name                      = "deny-prompt-attack-only"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
  }
}

resource "aws_bedrock_guardrail" "deny_one_missing" {
  name                      = "deny-one-missing"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }
}

resource "aws_bedrock_guardrail" "deny_input_none" {
  name                      = "deny-input-none"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "NONE"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }
}

resource "aws_bedrock_guardrail" "deny_output_none" {
  name                      = "deny-output-none"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }
}

resource "aws_bedrock_guardrail" "deny_all_none" {
  name                      = "deny-all-none"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "NONE"
      output_strength = "NONE"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "NONE"
      output_strength = "NONE"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "NONE"
      output_strength = "NONE"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "NONE"
      output_strength = "NONE"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "NONE"
      output_strength = "NONE"
    }
  }
}

resource "aws_bedrock_guardrail" "deny_dynamic_empty" {
  name                      = "deny-dynamic-empty"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  word_policy_config {
    managed_word_lists_config {
      type = "PROFANITY"
    }
  }
  content_policy_config {
    dynamic "filters_config" {
      for_each = var.filters
      content {
        type            = filters_config.value
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
    }
  }
}

resource "aws_bedrock_guardrail" "deny_dynamic_three" {
  name                      = "deny-dynamic-three"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    dynamic "filters_config" {
      for_each = toset(["HATE", "VIOLENCE", "SEXUAL"])
      content {
        type            = filters_config.value
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
    }
  }
}

resource "aws_bedrock_guardrail" "deny_none_next_to_unknown" {
  name                      = "deny-none-next-to-unknown"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = aws_cloudformation_stack.support_platform.outputs["Strength"]
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }
}

resource "aws_bedrock_guardrail" "allow_high" {
  name                      = "allow-high"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }
}

resource "aws_bedrock_guardrail" "allow_medium" {
  name                      = "allow-medium"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "MEDIUM"
      output_strength = "MEDIUM"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "MEDIUM"
      output_strength = "MEDIUM"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "MEDIUM"
      output_strength = "MEDIUM"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "MEDIUM"
      output_strength = "MEDIUM"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "MEDIUM"
      output_strength = "MEDIUM"
    }
  }
}

resource "aws_bedrock_guardrail" "allow_with_prompt_attack" {
  name                      = "allow-with-prompt-attack"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
  }
}

resource "aws_bedrock_guardrail" "allow_prompt_attack_unknown" {
  name                      = "allow-prompt-attack-unknown"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = aws_cloudformation_stack.support_platform.outputs["Strength"]
      output_strength = "NONE"
    }
  }
}

resource "aws_bedrock_guardrail" "allow_dynamic" {
  name                      = "allow-dynamic"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    dynamic "filters_config" {
      for_each = toset(["HATE", "VIOLENCE", "SEXUAL", "INSULTS", "MISCONDUCT"])
      content {
        type            = filters_config.value
        input_strength  = "HIGH"
        output_strength = "MEDIUM"
      }
    }
  }
}

resource "aws_bedrock_guardrail" "undecided_strength" {
  name                      = "undecided-strength"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = aws_cloudformation_stack.support_platform.outputs["Strength"]
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }
}

resource "aws_bedrock_guardrail" "undecided_output_strength" {
  name                      = "undecided-output-strength"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    filters_config {
      type            = "HATE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "VIOLENCE"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "SEXUAL"
      input_strength  = "HIGH"
      output_strength = aws_cloudformation_stack.support_platform.outputs["Strength"]
    }
    filters_config {
      type            = "INSULTS"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
    filters_config {
      type            = "MISCONDUCT"
      input_strength  = "HIGH"
      output_strength = "HIGH"
    }
  }
}

resource "aws_bedrock_guardrail" "undecided_dynamic" {
  name                      = "undecided-dynamic"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    dynamic "filters_config" {
      for_each = toset(compact(split(",", aws_cloudformation_stack.support_platform.outputs["Filters"])))
      content {
        type            = filters_config.value
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
    }
  }
}

resource "aws_bedrock_guardrail" "undecided_dynamic_strength" {
  name                      = "undecided-dynamic-strength"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  content_policy_config {
    dynamic "filters_config" {
      for_each = toset(["HATE", "VIOLENCE", "SEXUAL", "INSULTS", "MISCONDUCT"])
      content {
        type            = filters_config.value
        input_strength  = "HIGH"
        output_strength = aws_cloudformation_stack.support_platform.outputs["Strength"]
      }
    }
  }
}

resource "aws_bedrock_guardrail" "undecided_policy_presence" {
  name                      = "undecided-policy-presence"
  blocked_input_messaging   = "I cannot help with that request."
  blocked_outputs_messaging = "I cannot share that."
  word_policy_config {
    managed_word_lists_config {
      type = "PROFANITY"
    }
  }
  dynamic "content_policy_config" {
    for_each = compact([aws_cloudformation_stack.support_platform.outputs["Strength"]])
    content {
      filters_config {
        type            = "HATE"
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
      filters_config {
        type            = "VIOLENCE"
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
      filters_config {
        type            = "SEXUAL"
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
      filters_config {
        type            = "INSULTS"
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
      filters_config {
        type            = "MISCONDUCT"
        input_strength  = "HIGH"
        output_strength = "HIGH"
      }
    }
  }
}

module "deny_guardrail" {
  source = "./mod"
  name   = "ops-copilot"
  output = "NONE"
}

module "allow_guardrail" {
  for_each = toset(["claims", "billing"])
  source   = "./mod"
  name     = each.key
}
