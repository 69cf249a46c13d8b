variable "name" {
  type = string
}
variable "alarms" {
  type    = list(string)
  default = []
}
resource "aws_sagemaker_endpoint" "this" {
  name                 = var.name
  endpoint_config_name = "ranker"
  deployment_config {
    blue_green_update_policy {
      traffic_routing_configuration {
        type                     = "ALL_AT_ONCE"
        wait_interval_in_seconds = 600
      }
    }
    dynamic "auto_rollback_configuration" {
      for_each = length(var.alarms) > 0 ? [1] : []
      content {
        dynamic "alarms" {
          for_each = var.alarms
          content {
            alarm_name = alarms.value
          }
        }
      }
    }
  }
}
