variable "name" {
  type = string
}
variable "logs" {
  type    = list(string)
  default = []
}
resource "aws_eks_cluster" "this" {
  name                      = var.name
  role_arn                  = "arn:aws:iam::777788889999:role/eks-cluster"
  enabled_cluster_log_types = var.logs
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-1a2b3c4d5e6f70819"]
  }
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"
    }
  }
}
