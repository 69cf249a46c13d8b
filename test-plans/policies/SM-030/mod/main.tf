variable "name" {
  type = string
}
variable "trusted" {
  type    = list(string)
  default = []
}
resource "aws_sagemaker_domain" "this" {
  domain_name = var.name
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access      = "ENABLED"
      vpc_only_trusted_accounts = var.trusted
    }
  }
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/sagemaker-studio"
  }
}
