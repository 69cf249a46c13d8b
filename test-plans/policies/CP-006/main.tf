resource "aws_vpc" "support_training" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_vpc" "support_ipam" {
  ipv4_ipam_pool_id   = "ipam-pool-0f3a91b2c4d5e6f70"
  ipv4_netmask_length = 18
}

resource "aws_security_group" "support_server" {
  name        = "model-server"
  description = "vLLM and Triton"
  vpc_id      = aws_vpc.support_training.id
}

resource "aws_ec2_managed_prefix_list" "support_world" {
  name           = "world"
  address_family = "IPv4"
  max_entries    = 2
  entry {
    cidr = "0.0.0.0/0"
  }
}

resource "aws_ec2_managed_prefix_list" "support_office" {
  name           = "office"
  address_family = "IPv4"
  max_entries    = 2
  entry {
    cidr = "203.0.113.0/24"
  }
}

resource "terraform_data" "support_peer" {
  input = "assigned by the network team"
}

locals { sg = aws_security_group.support_server.id }

variable "world" {
  type    = string
  default = "0.0.0.0/0"
}

# each of the ports, to the world
resource "aws_vpc_security_group_ingress_rule" "deny_port" {
  for_each = toset(["8000", "8001", "8002", "8080", "8265", "8500", "8501", "8888", "11434"])
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = tonumber(each.key)
  to_port = tonumber(each.key)
  ip_protocol = "tcp"
}

# IPv6 world
resource "aws_vpc_security_group_ingress_rule" "deny_ipv6" {
  security_group_id = local.sg
  cidr_ipv6 = "::/0"
  from_port = 8888
  to_port = 8888
  ip_protocol = "tcp"
}

# a range that contains model ports
resource "aws_vpc_security_group_ingress_rule" "deny_range" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 8000
  to_port = 9000
  ip_protocol = "tcp"
}

# every TCP port
resource "aws_vpc_security_group_ingress_rule" "deny_all_ports" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 0
  to_port = 65535
  ip_protocol = "tcp"
}

# all traffic
resource "aws_vpc_security_group_ingress_rule" "deny_all_traffic" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  ip_protocol = "-1"
}

# 6 is TCP
resource "aws_vpc_security_group_ingress_rule" "deny_protocol_number" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 8080
  to_port = 8080
  ip_protocol = "6"
}

# world through a variable
resource "aws_vpc_security_group_ingress_rule" "deny_variable" {
  security_group_id = local.sg
  cidr_ipv4 = var.world
  from_port = 8501
  to_port = 8501
  ip_protocol = "tcp"
}

# half of the internet
resource "aws_vpc_security_group_ingress_rule" "deny_half_world" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/1"
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# the port is the last of the range
resource "aws_vpc_security_group_ingress_rule" "deny_edge_of_range" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 7000
  to_port = 8000
  ip_protocol = "tcp"
}

