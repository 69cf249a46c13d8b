variable "name" {
  type = string
}
variable "instance_type" {
  type    = string
  default = "ml.p4d.24xlarge"
}
resource "aws_sagemaker_endpoint_configuration" "this" {
  name = var.name
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = var.instance_type
  }
}
