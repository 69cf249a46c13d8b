variable "name" {
  type = string
}
variable "secret_arn" {
  type    = string
  default = null
}
resource "aws_sagemaker_code_repository" "this" {
  code_repository_name = var.name
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn     = var.secret_arn
  }
}