# a prefix list of this plan that holds the world
resource "aws_vpc_security_group_ingress_rule" "support_prefix_list_world" {
  security_group_id = local.sg
  prefix_list_id = aws_ec2_managed_prefix_list.support_world.id
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# inline rule
resource "aws_security_group" "deny_inline" {
  name = "notebook"
  description = "Jupyter"
  vpc_id = aws_vpc.support_training.id
  ingress {
    protocol = "tcp"
    from_port = 8888
    to_port = 8888
    cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
  }
}

# inline rule, IPv6, all traffic
resource "aws_security_group" "deny_inline_ipv6" {
  name = "ray"
  description = "Ray"
  vpc_id = aws_vpc.support_training.id
  ingress {
    protocol = "-1"
    from_port = 0
    to_port = 0
    ipv6_cidr_blocks = ["::/0"]
  }
}

# inline rules from a dynamic block
resource "aws_security_group" "deny_inline_dynamic" {
  name = "triton"
  description = "Triton"
  vpc_id = aws_vpc.support_training.id
  dynamic "ingress" {
    for_each = [8000, 8001, 8002]
    content {
      protocol = "tcp"
      from_port = ingress.value
      to_port = ingress.value
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

# inline rule of the default group
resource "aws_default_security_group" "deny_default_group" {
  vpc_id = aws_vpc.support_training.id
  ingress {
    protocol = "tcp"
    from_port = 8265
    to_port = 8265
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# legacy rule
resource "aws_security_group_rule" "deny_legacy" {
  type = "ingress"
  security_group_id = local.sg
  protocol = "tcp"
  from_port = 11434
  to_port = 11434
  cidr_blocks = ["0.0.0.0/0"]
}

# legacy rule, all
resource "aws_security_group_rule" "deny_legacy_all" {
  type = "ingress"
  security_group_id = local.sg
  protocol = "all"
  from_port = 0
  to_port = 0
  ipv6_cidr_blocks = ["::/0"]
}

# egress is another row
resource "aws_security_group_rule" "allow_legacy_egress" {
  type = "egress"
  security_group_id = local.sg
  protocol = "tcp"
  from_port = 8080
  to_port = 8080
  cidr_blocks = ["0.0.0.0/0"]
}

# legacy rule from a group
resource "aws_security_group_rule" "allow_legacy_group" {
  type = "ingress"
  security_group_id = local.sg
  protocol = "tcp"
  from_port = 8080
  to_port = 8080
  source_security_group_id = local.sg
}

# legacy rule from itself
resource "aws_security_group_rule" "allow_legacy_self" {
  type = "ingress"
  security_group_id = local.sg
  protocol = "-1"
  from_port = 0
  to_port = 0
  self = true
}

# legacy rule over an opaque network
resource "aws_security_group_rule" "undecided_legacy" {
  type = "ingress"
  security_group_id = local.sg
  protocol = "tcp"
  from_port = 8080
  to_port = 8080
  cidr_blocks = [terraform_data.support_peer.output]
}

# inline rules that are closed
resource "aws_security_group" "allow_inline" {
  name = "gateway"
  description = "gateway"
  vpc_id = aws_vpc.support_training.id
  ingress {
    protocol = "tcp"
    from_port = 8080
    to_port = 8080
    cidr_blocks = ["10.40.0.0/16"]
  }
  ingress {
    protocol = "tcp"
    from_port = 443
    to_port = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol = "-1"
    from_port = 0
    to_port = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# no rules
resource "aws_security_group" "allow_no_rules" {
  name = "none"
  vpc_id = aws_vpc.support_training.id
}

# inline rules from a dynamic block over an unknown collection
resource "aws_security_group" "undecided_inline_dynamic" {
  name = "elastic"
  vpc_id = aws_vpc.support_training.id
  dynamic "ingress" {
    for_each = split(",", terraform_data.support_peer.output)
    content {
      protocol = "tcp"
      from_port = 8080
      to_port = 8080
      cidr_blocks = [ingress.value]
    }
  }
}

# inline rule over an opaque network
resource "aws_security_group" "undecided_inline_cidr" {
  name = "peer"
  vpc_id = aws_vpc.support_training.id
  ingress {
    protocol = "tcp"
    from_port = 8080
    to_port = 8080
    cidr_blocks = [terraform_data.support_peer.output]
  }
}

# 443 is not a model port
resource "aws_vpc_security_group_ingress_rule" "allow_https" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 443
  to_port = 443
  ip_protocol = "tcp"
}

# a range between two model ports
resource "aws_vpc_security_group_ingress_rule" "allow_between" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 8003
  to_port = 8079
  ip_protocol = "tcp"
}

# ICMP has types, not ports
resource "aws_vpc_security_group_ingress_rule" "allow_icmp" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 8
  to_port = 0
  ip_protocol = "icmp"
}

# the network of the VPC
resource "aws_vpc_security_group_ingress_rule" "allow_vpc" {
  security_group_id = local.sg
  cidr_ipv4 = aws_vpc.support_training.cidr_block
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# the network of a VPC from IPAM, unknown
resource "aws_vpc_security_group_ingress_rule" "allow_vpc_ipam" {
  security_group_id = local.sg
  cidr_ipv4 = aws_vpc.support_ipam.cidr_block
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# private network
resource "aws_vpc_security_group_ingress_rule" "allow_private" {
  security_group_id = local.sg
  cidr_ipv4 = "10.8.0.0/16"
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# another group
resource "aws_vpc_security_group_ingress_rule" "allow_group" {
  security_group_id = local.sg
  referenced_security_group_id = aws_security_group.support_server.id
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# a prefix list of this plan with an office
resource "aws_vpc_security_group_ingress_rule" "allow_office_prefix_list" {
  security_group_id = local.sg
  prefix_list_id = aws_ec2_managed_prefix_list.support_office.id
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# an office
resource "aws_vpc_security_group_ingress_rule" "allow_office" {
  security_group_id = local.sg
  cidr_ipv4 = "203.0.113.0/24"
  from_port = 8888
  to_port = 8888
  ip_protocol = "tcp"
}

# for_each
resource "aws_vpc_security_group_ingress_rule" "each" {
  for_each = { deny_world = "0.0.0.0/0", allow_vpn = "10.20.0.0/16" }
  security_group_id = local.sg
  cidr_ipv4 = each.value
  from_port = 8888
  to_port = 8888
  ip_protocol = "tcp"
}

# opaque network
resource "aws_vpc_security_group_ingress_rule" "undecided_cidr" {
  security_group_id = local.sg
  cidr_ipv4 = terraform_data.support_peer.output
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# opaque IPv6 network
resource "aws_vpc_security_group_ingress_rule" "undecided_cidr_ipv6" {
  security_group_id = local.sg
  cidr_ipv6 = terraform_data.support_peer.output
  from_port = 8080
  to_port = 8080
  ip_protocol = "tcp"
}

# opaque port, open to the world
resource "aws_vpc_security_group_ingress_rule" "undecided_port" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = tonumber(terraform_data.support_peer.output)
  to_port = tonumber(terraform_data.support_peer.output)
  ip_protocol = "tcp"
}

# opaque protocol
resource "aws_vpc_security_group_ingress_rule" "undecided_protocol" {
  security_group_id = local.sg
  cidr_ipv4 = "0.0.0.0/0"
  from_port = 8080
  to_port = 8080
  ip_protocol = terraform_data.support_peer.output
}

# opaque network on 443
resource "aws_vpc_security_group_ingress_rule" "allow_opaque_cidr_https" {
  security_group_id = local.sg
  cidr_ipv4 = terraform_data.support_peer.output
  from_port = 443
  to_port = 443
  ip_protocol = "tcp"
}

# module over a map
module "mixed" {
  source = "./mod"
  sg = local.sg
  sources = {
    deny_world = "0.0.0.0/0"
    allow_lan = "10.8.4.0/24"
  }
}
