variable "sg" {
  type = string
}
variable "sources" {
  type = map(string)
}
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each          = var.sources
  security_group_id = var.sg
  cidr_ipv4         = each.value
  from_port         = 8265
  to_port           = 8265
  ip_protocol       = "tcp"
}
