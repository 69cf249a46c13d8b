resource "terraform_data" "support_settings" {
  input = "from the platform team"
}

resource "aws_vpc" "support_ml" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_subnet" "support_private" {
  count      = 2
  vpc_id     = aws_vpc.support_ml.id
  cidr_block = cidrsubnet(aws_vpc.support_ml.cidr_block, 8, count.index)
}

resource "aws_subnet" "support_public" {
  vpc_id                  = aws_vpc.support_ml.id
  cidr_block              = "10.40.100.0/24"
  map_public_ip_on_launch = true
}

resource "aws_internet_gateway" "support_ml" {
  vpc_id = aws_vpc.support_ml.id
}

resource "aws_subnet" "support_routed" {
  vpc_id     = aws_vpc.support_ml.id
  cidr_block = "10.40.101.0/24"
}

resource "aws_route_table" "support_routed" {
  vpc_id = aws_vpc.support_ml.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.support_ml.id
  }
}

resource "aws_route_table_association" "support_routed" {
  subnet_id      = aws_subnet.support_routed.id
  route_table_id = aws_route_table.support_routed.id
}

resource "aws_security_group" "support_ml" {
  name   = "batch"
  vpc_id = aws_vpc.support_ml.id
}

variable "max_vcpus" {
  type    = number
  default = 4096
}

# more vCPUs than the bound
resource "aws_batch_compute_environment" "deny_too_many" {
  compute_environment_name = "too-many"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 2048
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# more through a variable
resource "aws_batch_compute_environment" "deny_variable" {
  compute_environment_name = "variable"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = var.max_vcpus
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# a subnet that gives public addresses
resource "aws_batch_compute_environment" "deny_public_subnet" {
  compute_environment_name = "public-subnet"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 256
    subnets            = [aws_subnet.support_public.id]
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# one public subnet among private ones
resource "aws_batch_compute_environment" "deny_public_among_private" {
  compute_environment_name = "public-among-private"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 256
    subnets            = concat(aws_subnet.support_private[*].id, [aws_subnet.support_public.id])
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# a subnet whose route table leads to an internet gateway
resource "aws_batch_compute_environment" "deny_routed_subnet" {
  compute_environment_name = "routed-subnet"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 256
    subnets            = [aws_subnet.support_routed.id]
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# both
resource "aws_batch_compute_environment" "deny_both" {
  compute_environment_name = "both"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 9000
    subnets            = [aws_subnet.support_public.id]
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# too many, whatever the subnets are
resource "aws_batch_compute_environment" "deny_bound_opaque_subnet" {
  compute_environment_name = "bound-opaque-subnet"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 2048
    subnets            = [terraform_data.support_settings.output]
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# the bound itself
resource "aws_batch_compute_environment" "allow_bound" {
  compute_environment_name = "bound"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 512
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# private subnets, few vCPUs
resource "aws_batch_compute_environment" "allow_private" {
  compute_environment_name = "private"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 256
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# Spot
resource "aws_batch_compute_environment" "allow_spot" {
  compute_environment_name = "spot"
  type                     = "MANAGED"
  compute_resources {
    type               = "SPOT"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 256
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# Fargate
resource "aws_batch_compute_environment" "allow_fargate" {
  compute_environment_name = "fargate"
  type                     = "MANAGED"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 64
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# unmanaged: no compute resources
resource "aws_batch_compute_environment" "allow_unmanaged" {
  compute_environment_name = "unmanaged"
  type                     = "UNMANAGED"
}

# for_each
resource "aws_batch_compute_environment" "each" {
  for_each                 = { deny_huge = 8192, allow_small = 64 }
  compute_environment_name = replace(each.key, "_", "-")
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = each.value
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# opaque bound
resource "aws_batch_compute_environment" "undecided_bound" {
  compute_environment_name = "bound"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = tonumber(terraform_data.support_settings.output)
    subnets            = aws_subnet.support_private[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# opaque subnets
resource "aws_batch_compute_environment" "undecided_subnets_opaque" {
  compute_environment_name = "subnets-opaque"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 256
    subnets            = [terraform_data.support_settings.output]
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# a subnet that is not in this plan
resource "aws_batch_compute_environment" "support_literal_subnet" {
  compute_environment_name = "literal-subnet"
  type                     = "MANAGED"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::777788889999:instance-profile/batch"
    instance_type      = ["g5.12xlarge"]
    min_vcpus          = 0
    max_vcpus          = 256
    subnets            = ["subnet-0a1b2c3d4e5f60718"]
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# module default is too many
module "deny_module_default" {
  source  = "./mod"
  name    = "default"
  subnets = aws_subnet.support_private[*].id
  group   = aws_security_group.support_ml.id
}

# module with few
module "allow_module" {
  source    = "./mod"
  name      = "few"
  subnets   = aws_subnet.support_private[*].id
  group     = aws_security_group.support_ml.id
  max_vcpus = 128
}

# module with a public subnet
module "deny_module_public" {
  source    = "./mod"
  name      = "public"
  subnets   = [aws_subnet.support_public.id]
  group     = aws_security_group.support_ml.id
  max_vcpus = 128
}
