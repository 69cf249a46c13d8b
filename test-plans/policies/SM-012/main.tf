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

variable "subnets" {
  type    = list(string)
  default = []
}

variable "network" {
  type    = object({ subnets = list(string), security_group_ids = list(string) })
  default = null
}

# no vpc_config
resource "aws_sagemaker_model" "deny_absent" {
  name = "absent"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# network isolation does not attach the model to a VPC
resource "aws_sagemaker_model" "deny_isolation_only" {
  name = "isolation-only"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  enable_network_isolation = true
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# dynamic block over an empty list
resource "aws_sagemaker_model" "deny_dynamic_empty" {
  name = "dynamic-empty"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  dynamic "vpc_config" {
    for_each = toset([])
    content {
      subnets = [vpc_config.value]
      security_group_ids = [vpc_config.value]
    }
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# dynamic block over a variable that is null
resource "aws_sagemaker_model" "deny_dynamic_null_variable" {
  name = "dynamic-null-variable"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  dynamic "vpc_config" {
    for_each = var.network[*]
    content {
      subnets = vpc_config.value.subnets
      security_group_ids = vpc_config.value.security_group_ids
    }
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# no subnets, planned null
resource "aws_sagemaker_model" "deny_subnets_empty" {
  name = "subnets-empty"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = []
    security_group_ids = ["sg-0f1e2d3c4b5a69788"]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# no security groups, planned null
resource "aws_sagemaker_model" "deny_security_groups_empty" {
  name = "security-groups-empty"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = ["subnet-0a1b2c3d4e5f60718"]
    security_group_ids = []
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# no subnets through a variable
resource "aws_sagemaker_model" "deny_subnets_empty_variable" {
  name = "subnets-empty-variable"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = var.subnets
    security_group_ids = [aws_security_group.support_ml.id]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# pipeline of two containers without a VPC
resource "aws_sagemaker_model" "deny_pipeline" {
  name = "pipeline"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
  }
  container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
  }
}

# count
resource "aws_sagemaker_model" "deny_count" {
  count = 2
  name = "count-${count.index}"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# literal ids
resource "aws_sagemaker_model" "allow_literal" {
  name = "literal"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = ["subnet-0a1b2c3d4e5f60718"]
    security_group_ids = ["sg-0f1e2d3c4b5a69788"]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# subnets and groups of this plan, unknown
resource "aws_sagemaker_model" "allow_reference" {
  name = "reference"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = aws_subnet.support_ml[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# subnets of a for_each
resource "aws_sagemaker_model" "allow_each_reference" {
  name = "each-reference"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = [for s in aws_subnet.support_zone : s.id]
    security_group_ids = [aws_security_group.support_ml.id]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# subnets of a for_each by values()
resource "aws_sagemaker_model" "allow_values_reference" {
  name = "values-reference"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = values(aws_subnet.support_zone)[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# dynamic block that yields one
resource "aws_sagemaker_model" "allow_dynamic" {
  name = "dynamic"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  dynamic "vpc_config" {
    for_each = [["subnet-0a1b2c3d4e5f60718"]]
    content {
      subnets = vpc_config.value
      security_group_ids = [aws_security_group.support_ml.id]
    }
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# a literal beside an unknown
resource "aws_sagemaker_model" "allow_mixed" {
  name = "mixed"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = ["subnet-0a1b2c3d4e5f60718", aws_subnet.support_ml[0].id]
    security_group_ids = ["sg-0f1e2d3c4b5a69788"]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# one opaque element: the list has one subnet whatever it is
resource "aws_sagemaker_model" "allow_one_opaque_element" {
  name = "one-opaque-element"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = [terraform_data.support_handoff.output]
    security_group_ids = ["sg-0f1e2d3c4b5a69788"]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# pipeline in a VPC
resource "aws_sagemaker_model" "allow_pipeline" {
  name = "pipeline"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = ["subnet-0a1b2c3d4e5f60718"]
    security_group_ids = ["sg-0f1e2d3c4b5a69788"]
  }
  container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
  }
  container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
  }
}

# for_each
resource "aws_sagemaker_model" "allow_each" {
  for_each = toset(["ranker", "intent"])
  name = each.key
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = aws_subnet.support_ml[*].id
    security_group_ids = [aws_security_group.support_ml.id]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# module with subnets
module "allow_module" {
  source = "./mod"
  name = "module-vpc"
  subnets = aws_subnet.support_ml[*].id
  groups = [aws_security_group.support_ml.id]
}

# module without
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}

# dynamic block over an unknown collection
resource "aws_sagemaker_model" "undecided_dynamic_unknown" {
  name = "dynamic-unknown"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  dynamic "vpc_config" {
    for_each = terraform_data.support_handoff.output == "vpc" ? [1] : []
    content {
      subnets = ["subnet-0a1b2c3d4e5f60718"]
      security_group_ids = ["sg-0f1e2d3c4b5a69788"]
    }
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# the whole list comes out of a stack: AWS takes no model whose list is empty
resource "aws_sagemaker_model" "allow_subnets_opaque" {
  name = "subnets-opaque"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  vpc_config {
    subnets = compact(split(",", aws_cloudformation_stack.support_platform.outputs["Subnets"]))
    security_group_ids = ["sg-0f1e2d3c4b5a69788"]
  }
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}
