variable "name" {
  type = string
}
variable "replicas" {
  type    = number
  default = 1
}
resource "aws_sagemaker_endpoint_configuration" "this" {
  name = var.name
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = var.replicas
    instance_type = "ml.m5.xlarge"
  }
}
