variable "name" {
  type = string
}

variable "value" {
  type      = string
  sensitive = true
}

variable "type" {
  type    = string
  default = "String"
}

variable "key_id" {
  type    = string
  default = null
}

resource "aws_ssm_parameter" "this" {
  name   = var.name
  type   = var.type
  value  = var.value
  key_id = var.key_id
}
