variable "name" {
  type = string
}
variable "platform" {
  type    = string
  default = "notebook-al2-v1"
}
resource "aws_sagemaker_notebook_instance" "this" {
  name                = var.name
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = var.platform
}
