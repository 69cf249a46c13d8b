variable "name" {
  type = string
}
variable "subnets" {
  type = list(string)
}
variable "group" {
  type = string
}
variable "max_vcpus" {
  type    = number
  default = 100000
}
resource "aws_batch_compute_environment" "this" {
  compute_environment_name = var.name
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = var.max_vcpus
    subnets            = var.subnets
    security_group_ids = [var.group]
  }
}
