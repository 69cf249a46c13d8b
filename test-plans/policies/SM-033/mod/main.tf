variable "name" {
  type = string
}
variable "domain_id" {
  type = string
}
variable "role" {
  type = string
}
resource "aws_sagemaker_user_profile" "this" {
  domain_id         = var.domain_id
  user_profile_name = var.name
  user_settings {
    execution_role = var.role
  }
}
