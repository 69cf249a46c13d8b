resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

resource "aws_cloudwatch_metric_alarm" "support_errors" {
  alarm_name          = "ranker-5xx"
  namespace           = "AWS/SageMaker"
  metric_name         = "Invocation5XXErrors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  period              = 60
  statistic           = "Sum"
  threshold           = 5
}

resource "aws_cloudwatch_metric_alarm" "support_latency" {
  for_each            = toset(["p50", "p99"])
  alarm_name          = "ranker-latency-${each.key}"
  namespace           = "AWS/SageMaker"
  metric_name         = "ModelLatency"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  period              = 60
  extended_statistic  = each.key
  threshold           = 500000
}

variable "alarm_names" {
  type    = list(string)
  default = []
}

# no deployment_config
resource "aws_sagemaker_endpoint" "deny_absent" {
  name = "absent"
  endpoint_config_name = "ranker"
}

# blue/green without auto_rollback_configuration
resource "aws_sagemaker_endpoint" "deny_no_rollback" {
  name = "no-rollback"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
  }
}

# auto_rollback_configuration without alarms
resource "aws_sagemaker_endpoint" "deny_no_alarms" {
  name = "no-alarms"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {}
  }
}

# dynamic alarms over an empty variable
resource "aws_sagemaker_endpoint" "deny_dynamic_empty" {
  name = "dynamic-empty"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      dynamic "alarms" {
        for_each = var.alarm_names
        content {
          alarm_name = alarms.value
        }
      }
    }
  }
}

# rolling update without alarms
resource "aws_sagemaker_endpoint" "deny_rolling" {
  name = "rolling"
  endpoint_config_name = "ranker"
  deployment_config {
    rolling_update_policy {
      wait_interval_in_seconds = 300
      maximum_batch_size {
        type  = "INSTANCE_COUNT"
        value = 1
      }
    }
  }
}

# dynamic auto_rollback_configuration over an empty list
resource "aws_sagemaker_endpoint" "deny_dynamic_block_empty" {
  name = "dynamic-block-empty"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    dynamic "auto_rollback_configuration" {
      for_each = var.alarm_names
      content {
        alarms {
          alarm_name = auto_rollback_configuration.value
        }
      }
    }
  }
}

# alarm by name
resource "aws_sagemaker_endpoint" "allow_literal" {
  name = "literal"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      alarms {
        alarm_name = "ranker-5xx"
      }
    }
  }
}

# alarm of this plan
resource "aws_sagemaker_endpoint" "allow_reference" {
  name = "reference"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      alarms {
        alarm_name = aws_cloudwatch_metric_alarm.support_errors.alarm_name
      }
    }
  }
}

# alarm of this plan by id, unknown
resource "aws_sagemaker_endpoint" "allow_id_reference" {
  name = "id-reference"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      alarms {
        alarm_name = aws_cloudwatch_metric_alarm.support_errors.id
      }
    }
  }
}

# dynamic alarms
resource "aws_sagemaker_endpoint" "allow_dynamic" {
  name = "dynamic"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      dynamic "alarms" {
        for_each = aws_cloudwatch_metric_alarm.support_latency
        content {
          alarm_name = alarms.value.alarm_name
        }
      }
    }
  }
}

# nothing says that the name is that of an alarm
resource "aws_sagemaker_endpoint" "undecided_opaque_name" {
  name = "opaque-name"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      alarms {
        alarm_name = terraform_data.support_handoff.output
      }
    }
  }
}

# rolling update with alarms
resource "aws_sagemaker_endpoint" "allow_rolling" {
  name = "rolling"
  endpoint_config_name = "ranker"
  deployment_config {
    rolling_update_policy {
      wait_interval_in_seconds = 300
      maximum_batch_size {
        type  = "INSTANCE_COUNT"
        value = 1
      }
    }
    auto_rollback_configuration {
      alarms {
        alarm_name = "ranker-5xx"
      }
    }
  }
}

# dynamic alarms over an unknown collection
resource "aws_sagemaker_endpoint" "undecided_dynamic_alarms" {
  name = "dynamic-alarms"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      dynamic "alarms" {
        for_each = toset(split(",", terraform_data.support_handoff.output))
        content {
          alarm_name = alarms.value
        }
      }
    }
  }
}

# dynamic auto_rollback_configuration over an unknown collection
resource "aws_sagemaker_endpoint" "undecided_dynamic_rollback" {
  name = "dynamic-rollback"
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    dynamic "auto_rollback_configuration" {
      for_each = terraform_data.support_handoff.output == "rollback" ? [1] : []
      content {
        alarms {
          alarm_name = "ranker-5xx"
        }
      }
    }
  }
}

# dynamic deployment_config over an unknown collection
resource "aws_sagemaker_endpoint" "undecided_dynamic_config" {
  name = "dynamic-config"
  endpoint_config_name = "ranker"
  dynamic "deployment_config" {
    for_each = terraform_data.support_handoff.output == "rollback" ? [1] : []
    content {
      blue_green_update_policy {
        traffic_routing_configuration {
          type                     = "ALL_AT_ONCE"
          wait_interval_in_seconds = 600
        }
      }
      auto_rollback_configuration {
        alarms {
          alarm_name = "ranker-5xx"
        }
      }
    }
  }
}

# for_each
resource "aws_sagemaker_endpoint" "each" {
  for_each = { deny_lab = [], allow_live = ["ranker-5xx"] }
  name = replace(each.key, "_", "-")
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    auto_rollback_configuration {
      dynamic "alarms" {
        for_each = each.value
        content {
          alarm_name = alarms.value
        }
      }
    }
  }
}

# module without alarms
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}

# module with an alarm
module "allow_module" {
  source = "./mod"
  name = "module-alarm"
  alarms = [aws_cloudwatch_metric_alarm.support_errors.alarm_name]
}
