resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

variable "instance_type" {
  type    = string
  default = "ml.p5.48xlarge"
}

locals {
  cheap = "ml.m5.xlarge"
}

# a GPU type that nobody approved
resource "aws_sagemaker_endpoint_configuration" "deny_gpu" {
  name = "gpu"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.p4d.24xlarge"
  }
}

# an approved family in a size that is not
resource "aws_sagemaker_endpoint_configuration" "deny_same_family" {
  name = "same-family"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.g5.48xlarge"
  }
}

# a type that only begins like an approved one
resource "aws_sagemaker_endpoint_configuration" "deny_lookalike" {
  name = "lookalike"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5d.xlarge"
  }
}

# type from a variable
resource "aws_sagemaker_endpoint_configuration" "deny_variable" {
  name = "variable"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = var.instance_type
  }
}

# second variant
resource "aws_sagemaker_endpoint_configuration" "deny_second_variant" {
  name = "second-variant"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
  }
  production_variants {
    variant_name = "canary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.p3.16xlarge"
  }
}

# dynamic variants
resource "aws_sagemaker_endpoint_configuration" "deny_dynamic" {
  name = "dynamic"
  dynamic "production_variants" {
    for_each = ["ml.m5.xlarge", "ml.p4de.24xlarge"]
    content {
      variant_name           = "v${production_variants.key}"
      model_name             = "ranker"
      initial_instance_count = 2
      instance_type          = production_variants.value
    }
  }
}

# one variant unapproved, the other unknown
resource "aws_sagemaker_endpoint_configuration" "deny_beside_unknown" {
  name = "beside-unknown"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.p3.16xlarge"
  }
  production_variants {
    variant_name = "canary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = terraform_data.support_handoff.output
  }
}

# one of two is not approved
resource "aws_sagemaker_endpoint_configuration" "each" {
  for_each = { deny_train = "ml.p5.48xlarge", allow_serve = "ml.g5.2xlarge" }
  name = replace(each.key, "_", "-")
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = each.value
  }
}

# approved
resource "aws_sagemaker_endpoint_configuration" "allow_cpu" {
  name = "cpu"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
  }
}

# approved through a local
resource "aws_sagemaker_endpoint_configuration" "allow_local" {
  name = "local"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = local.cheap
  }
}

# approved GPU type
resource "aws_sagemaker_endpoint_configuration" "allow_gpu" {
  name = "gpu"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.g5.2xlarge"
  }
}

# serverless has no instance type
resource "aws_sagemaker_endpoint_configuration" "allow_serverless" {
  name = "serverless"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    serverless_config {
      max_concurrency = 20
      memory_size_in_mb = 4096
    }
  }
}

# both approved
resource "aws_sagemaker_endpoint_configuration" "allow_two_variants" {
  name = "two-variants"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
  }
  production_variants {
    variant_name = "canary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.c5.xlarge"
  }
}

# opaque type
resource "aws_sagemaker_endpoint_configuration" "undecided_type" {
  name = "type"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = terraform_data.support_handoff.output
  }
}

# type from a stack
resource "aws_sagemaker_endpoint_configuration" "undecided_stack_output" {
  name = "stack-output"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = aws_cloudformation_stack.support_platform.outputs["InstanceType"]
  }
}

# the canary is unknown
resource "aws_sagemaker_endpoint_configuration" "undecided_second_variant" {
  name = "second-variant"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
  }
  production_variants {
    variant_name = "canary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = terraform_data.support_handoff.output
  }
}

# dynamic variants over an unknown collection
resource "aws_sagemaker_endpoint_configuration" "undecided_dynamic_unknown" {
  name = "dynamic-unknown"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
  }
  dynamic "production_variants" {
    for_each = split(",", terraform_data.support_handoff.output)
    content {
      variant_name           = "canary"
      model_name             = "ranker"
      initial_instance_count = 2
      instance_type          = production_variants.value
    }
  }
}

# module whose default is not approved
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}

# module told to use an approved one
module "allow_module" {
  source = "./mod"
  name = "module-m5"
  instance_type = "ml.m5.xlarge"
}
