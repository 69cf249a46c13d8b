resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

resource "aws_vpc" "support_ml" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_subnet" "support_ml" {
  count      = 2
  vpc_id     = aws_vpc.support_ml.id
  cidr_block = cidrsubnet(aws_vpc.support_ml.cidr_block, 8, count.index)
}

resource "aws_subnet" "support_zone" {
  for_each   = { a = 10, b = 11 }
  vpc_id     = aws_vpc.support_ml.id
  cidr_block = cidrsubnet(aws_vpc.support_ml.cidr_block, 8, each.value)
}

resource "aws_security_group" "support_ml" {
  name   = "ml-inference"
  vpc_id = aws_vpc.support_ml.id
}

resource "aws_secretsmanager_secret" "support_oidc" {
  name = "ml/labeling/oidc-client"
}

data "aws_secretsmanager_secret_version" "oidc" {
  secret_id = aws_secretsmanager_secret.support_oidc.id
}

resource "aws_eip" "support_office" {
  domain = "vpc"
}

variable "cidrs" {
  type    = list(string)
  default = ["203.0.113.0/24"]
}

variable "open" {
  type    = list(string)
  default = ["0.0.0.0/0"]
}

# the whole internet
resource "aws_sagemaker_workforce" "deny_world" {
  workforce_name = "world"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = ["0.0.0.0/0"]
  }
}

# the whole internet beside an office
resource "aws_sagemaker_workforce" "deny_world_in_list" {
  workforce_name = "world-in-list"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = ["203.0.113.0/24", "0.0.0.0/0"]
  }
}

# the whole internet through a variable
resource "aws_sagemaker_workforce" "deny_world_variable" {
  workforce_name = "world-variable"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = var.open
  }
}

# no network at all
resource "aws_sagemaker_workforce" "deny_empty" {
  workforce_name = "empty"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = []
  }
}

# the whole internet in two halves
resource "aws_sagemaker_workforce" "deny_split_world" {
  workforce_name = "split-world"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
  }
}

# neither: optional and computed, unknown
resource "aws_sagemaker_workforce" "support_absent" {
  workforce_name = "absent"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
}

# an office network
resource "aws_sagemaker_workforce" "allow_office" {
  workforce_name = "office"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = ["203.0.113.0/24"]
  }
}

# through a variable
resource "aws_sagemaker_workforce" "allow_variable" {
  workforce_name = "variable"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = var.cidrs
  }
}

# two networks
resource "aws_sagemaker_workforce" "allow_two" {
  workforce_name = "two"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = ["203.0.113.0/24", "198.51.100.7/32"]
  }
}

# a VPC
resource "aws_sagemaker_workforce" "allow_vpc" {
  workforce_name = "vpc"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  workforce_vpc_config {
    vpc_id             = aws_vpc.support_ml.id
    subnets            = aws_subnet.support_ml[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
}

# a VPC and a network
resource "aws_sagemaker_workforce" "allow_both" {
  workforce_name = "both"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  workforce_vpc_config {
    vpc_id             = aws_vpc.support_ml.id
    subnets            = aws_subnet.support_ml[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
  source_ip_config {
    cidrs = ["203.0.113.0/24"]
  }
}

# the address of this plan
resource "aws_sagemaker_workforce" "allow_eip" {
  workforce_name = "eip"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = ["${aws_eip.support_office.public_ip}/32"]
  }
}

# dynamic block that yields one
resource "aws_sagemaker_workforce" "allow_dynamic" {
  workforce_name = "dynamic"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  dynamic "source_ip_config" {
    for_each = [var.cidrs]
    content {
      cidrs = source_ip_config.value
    }
  }
}

# opaque
resource "aws_sagemaker_workforce" "undecided_cidr" {
  workforce_name = "cidr"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = [terraform_data.support_handoff.output]
  }
}

# list from a stack
resource "aws_sagemaker_workforce" "undecided_cidrs_stack" {
  workforce_name = "cidrs-stack"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = split(",", aws_cloudformation_stack.support_platform.outputs["Cidrs"])
  }
}

# dynamic block over an unknown collection
resource "aws_sagemaker_workforce" "undecided_dynamic_unknown" {
  workforce_name = "dynamic-unknown"
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  dynamic "source_ip_config" {
    for_each = terraform_data.support_handoff.output == "office" ? [1] : []
    content {
      cidrs = ["203.0.113.0/24"]
    }
  }
}

# for_each
resource "aws_sagemaker_workforce" "each" {
  for_each       = { deny_open = "0.0.0.0/0", allow_office = "203.0.113.0/24" }
  workforce_name = replace(each.key, "_", "-")
  oidc_config {
    authorization_endpoint = "https://login.acme-ml.example/oauth2/authorize"
    client_id              = "sagemaker-labeling"
    client_secret          = data.aws_secretsmanager_secret_version.oidc.secret_string
    issuer                 = "https://login.acme-ml.example/oauth2"
    jwks_uri               = "https://login.acme-ml.example/oauth2/jwks"
    logout_endpoint        = "https://login.acme-ml.example/oauth2/logout"
    token_endpoint         = "https://login.acme-ml.example/oauth2/token"
    user_info_endpoint     = "https://login.acme-ml.example/oauth2/userinfo"
  }
  source_ip_config {
    cidrs = [each.value]
  }
}
