variable "name" {
  type = string
}

variable "kms_key" {
  type    = string
  default = null
}

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = "IMMUTABLE"
  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key
  }
}
