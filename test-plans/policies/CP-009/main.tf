locals {
  role    = "arn:aws:iam::777788889999:role/eks-cluster"
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-1a2b3c4d5e6f70819"]
}

resource "terraform_data" "support_settings" {
  input = "from the platform team"
}

resource "aws_kms_key" "support_eks" {
  description = "EKS secrets"
}

variable "logs" {
  type    = list(string)
  default = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
}

variable "key_arn" {
  type    = string
  default = null
}

# neither
resource "aws_eks_cluster" "deny_neither" {
  name     = "neither"
  role_arn = local.role

  vpc_config {
    subnet_ids = local.subnets
  }
}

# logs only
resource "aws_eks_cluster" "deny_no_encryption" {
  name                      = "no-encryption"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  vpc_config {
    subnet_ids = local.subnets
  }
}

# encryption only
resource "aws_eks_cluster" "deny_no_logs" {
  name     = "no-logs"
  role_arn = local.role
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# empty list, planned null
resource "aws_eks_cluster" "deny_logs_empty" {
  name                      = "logs-empty"
  role_arn                  = local.role
  enabled_cluster_log_types = []
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# explicit null
resource "aws_eks_cluster" "deny_logs_null" {
  name                      = "logs-null"
  role_arn                  = local.role
  enabled_cluster_log_types = null
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# without the audit log
resource "aws_eks_cluster" "deny_scheduler_only" {
  name                      = "scheduler-only"
  role_arn                  = local.role
  enabled_cluster_log_types = ["scheduler"]
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# dynamic encryption_config over a variable that is null
resource "aws_eks_cluster" "deny_dynamic_empty" {
  name                      = "dynamic-empty"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  dynamic "encryption_config" {
    for_each = var.key_arn[*]
    content {
      resources = ["secrets"]
      provider {
        key_arn = encryption_config.value
      }
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# count
resource "aws_eks_cluster" "deny_count" {
  count                     = 2
  name                      = "count-${count.index}"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  vpc_config {
    subnet_ids = local.subnets
  }
}

# for_each
resource "aws_eks_cluster" "each" {
  for_each                  = { deny_lab = [], allow_train = ["api", "audit", "authenticator", "controllerManager", "scheduler"] }
  name                      = each.key
  role_arn                  = local.role
  enabled_cluster_log_types = each.value
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# both
resource "aws_eks_cluster" "allow_both" {
  name                      = "both"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# literal key
resource "aws_eks_cluster" "allow_literal_key" {
  name                      = "literal-key"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# logs from a variable
resource "aws_eks_cluster" "allow_variable" {
  name                      = "variable"
  role_arn                  = local.role
  enabled_cluster_log_types = var.logs
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# dynamic encryption_config
resource "aws_eks_cluster" "allow_dynamic" {
  name                      = "dynamic"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  dynamic "encryption_config" {
    for_each = ["arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"]
    content {
      resources = ["secrets"]
      provider {
        key_arn = encryption_config.value
      }
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# opaque logs
resource "aws_eks_cluster" "undecided_logs" {
  name                      = "logs"
  role_arn                  = local.role
  enabled_cluster_log_types = split(",", terraform_data.support_settings.output)
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = aws_kms_key.support_eks.arn
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# dynamic encryption_config over an unknown collection
resource "aws_eks_cluster" "undecided_dynamic" {
  name                      = "dynamic"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  dynamic "encryption_config" {
    for_each = terraform_data.support_settings.output == "cmk" ? [1] : []
    content {
      resources = ["secrets"]
      provider {
        key_arn = aws_kms_key.support_eks.arn
      }
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# opaque key
resource "aws_eks_cluster" "undecided_key_opaque" {
  name                      = "key-opaque"
  role_arn                  = local.role
  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = terraform_data.support_settings.output
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# no logs whatever the key is
resource "aws_eks_cluster" "deny_no_logs_key_opaque" {
  name     = "no-logs-key-opaque"
  role_arn = local.role
  encryption_config {
    resources = ["secrets"]
    provider {
      key_arn = terraform_data.support_settings.output
    }
  }
  vpc_config {
    subnet_ids = local.subnets
  }
}

# module without logs
module "deny_module" {
  source = "./mod"
  name   = "plain"
}

# module with logs
module "allow_module" {
  source = "./mod"
  name   = "logged"
  logs   = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
}
