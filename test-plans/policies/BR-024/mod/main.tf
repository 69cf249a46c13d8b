variable "commitment" {
  type    = string
  default = "SixMonths"
}

resource "aws_bedrock_provisioned_model_throughput" "this" {
  provisioned_model_name = "this"
  model_arn              = "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-v2"
  model_units            = 1
  commitment_duration    = var.commitment
}
