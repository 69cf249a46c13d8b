terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

# Platform stack of another team: its outputs are known only after apply and nothing in this plan says what they hold.
resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-landing-zone"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/landing-zone.yaml"
}

data "aws_iam_policy_document" "sagemaker_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }
  }
}

resource "terraform_data" "support_opaque" {
  input = timestamp()
}

resource "aws_iam_role" "support_notebook" {
  name               = "northwind-research-notebook"
  assume_role_policy = data.aws_iam_policy_document.sagemaker_trust.json
}

resource "aws_sagemaker_notebook_instance" "support_research" {
  name          = "research"
  role_arn      = aws_iam_role.support_notebook.arn
  instance_type = "ml.t3.medium"
}

# no notebook in this plan uses it; its name says what it is for
resource "aws_iam_role" "support_named_notebook" {
  name               = "northwind-analytics-notebook-execution"
  assume_role_policy = data.aws_iam_policy_document.sagemaker_trust.json
}

resource "aws_iam_role" "support_domain" {
  name               = "northwind-domain-execution"
  assume_role_policy = data.aws_iam_policy_document.sagemaker_trust.json
}

resource "aws_iam_role" "support_profile" {
  name               = "northwind-profile-execution"
  assume_role_policy = data.aws_iam_policy_document.sagemaker_trust.json
}

resource "aws_iam_role" "support_space" {
  name               = "northwind-space-execution"
  assume_role_policy = data.aws_iam_policy_document.sagemaker_trust.json
}

resource "aws_sagemaker_domain" "support_studio" {
  domain_name = "studio"
  auth_mode   = "IAM"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
  subnet_ids  = ["subnet-0a1b2c3d4e5f60718"]
  default_user_settings {
    execution_role = aws_iam_role.support_domain.arn
  }
  default_space_settings {
    execution_role = aws_iam_role.support_space.arn
  }
}

resource "aws_sagemaker_user_profile" "support_ana" {
  domain_id         = aws_sagemaker_domain.support_studio.id
  user_profile_name = "ana"
  user_settings {
    execution_role = aws_iam_role.support_profile.arn
  }
}

resource "aws_iam_role" "support_lambda" {
  name = "northwind-deployer"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_policy" "support_everything" {
  name = "northwind-everything"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}

resource "aws_iam_policy" "support_read" {
  name = "northwind-notebook-read"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::northwind-research/*" }]
  })
}

resource "aws_iam_policy" "support_opaque" {
  name   = "northwind-opaque"
  policy = terraform_data.support_opaque.output
}

# the policies of AWS are read when the plan is applied, since they wait for the role
data "aws_iam_policy" "support_administrator" {
  name       = "AdministratorAccess"
  depends_on = [aws_iam_role.support_notebook]
}

variable "policies" {
  type    = list(string)
  default = ["arn:aws:iam::aws:policy/AmazonSageMakerFullAccess", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
}

resource "aws_iam_role_policy_attachment" "deny_admin" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "deny_sagemaker_full_access" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}

resource "aws_iam_role_policy_attachment" "deny_role_by_id" {
  role       = aws_iam_role.support_notebook.id
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}

resource "aws_iam_role_policy_attachment" "deny_literal_role_name" {
  role       = "northwind-research-notebook"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "deny_domain_role" {
  role       = aws_iam_role.support_domain.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}

resource "aws_iam_role_policy_attachment" "deny_profile_role" {
  role       = aws_iam_role.support_profile.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "deny_space_role" {
  role       = aws_iam_role.support_space.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}

resource "aws_iam_role_policy_attachment" "deny_named_notebook_role" {
  role       = aws_iam_role.support_named_notebook.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}

resource "aws_iam_role_policy_attachment" "deny_other_partition" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "deny_own_admin_policy" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = aws_iam_policy.support_everything.arn
}

resource "aws_iam_role_policy_attachment" "allow_read_policy" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = aws_iam_policy.support_read.arn
}

resource "aws_iam_role_policy_attachment" "allow_canvas" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerReadOnly"
}

resource "aws_iam_role_policy_attachment" "allow_literal_customer_policy" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = "arn:aws:iam::210987654321:policy/northwind-notebook-baseline"
}

resource "aws_iam_role_policy_attachment" "allow_lookalike" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = "arn:aws:iam::210987654321:policy/NotAdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "allow_other_role" {
  role       = aws_iam_role.support_lambda.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "undecided_policy_from_stack" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = aws_cloudformation_stack.support_platform.outputs["NotebookPolicyArn"]
}

resource "aws_iam_role_policy_attachment" "undecided_opaque" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = terraform_data.support_opaque.output
}

resource "aws_iam_role_policy_attachment" "undecided_document_of_policy" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = aws_iam_policy.support_opaque.arn
}

resource "aws_iam_role_policy_attachment" "support_data_policy" {
  role       = aws_iam_role.support_notebook.name
  policy_arn = data.aws_iam_policy.support_administrator.arn
}

resource "aws_iam_role_policy_attachment" "undecided_role_from_stack" {
  role       = aws_cloudformation_stack.support_platform.outputs["NotebookRole"]
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "by_policy" {
  for_each = {
    deny_admin = "arn:aws:iam::aws:policy/AdministratorAccess"
    allow_logs = "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"
  }
  role       = aws_iam_role.support_notebook.name
  policy_arn = each.value
}

resource "aws_iam_role_policy_attachment" "counted" {
  count      = length(var.policies)
  role       = aws_iam_role.support_notebook.name
  policy_arn = var.policies[count.index]
}

module "deny_notebook" {
  source     = "./mod"
  name       = "vision"
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}

module "allow_notebook" {
  source     = "./mod"
  name       = "speech"
  policy_arn = aws_iam_policy.support_read.arn
}

# --- joins ---------------------------------------------------------------

resource "aws_iam_role" "support_each" {
  for_each = { research = "sagemaker.amazonaws.com", deploy = "lambda.amazonaws.com" }
  name     = "northwind-${each.key}"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = each.value } }]
  })
}

resource "aws_sagemaker_notebook_instance" "support_each" {
  name          = "each"
  role_arn      = aws_iam_role.support_each["research"].arn
  instance_type = "ml.t3.medium"
}

# the expression refers to both roles, the planned name is that of one
resource "aws_iam_role_policy_attachment" "by_role" {
  for_each   = { deny_research = "research", allow_deploy = "deploy" }
  role       = aws_iam_role.support_each[each.value].name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role" "support_prefix" {
  name_prefix        = "northwind-"
  assume_role_policy = data.aws_iam_policy_document.sagemaker_trust.json
}

resource "aws_sagemaker_notebook_instance" "support_prefix" {
  name          = "prefix"
  role_arn      = aws_iam_role.support_prefix.arn
  instance_type = "ml.t3.medium"
}

resource "aws_iam_role_policy_attachment" "deny_name_prefix" {
  role       = aws_iam_role.support_prefix.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}

resource "aws_iam_role" "support_literal" {
  name               = "northwind-literal"
  assume_role_policy = data.aws_iam_policy_document.sagemaker_trust.json
}

resource "aws_sagemaker_notebook_instance" "support_literal" {
  name          = "literal"
  role_arn      = "arn:aws:iam::210987654321:role/northwind-literal"
  instance_type = "ml.t3.medium"
}

resource "aws_iam_role_policy_attachment" "deny_notebook_names_role_by_arn" {
  role       = aws_iam_role.support_literal.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
}
