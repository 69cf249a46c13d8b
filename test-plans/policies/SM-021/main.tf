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

resource "aws_default_subnet" "support_default" {
  availability_zone = "eu-west-1a"
}

variable "subnet_id" {
  type    = string
  default = null
}

variable "in_vpc" {
  type    = bool
  default = true
}

# no subnet
resource "aws_sagemaker_notebook_instance" "deny_absent" {
  name = "absent"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
}

# explicit null
resource "aws_sagemaker_notebook_instance" "deny_null" {
  name = "null"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = null
}

# empty string
resource "aws_sagemaker_notebook_instance" "deny_empty" {
  name = "empty"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = ""
}

# variable whose value is null
resource "aws_sagemaker_notebook_instance" "deny_null_variable" {
  name = "null-variable"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = var.subnet_id
  security_groups = [aws_security_group.support_ml.id]
}

# security groups without a subnet
resource "aws_sagemaker_notebook_instance" "deny_security_groups_only" {
  name = "security-groups-only"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  security_groups = ["sg-0f1e2d3c4b5a69788"]
}

# conditional that yields null
resource "aws_sagemaker_notebook_instance" "deny_conditional" {
  name = "conditional"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = var.in_vpc ? null : aws_subnet.support_ml[0].id
}

# subnet of this plan
resource "aws_sagemaker_notebook_instance" "allow_reference" {
  name = "reference"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = aws_subnet.support_ml[0].id
  security_groups = [aws_security_group.support_ml.id]
}

# literal subnet
resource "aws_sagemaker_notebook_instance" "allow_literal" {
  name = "literal"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = "subnet-0a1b2c3d4e5f60718"
  security_groups = ["sg-0f1e2d3c4b5a69788"]
}

# conditional that yields the subnet
resource "aws_sagemaker_notebook_instance" "allow_conditional" {
  name = "conditional"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = var.in_vpc ? aws_subnet.support_ml[0].id : null
  security_groups = [aws_security_group.support_ml.id]
}

# subnet of a for_each
resource "aws_sagemaker_notebook_instance" "allow_each_reference" {
  name = "each-reference"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = aws_subnet.support_zone["a"].id
  security_groups = [aws_security_group.support_ml.id]
}

# count over the subnets
resource "aws_sagemaker_notebook_instance" "allow_count" {
  count = 2
  name = "count-${count.index}"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = aws_subnet.support_ml[count.index].id
  security_groups = [aws_security_group.support_ml.id]
}

# element of a splat
resource "aws_sagemaker_notebook_instance" "allow_element" {
  name = "element"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = element(aws_subnet.support_ml[*].id, 1)
  security_groups = [aws_security_group.support_ml.id]
}

# one of two is outside
resource "aws_sagemaker_notebook_instance" "each" {
  for_each = { deny_lab = null, allow_team = "subnet-0a1b2c3d4e5f60718" }
  name = replace(each.key, "_", "-")
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = each.value
}

# subnet from a stack
resource "aws_sagemaker_notebook_instance" "undecided_stack_output" {
  name = "stack-output"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = aws_cloudformation_stack.support_platform.outputs["SubnetId"]
  security_groups = ["sg-0f1e2d3c4b5a69788"]
}

# opaque
resource "aws_sagemaker_notebook_instance" "undecided_terraform_data" {
  name = "terraform-data"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = terraform_data.support_handoff.output
  security_groups = ["sg-0f1e2d3c4b5a69788"]
}

# an unknown condition decides between a subnet and null
resource "aws_sagemaker_notebook_instance" "undecided_unknown_condition" {
  name = "unknown-condition"
  role_arn = "arn:aws:iam::777788889999:role/ml-notebook"
  instance_type = "ml.t3.medium"
  subnet_id = terraform_data.support_handoff.output == "vpc" ? aws_subnet.support_ml[0].id : null
  security_groups = [aws_security_group.support_ml.id]
}

# module with a subnet
module "allow_module" {
  source = "./mod"
  name = "module-subnet"
  subnet_id = aws_subnet.support_ml[0].id
}

# module without
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}
