variable "name" {
  type = string
}
variable "subnets" {
  type    = list(string)
  default = []
}
variable "groups" {
  type    = list(string)
  default = []
}
resource "aws_sagemaker_model" "this" {
  name               = var.name
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  dynamic "vpc_config" {
    for_each = length(var.subnets) > 0 ? [1] : []
    content {
      subnets            = var.subnets
      security_group_ids = var.groups
    }
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}
