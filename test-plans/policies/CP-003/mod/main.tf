variable "name" {
  type = string
}
variable "encrypted" {
  type    = bool
  default = false
}
resource "aws_instance" "this" {
  ami           = "ami-0a1b2c3d4e5f67890"
  instance_type = "g6.12xlarge"
  root_block_device {
    volume_size = 200
    encrypted   = var.encrypted
  }
}
