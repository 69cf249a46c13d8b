variable "name" {
  type = string
}
variable "kms_key_id" {
  type    = string
  default = null
}
resource "aws_sagemaker_domain" "this" {
  domain_name = var.name
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id  = var.kms_key_id
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/sagemaker-studio"
  }
}
