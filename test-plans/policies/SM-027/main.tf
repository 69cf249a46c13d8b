resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

resource "aws_kms_key" "support_ml" {
  description         = "SageMaker"
  enable_key_rotation = true
}

resource "aws_kms_alias" "support_ml" {
  name          = "alias/ml-platform"
  target_key_id = aws_kms_key.support_ml.key_id
}

resource "aws_kms_key" "support_optional" {
  count       = 0
  description = "switched off in this stack"
}

variable "shared_key_arn" {
  type    = string
  default = null
}

variable "use_cmk" {
  type    = bool
  default = true
}

locals {
  role = "arn:aws:iam::123456789012:role/sagemaker-studio"
}

# no key
resource "aws_sagemaker_domain" "deny_absent" {
  domain_name = "absent"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]

  default_user_settings {
    execution_role = local.role
  }
}

# explicit null
resource "aws_sagemaker_domain" "deny_null" {
  domain_name = "null"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = null
  default_user_settings {
    execution_role = local.role
  }
}

# empty string
resource "aws_sagemaker_domain" "deny_empty" {
  domain_name = "empty"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = ""
  default_user_settings {
    execution_role = local.role
  }
}

# a variable whose value is null
resource "aws_sagemaker_domain" "deny_null_variable" {
  domain_name = "null-variable"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = var.shared_key_arn
  default_user_settings {
    execution_role = local.role
  }
}

# a key that count = 0 leaves out: known, null
resource "aws_sagemaker_domain" "deny_key_switched_off" {
  domain_name = "key-switched-off"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = try(aws_kms_key.support_optional[0].arn, null)
  default_user_settings {
    execution_role = local.role
  }
}

# AWS managed key by its alias
resource "aws_sagemaker_domain" "deny_aws_managed_alias" {
  domain_name = "aws-managed-alias"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = "alias/aws/elasticfilesystem"
  default_user_settings {
    execution_role = local.role
  }
}

# AWS managed key by the ARN of its alias
resource "aws_sagemaker_domain" "deny_aws_managed_alias_arn" {
  domain_name = "aws-managed-alias-arn"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = "arn:aws:kms:eu-west-1:777788889999:alias/aws/elasticfilesystem"
  default_user_settings {
    execution_role = local.role
  }
}

# conditional on a variable, switched off
resource "aws_sagemaker_domain" "deny_conditional_off" {
  domain_name = "conditional-off"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = var.use_cmk ? null : aws_kms_key.support_ml.arn
  default_user_settings {
    execution_role = local.role
  }
}

# ARN of a customer key
resource "aws_sagemaker_domain" "allow_literal_arn" {
  domain_name = "literal-arn"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"
  default_user_settings {
    execution_role = local.role
  }
}

# id of a customer key
resource "aws_sagemaker_domain" "allow_literal_key_id" {
  domain_name = "literal-key-id"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = "6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"
  default_user_settings {
    execution_role = local.role
  }
}

# alias of the customer
resource "aws_sagemaker_domain" "allow_literal_alias" {
  domain_name = "literal-alias"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = "alias/ml-platform"
  default_user_settings {
    execution_role = local.role
  }
}

# key of this plan
resource "aws_sagemaker_domain" "allow_key_reference" {
  domain_name = "key-reference"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = aws_kms_key.support_ml.arn
  default_user_settings {
    execution_role = local.role
  }
}

# key of this plan by its id
resource "aws_sagemaker_domain" "allow_key_id_reference" {
  domain_name = "key-id-reference"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = aws_kms_key.support_ml.key_id
  default_user_settings {
    execution_role = local.role
  }
}

# name of a customer alias of this plan, known
resource "aws_sagemaker_domain" "allow_alias_name" {
  domain_name = "alias-name"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = aws_kms_alias.support_ml.name
  default_user_settings {
    execution_role = local.role
  }
}

# customer alias of this plan, unknown
resource "aws_sagemaker_domain" "allow_alias_reference" {
  domain_name = "alias-reference"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = aws_kms_alias.support_ml.target_key_arn
  default_user_settings {
    execution_role = local.role
  }
}

# conditional on a variable that is true
resource "aws_sagemaker_domain" "allow_conditional_on" {
  domain_name = "conditional-on"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = var.use_cmk ? aws_kms_key.support_ml.arn : null
  default_user_settings {
    execution_role = local.role
  }
}

# an output of a stack
resource "aws_sagemaker_domain" "undecided_stack_output" {
  domain_name = "stack-output"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = aws_cloudformation_stack.support_platform.outputs["Key"]
  default_user_settings {
    execution_role = local.role
  }
}

# opaque unknown
resource "aws_sagemaker_domain" "undecided_terraform_data" {
  domain_name = "terraform-data"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = terraform_data.support_handoff.output
  default_user_settings {
    execution_role = local.role
  }
}

# an unknown condition decides between a key and null
resource "aws_sagemaker_domain" "undecided_unknown_condition" {
  domain_name = "unknown-condition"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = terraform_data.support_handoff.output == "cmk" ? aws_kms_key.support_ml.arn : null
  default_user_settings {
    execution_role = local.role
  }
}

# the key of shared notebook output is not the key of the volumes
resource "aws_sagemaker_domain" "deny_sharing_key_only" {
  domain_name = "sharing-key"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  default_user_settings {
    execution_role = local.role
    sharing_settings {
      notebook_output_option = "Allowed"
      s3_kms_key_id          = aws_kms_key.support_ml.arn
      s3_output_path         = "s3://acme-studio-shared/"
    }
  }
}

# for_each
resource "aws_sagemaker_domain" "each" {
  for_each = { deny_lab = null, allow_team = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4" }
  domain_name = replace(each.key, "_", "-")
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  kms_key_id = each.value
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
  default_user_settings {
    execution_role = local.role
  }
}

# one domain per team
module "studio" {
  source = "./mod"
  for_each = {
    deny_vision = null
    allow_speech = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"
  }
  name = replace(each.key, "_", "-")
  kms_key_id = each.value
}

# key through a module input
module "allow_module_key" {
  source = "./mod"
  name = "module-key"
  kms_key_id = aws_kms_key.support_ml.arn
}
