resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

variable "replicas" {
  type    = number
  default = 1
}

variable "environment" {
  type    = string
  default = "prod"
}

# one instance
resource "aws_sagemaker_endpoint_configuration" "deny_one" {
  name = "one"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 1
    instance_type = "ml.m5.xlarge"
  }
}

# one instance through a variable
resource "aws_sagemaker_endpoint_configuration" "deny_variable" {
  name = "variable"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = var.replicas
    instance_type = "ml.m5.xlarge"
  }
}

# conditional that yields one
resource "aws_sagemaker_endpoint_configuration" "deny_conditional" {
  name = "conditional"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = var.environment == "prod" ? 1 : 2
    instance_type = "ml.m5.xlarge"
  }
}

# the canary has one instance
resource "aws_sagemaker_endpoint_configuration" "deny_second_variant" {
  name = "second-variant"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 3
    instance_type = "ml.m5.xlarge"
  }
  production_variants {
    variant_name = "canary"
    model_name = "ranker"
    initial_instance_count = 1
    instance_type = "ml.m5.xlarge"
  }
}

# managed scaling may go down to one, and starts at one
resource "aws_sagemaker_endpoint_configuration" "deny_managed_min_one" {
  name = "managed-min-one"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 1
    instance_type = "ml.m5.xlarge"
    managed_instance_scaling {
      status = "ENABLED"
      min_instance_count = 1
      max_instance_count = 4
    }
  }
}

# dynamic variants with one instance
resource "aws_sagemaker_endpoint_configuration" "deny_dynamic" {
  name = "dynamic"
  dynamic "production_variants" {
    for_each = { blue = 1, green = 2 }
    content {
      variant_name           = production_variants.key
      model_name             = "ranker"
      initial_instance_count = production_variants.value
      instance_type          = "ml.m5.xlarge"
    }
  }
}

# a string that the provider converts to 1
resource "aws_sagemaker_endpoint_configuration" "deny_string_one" {
  name = "string-one"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = "1"
    instance_type = "ml.m5.xlarge"
  }
}

# two instances
resource "aws_sagemaker_endpoint_configuration" "allow_two" {
  name = "two"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
  }
}

# managed scaling between two and eight
resource "aws_sagemaker_endpoint_configuration" "allow_managed_min_two" {
  name = "managed-min-two"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
    managed_instance_scaling {
      status = "ENABLED"
      min_instance_count = 2
      max_instance_count = 8
    }
  }
}

# serverless has no instances
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

# the shadow has one instance, production two
resource "aws_sagemaker_endpoint_configuration" "allow_shadow_one" {
  name = "shadow-one"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
  }
  shadow_production_variants {
    variant_name = "shadow"
    model_name = "ranker"
    initial_instance_count = 1
    instance_type = "ml.m5.xlarge"
  }
}

# two variants of two
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
    instance_type = "ml.m5.xlarge"
  }
}

# one of two has one instance
resource "aws_sagemaker_endpoint_configuration" "each" {
  for_each = { deny_dev = 1, allow_prod = 4 }
  name = replace(each.key, "_", "-")
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = each.value
    instance_type = "ml.m5.xlarge"
  }
}

# unknown number
resource "aws_sagemaker_endpoint_configuration" "undecided_count" {
  name = "count"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = tonumber(terraform_data.support_handoff.output)
    instance_type = "ml.m5.xlarge"
  }
}

# number from a stack
resource "aws_sagemaker_endpoint_configuration" "undecided_stack_output" {
  name = "stack-output"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = aws_cloudformation_stack.support_platform.outputs["Replicas"]
    instance_type = "ml.m5.xlarge"
  }
}

# unknown lower bound of managed scaling
resource "aws_sagemaker_endpoint_configuration" "undecided_managed_min" {
  name = "managed-min"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 2
    instance_type = "ml.m5.xlarge"
    managed_instance_scaling {
      status = "ENABLED"
      min_instance_count = tonumber(terraform_data.support_handoff.output)
      max_instance_count = 4
    }
  }
}

# one variant has one, the other is unknown
resource "aws_sagemaker_endpoint_configuration" "deny_one_other_unknown" {
  name = "one-other-unknown"
  production_variants {
    variant_name = "primary"
    model_name = "ranker"
    initial_instance_count = 1
    instance_type = "ml.m5.xlarge"
  }
  production_variants {
    variant_name = "canary"
    model_name = "ranker"
    initial_instance_count = tonumber(terraform_data.support_handoff.output)
    instance_type = "ml.m5.xlarge"
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
    for_each = terraform_data.support_handoff.output == "canary" ? [1] : []
    content {
      variant_name           = "canary"
      model_name             = "ranker"
      initial_instance_count = production_variants.value
      instance_type          = "ml.m5.xlarge"
    }
  }
}

# module whose default is one
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}

# module told to start three
module "allow_module_three" {
  source = "./mod"
  name = "module-three"
  replicas = 3
}
