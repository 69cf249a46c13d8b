resource "terraform_data" "support_opaque" {
  input = timestamp()
}

resource "terraform_data" "support_tags" {
  input = { owner = timestamp() }
}

variable "team" {
  type    = string
  default = "risk-ml"
}

locals {
  role = "arn:aws:iam::555566667777:role/northwind-llm-inference-execution"
  full = { owner = "risk-ml", environment = "prod", data-class = "restricted", model-id = "fraud-v7" }
}

provider "aws" {
  region                      = "eu-west-1"
  shared_credentials_files    = ["./credentials"]
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

provider "aws" {
  alias                       = "tagged"
  region                      = "eu-west-1"
  shared_credentials_files    = ["./credentials"]
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  default_tags {
    tags = { owner = "risk-ml", environment = "prod", data-class = "restricted", model-id = "fraud-v7" }
  }
}

provider "aws" {
  alias                       = "partial"
  region                      = "eu-west-1"
  shared_credentials_files    = ["./credentials"]
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  default_tags {
    tags = { owner = "risk-ml", environment = "prod" }
  }
}

provider "aws" {
  alias                       = "referring"
  region                      = "eu-west-1"
  shared_credentials_files    = ["./credentials"]
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  default_tags {
    tags = { owner = var.team, environment = "prod", data-class = "restricted" }
  }
}

# --- wrong -------------------------------------------------------------

resource "aws_sagemaker_model" "deny_absent" {
  name               = "northwind-deny-absent"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
}

resource "aws_sagemaker_model" "deny_null" {
  name               = "northwind-deny-null"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = null
}

resource "aws_sagemaker_model" "deny_empty" {
  name               = "northwind-deny-empty"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = {}
}

resource "aws_sagemaker_model" "deny_one_missing" {
  name               = "northwind-deny-one-missing"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { owner = "risk-ml", environment = "prod", data-class = "restricted" }
}

resource "aws_sagemaker_model" "deny_empty_value" {
  name               = "northwind-deny-empty-value"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = merge(local.full, { owner = "" })
}

resource "aws_sagemaker_model" "deny_other_case" {
  name               = "northwind-deny-other-case"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { Owner = "risk-ml", environment = "prod", data-class = "restricted", model-id = "fraud-v7" }
}

resource "aws_sagemaker_model" "undecided_missing_beside_opaque_value" {
  name               = "northwind-undecided-missing-beside-opaque-value"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { owner = terraform_data.support_opaque.output, environment = "prod" }
}

resource "aws_sagemaker_model" "deny_partial_defaults" {
  provider           = aws.partial
  name               = "northwind-deny-partial-defaults"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
}

resource "aws_sagemaker_model" "undecided_partial_defaults_beside_opaque_value" {
  provider           = aws.partial
  name               = "northwind-undecided-partial-defaults-beside-opaque-value"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { data-class = terraform_data.support_opaque.output }
}

resource "aws_s3_bucket" "deny_dataset" {
  bucket = "northwind-fraud-dataset"
  tags   = { owner = "risk-ml" }
}

resource "aws_bedrock_guardrail" "deny_guardrail" {
  name                      = "northwind-deny-guardrail"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  topic_policy_config {
    topics_config {
      name       = "advice"
      definition = "financial advice"
      type       = "DENY"
    }
  }
  tags = { owner = "risk-ml" }
}

resource "aws_bedrock_guardrail" "deny_guardrail_absent" {
  name                      = "northwind-deny-guardrail-absent"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  topic_policy_config {
    topics_config {
      name       = "advice"
      definition = "financial advice"
      type       = "DENY"
    }
  }
}

resource "aws_bedrock_guardrail" "deny_guardrail_beside_opaque_value" {
  name                      = "northwind-deny-guardrail-beside-opaque-value"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  topic_policy_config {
    topics_config {
      name       = "advice"
      definition = "financial advice"
      type       = "DENY"
    }
  }
  tags = { owner = terraform_data.support_opaque.output, environment = "prod" }
}

# --- right -------------------------------------------------------------

resource "aws_sagemaker_model" "allow_all" {
  name               = "northwind-allow-all"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = local.full
}

resource "aws_sagemaker_model" "allow_defaults" {
  provider           = aws.tagged
  name               = "northwind-allow-defaults"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
}

resource "aws_sagemaker_model" "allow_split" {
  provider           = aws.partial
  name               = "northwind-allow-split"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { data-class = "restricted", model-id = "fraud-v7" }
}

resource "aws_sagemaker_model" "allow_more" {
  name               = "northwind-allow-more"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = merge(local.full, { cost-centre = "4711" })
}

resource "aws_sagemaker_model" "undecided_opaque_value" {
  name               = "northwind-undecided-opaque-value"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = merge(local.full, { owner = terraform_data.support_opaque.output })
}

resource "aws_sagemaker_model" "allow_opaque_value_with_defaults" {
  provider           = aws.tagged
  name               = "northwind-allow-opaque-value-with-defaults"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { model-id = terraform_data.support_opaque.output }
}

resource "aws_sagemaker_model" "allow_referring_defaults" {
  provider           = aws.referring
  name               = "northwind-allow-referring-defaults"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { model-id = "fraud-v7" }
}

resource "aws_sagemaker_image_version" "allow_untaggable" {
  image_name = "northwind-training"
  base_image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-training:2.6.0-gpu-py312"
}

resource "aws_cloudwatch_log_group" "allow_not_ai" {
  name = "/northwind/edge/waf"
}

resource "aws_s3_bucket" "allow_not_ai" {
  bucket = "northwind-access-logs"
}

resource "aws_bedrock_guardrail" "allow_guardrail" {
  name                      = "northwind-allow-guardrail"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  topic_policy_config {
    topics_config {
      name       = "advice"
      definition = "financial advice"
      type       = "DENY"
    }
  }
  tags = local.full
}

resource "aws_bedrock_guardrail" "allow_guardrail_opaque_value" {
  name                      = "northwind-allow-guardrail-opaque-value"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  topic_policy_config {
    topics_config {
      name       = "advice"
      definition = "financial advice"
      type       = "DENY"
    }
  }
  tags = merge(local.full, { owner = terraform_data.support_opaque.output })
}

resource "aws_bedrock_guardrail" "allow_guardrail_defaults" {
  provider                  = aws.tagged
  name                      = "northwind-allow-guardrail-defaults"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  topic_policy_config {
    topics_config {
      name       = "advice"
      definition = "financial advice"
      type       = "DENY"
    }
  }
}

# --- cannot be known ---------------------------------------------------

resource "aws_sagemaker_model" "undecided_tags_opaque" {
  name               = "northwind-undecided-tags-opaque"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { (terraform_data.support_opaque.output) = "risk-ml" }
}

resource "aws_sagemaker_model" "undecided_map_opaque" {
  name               = "northwind-undecided-map-opaque"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = terraform_data.support_tags.output
}

resource "aws_sagemaker_model" "undecided_referring_defaults_beside_opaque_value" {
  provider           = aws.referring
  name               = "northwind-undecided-referring-defaults-beside-opaque-value"
  execution_role_arn = local.role
  primary_container {
    image = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6.0-gpu-py312"
  }
  tags = { model-id = terraform_data.support_opaque.output }
}

resource "aws_bedrock_guardrail" "undecided_guardrail_map_opaque" {
  name                      = "northwind-undecided-guardrail-map-opaque"
  blocked_input_messaging   = "no"
  blocked_outputs_messaging = "no"
  topic_policy_config {
    topics_config {
      name       = "advice"
      definition = "financial advice"
      type       = "DENY"
    }
  }
  tags = terraform_data.support_tags.output
}
