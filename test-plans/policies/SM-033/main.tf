resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

resource "aws_iam_role" "support_default" {
  name = "studio-default"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })

}

resource "aws_iam_role_policy" "support_default" {
  name = "inline"
  role = aws_iam_role.support_default.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::acme-studio/*" }]
  })
}

resource "aws_iam_role" "support_admin" {
  name = "studio-admin"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })

}

resource "aws_iam_role_policy_attachment" "support_admin" {
  role       = aws_iam_role.support_admin.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role" "support_star" {
  name = "studio-star"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })

}

resource "aws_iam_role_policy" "support_star" {
  name = "inline"
  role = aws_iam_role.support_star.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_iam_role" "support_power" {
  name = "studio-power"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })

}

resource "aws_iam_role_policy_attachment" "support_power" {
  role       = aws_iam_role.support_power.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_role" "support_managed_arns" {
  name = "studio-managed-arns"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}

resource "aws_iam_role" "support_narrow" {
  name = "studio-narrow"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })

}

resource "aws_iam_role_policy" "support_narrow" {
  name = "inline"
  role = aws_iam_role.support_narrow.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::acme-studio/team/*" }]
  })
}

resource "aws_iam_policy" "support_wide" {
  name = "studio-wide"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["iam:*", "s3:*"], Resource = "*" }]
  })
}

resource "aws_iam_role" "support_wide" {
  name = "studio-wide"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })

}

resource "aws_iam_role_policy_attachment" "support_wide" {
  role       = aws_iam_role.support_wide.name
  policy_arn = aws_iam_policy.support_wide.arn
}

# domain of the team
resource "aws_sagemaker_domain" "support_studio" {
  domain_name = "studio"
  auth_mode = "IAM"
  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = ["subnet-0a1b2c3d4e5f60718"]
  default_user_settings {
    execution_role = aws_iam_role.support_default.arn
  }
}

# role with AdministratorAccess
resource "aws_sagemaker_user_profile" "deny_administrator" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "administrator"
  user_settings {
    execution_role = aws_iam_role.support_admin.arn
  }
}

# role with * on *
resource "aws_sagemaker_user_profile" "deny_star" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "star"
  user_settings {
    execution_role = aws_iam_role.support_star.arn
  }
}

# administrator through managed_policy_arns
resource "aws_sagemaker_user_profile" "deny_managed_arns" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "managed-arns"
  user_settings {
    execution_role = aws_iam_role.support_managed_arns.arn
  }
}

# iam:* and s3:* on * by an attached policy of this plan
resource "aws_sagemaker_user_profile" "deny_wide" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "wide"
  user_settings {
    execution_role = aws_iam_role.support_wide.arn
  }
}

# PowerUserAccess
resource "aws_sagemaker_user_profile" "deny_power_user" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "power-user"
  user_settings {
    execution_role = aws_iam_role.support_power.arn
  }
}

# no user_settings: the role of the domain
resource "aws_sagemaker_user_profile" "allow_absent" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "absent"
}

# the role of the domain
resource "aws_sagemaker_user_profile" "allow_same_role" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "same-role"
  user_settings {
    execution_role = aws_iam_role.support_default.arn
  }
}

# a narrower role
resource "aws_sagemaker_user_profile" "allow_narrower" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "narrower"
  user_settings {
    execution_role = aws_iam_role.support_narrow.arn
  }
}

# opaque role
resource "aws_sagemaker_user_profile" "undecided_opaque" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "opaque"
  user_settings {
    execution_role = terraform_data.support_handoff.output
  }
}

# role from a stack
resource "aws_sagemaker_user_profile" "undecided_stack_output" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "stack-output"
  user_settings {
    execution_role = aws_cloudformation_stack.support_platform.outputs["RoleArn"]
  }
}

# another role, and nothing in this plan shows that it is narrower
resource "aws_sagemaker_user_profile" "deny_literal_elsewhere" {
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "literal-elsewhere"
  user_settings {
    execution_role = "arn:aws:iam::123456789012:role/data-science"
  }
}

# module with the administrator role
module "deny_module_admin" {
  source = "./mod"
  name = "module-admin"
  domain_id = aws_sagemaker_domain.support_studio.id
  role = aws_iam_role.support_admin.arn
}

# module with the role of the domain
module "allow_module_same" {
  source = "./mod"
  name = "module-same"
  domain_id = aws_sagemaker_domain.support_studio.id
  role = aws_iam_role.support_default.arn
}

# count
resource "aws_sagemaker_user_profile" "deny_count" {
  count = 2
  domain_id = aws_sagemaker_domain.support_studio.id
  user_profile_name = "user-${count.index}"
  user_settings {
    execution_role = aws_iam_role.support_admin.arn
  }
}
