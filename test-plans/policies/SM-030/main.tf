resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

locals {
  role = "arn:aws:iam::123456789012:role/sagemaker-studio"
}

variable "docker" {
  type    = string
  default = "ENABLED"
}

variable "trusted" {
  type    = list(string)
  default = []
}

# Docker without a list of trusted accounts
resource "aws_sagemaker_domain" "deny_no_list" {
  domain_name = "no-list"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# explicit null
resource "aws_sagemaker_domain" "deny_null_list" {
  domain_name = "null-list"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = null
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# empty list, planned null
resource "aws_sagemaker_domain" "deny_empty_list" {
  domain_name = "empty-list"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = []
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# empty through a variable
resource "aws_sagemaker_domain" "deny_empty_variable" {
  domain_name = "empty-variable"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = var.trusted
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# enabled through a variable
resource "aws_sagemaker_domain" "deny_variable" {
  domain_name = "variable"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = var.docker
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# conditional that yields ENABLED
resource "aws_sagemaker_domain" "deny_conditional" {
  domain_name = "conditional"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = var.docker == "OFF" ? "DISABLED" : "ENABLED"
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# dynamic block without a list
resource "aws_sagemaker_domain" "deny_dynamic" {
  domain_name = "dynamic"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    dynamic "docker_settings" {
      for_each = [var.docker]
      content {
        enable_docker_access = docker_settings.value
      }
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# count
resource "aws_sagemaker_domain" "deny_count" {
  count = 2
  domain_name = "bu-${count.index}"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# Docker with a list
resource "aws_sagemaker_domain" "allow_trusted" {
  domain_name = "trusted"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = ["123456789012"]
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# two accounts
resource "aws_sagemaker_domain" "allow_two_trusted" {
  domain_name = "two-trusted"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = ["123456789012", "210987654321"]
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# disabled
resource "aws_sagemaker_domain" "allow_disabled" {
  domain_name = "disabled"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "DISABLED"
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# disabled, public network
resource "aws_sagemaker_domain" "allow_disabled_public" {
  domain_name = "disabled-public"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  domain_settings {
    docker_settings {
      enable_docker_access = "DISABLED"
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# no domain_settings: Docker is off
resource "aws_sagemaker_domain" "allow_absent" {
  domain_name = "absent"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  default_user_settings {
    execution_role = local.role
  }
}

# domain_settings without Docker
resource "aws_sagemaker_domain" "allow_no_docker_settings" {
  domain_name = "no-docker-settings"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    execution_role_identity_config = "USER_PROFILE_NAME"
  }
  default_user_settings {
    execution_role = local.role
  }
}

# the list without the switch: Docker is off
resource "aws_sagemaker_domain" "allow_access_absent" {
  domain_name = "access-absent"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      vpc_only_trusted_accounts = ["123456789012"]
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# explicit null: Docker is off
resource "aws_sagemaker_domain" "allow_access_null" {
  domain_name = "access-null"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = null
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# for_each
resource "aws_sagemaker_domain" "each" {
  for_each = { deny_lab = "ENABLED", allow_team = "DISABLED" }
  domain_name = replace(each.key, "_", "-")
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = each.value
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# opaque switch without a list
resource "aws_sagemaker_domain" "undecided_switch" {
  domain_name = "switch"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = aws_cloudformation_stack.support_platform.outputs["Docker"]
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# enabled, the list comes out of a stack
resource "aws_sagemaker_domain" "undecided_list" {
  domain_name = "list"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = compact(split(",", aws_cloudformation_stack.support_platform.outputs["Trusted"]))
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# enabled, an unknown account makes the whole list unknown
resource "aws_sagemaker_domain" "undecided_unknown_account" {
  domain_name = "unknown-account"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = [aws_cloudformation_stack.support_platform.outputs["Account"]]
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# opaque switch with a list
resource "aws_sagemaker_domain" "allow_switch_unknown_with_list" {
  domain_name = "switch-unknown-with-list"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    docker_settings {
      enable_docker_access = aws_cloudformation_stack.support_platform.outputs["Docker"]
      vpc_only_trusted_accounts = ["123456789012"]
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# dynamic block over an unknown collection
resource "aws_sagemaker_domain" "undecided_dynamic_unknown" {
  domain_name = "dynamic-unknown"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  domain_settings {
    dynamic "docker_settings" {
      for_each = terraform_data.support_handoff.output == "docker" ? [1] : []
      content {
        enable_docker_access = "ENABLED"
      }
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# dynamic domain_settings over an unknown collection
resource "aws_sagemaker_domain" "undecided_dynamic_settings" {
  domain_name = "dynamic-settings"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  app_network_access_type = "VpcOnly"
  dynamic "domain_settings" {
    for_each = terraform_data.support_handoff.output == "docker" ? [1] : []
    content {
      docker_settings {
        enable_docker_access = "ENABLED"
      }
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# the list holds in VpcOnly mode only
resource "aws_sagemaker_domain" "support_public_with_list" {
  domain_name = "public-with-list"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
      vpc_only_trusted_accounts = ["123456789012"]
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# enabled in public mode
resource "aws_sagemaker_domain" "deny_public_no_list" {
  domain_name = "public-no-list"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  domain_settings {
    docker_settings {
      enable_docker_access = "ENABLED"
    }
  }
  default_user_settings {
    execution_role = local.role
  }
}

# one domain per team
module "studio" {
  source = "./mod"
  for_each = {
    deny_vision = []
    allow_speech = ["123456789012"]
  }
  name = replace(each.key, "_", "-")
  trusted = each.value
}
