variable "name" {
  type = string
}
variable "subnet_id" {
  type    = string
  default = null
}
resource "aws_sagemaker_notebook_instance" "this" {
  name          = var.name
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id     = var.subnet_id
}
