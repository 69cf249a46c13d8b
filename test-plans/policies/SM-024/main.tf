resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

variable "platform" {
  type    = string
  default = "notebook-al1-v1"
}

# Amazon Linux 1
resource "aws_sagemaker_notebook_instance" "deny_al1" {
  name = "al1"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = "notebook-al1-v1"
}

# Amazon Linux 2, JupyterLab 1
resource "aws_sagemaker_notebook_instance" "deny_al2_v1" {
  name = "al2-v1"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = "notebook-al2-v1"
}

# Amazon Linux 2, JupyterLab 3
resource "aws_sagemaker_notebook_instance" "deny_al2_v2" {
  name = "al2-v2"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = "notebook-al2-v2"
}

# variable
resource "aws_sagemaker_notebook_instance" "deny_variable" {
  name = "variable"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = var.platform
}

# Amazon Linux 2, JupyterLab 4: unsupported since 2026-07-01
resource "aws_sagemaker_notebook_instance" "deny_al2_v3" {
  name = "al2-v3"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = "notebook-al2-v3"
}

# AWS chooses its default, Amazon Linux 2023 since 2026-05-15
resource "aws_sagemaker_notebook_instance" "allow_absent" {
  name = "absent"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
}

# the same
resource "aws_sagemaker_notebook_instance" "allow_null" {
  name = "null"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = null
}

# opaque
resource "aws_sagemaker_notebook_instance" "undecided_opaque" {
  name = "opaque"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = terraform_data.support_handoff.output
}

# stack
resource "aws_sagemaker_notebook_instance" "undecided_stack_output" {
  name = "stack-output"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = aws_cloudformation_stack.support_platform.outputs["Platform"]
}

# for_each
resource "aws_sagemaker_notebook_instance" "each" {
  for_each = { deny_old = "notebook-al1-v1", deny_older = "notebook-al2-v1" }
  name = replace(each.key, "_", "-")
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  platform_identifier = each.value
}

# module default
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}
