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

variable "capture" {
  type    = bool
  default = false
}

# no key
resource "aws_sagemaker_endpoint_configuration" "deny_absent" {
  name = "absent"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# explicit null
resource "aws_sagemaker_endpoint_configuration" "deny_null" {
  name = "null"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = null
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# empty string
resource "aws_sagemaker_endpoint_configuration" "deny_empty" {
  name = "empty"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = ""
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# a variable whose value is null
resource "aws_sagemaker_endpoint_configuration" "deny_null_variable" {
  name = "null-variable"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = var.shared_key_arn
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# a key that count = 0 leaves out: known, null
resource "aws_sagemaker_endpoint_configuration" "deny_key_switched_off" {
  name = "key-switched-off"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = try(aws_kms_key.support_optional[0].arn, null)
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# AWS managed key by the ARN of its alias
resource "aws_sagemaker_endpoint_configuration" "deny_aws_managed_alias_arn" {
  name = "aws-managed-alias-arn"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = "arn:aws:kms:eu-west-1:777788889999:alias/aws/s3"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# conditional on a variable, switched off
resource "aws_sagemaker_endpoint_configuration" "deny_conditional_off" {
  name = "conditional-off"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = var.use_cmk ? null : aws_kms_key.support_ml.arn
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# ARN of a customer key
resource "aws_sagemaker_endpoint_configuration" "allow_literal_arn" {
  name = "literal-arn"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# key of this plan
resource "aws_sagemaker_endpoint_configuration" "allow_key_reference" {
  name = "key-reference"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = aws_kms_key.support_ml.arn
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# key of this plan by its id
resource "aws_sagemaker_endpoint_configuration" "allow_key_id_reference" {
  name = "key-id-reference"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = aws_kms_key.support_ml.key_id
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# customer alias of this plan, unknown
resource "aws_sagemaker_endpoint_configuration" "allow_alias_reference" {
  name = "alias-reference"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = aws_kms_alias.support_ml.target_key_arn
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# conditional on a variable that is true
resource "aws_sagemaker_endpoint_configuration" "allow_conditional_on" {
  name = "conditional-on"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = var.use_cmk ? aws_kms_key.support_ml.arn : null
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# an output of a stack
resource "aws_sagemaker_endpoint_configuration" "undecided_stack_output" {
  name = "stack-output"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = aws_cloudformation_stack.support_platform.outputs["Key"]
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# opaque unknown
resource "aws_sagemaker_endpoint_configuration" "undecided_terraform_data" {
  name = "terraform-data"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = terraform_data.support_handoff.output
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# an unknown condition decides between a key and null
resource "aws_sagemaker_endpoint_configuration" "undecided_unknown_condition" {
  name = "unknown-condition"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = terraform_data.support_handoff.output == "cmk" ? aws_kms_key.support_ml.arn : null
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# the volume key is set, the capture key is not
resource "aws_sagemaker_endpoint_configuration" "deny_volume_key_only" {
  name = "volume-key-only"
  kms_key_arn = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# dynamic block that holds no key
resource "aws_sagemaker_endpoint_configuration" "deny_dynamic" {
  name = "dynamic"
  dynamic "data_capture_config" {
    for_each = ["s3://acme-ml-capture-prod/ranker/"]
    content {
      enable_capture              = true
      initial_sampling_percentage = 20
      destination_s3_uri          = data_capture_config.value
      capture_options {
        capture_mode = "InputAndOutput"
      }
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# dynamic block with a key
resource "aws_sagemaker_endpoint_configuration" "allow_dynamic" {
  name = "dynamic-key"
  dynamic "data_capture_config" {
    for_each = ["arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4"]
    content {
      enable_capture              = true
      initial_sampling_percentage = 20
      destination_s3_uri          = "s3://acme-ml-capture-prod/ranker/"
      kms_key_id                  = data_capture_config.value
      capture_options {
        capture_mode = "InputAndOutput"
      }
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# dynamic block over an unknown collection
resource "aws_sagemaker_endpoint_configuration" "undecided_dynamic_unknown" {
  name = "dynamic-unknown"
  dynamic "data_capture_config" {
    for_each = terraform_data.support_handoff.output == "capture" ? ["s3://acme-ml-capture-prod/ranker/"] : []
    content {
      enable_capture              = true
      initial_sampling_percentage = 20
      destination_s3_uri          = data_capture_config.value
      capture_options {
        capture_mode = "InputAndOutput"
      }
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# no key, whether anything is captured is unknown
resource "aws_sagemaker_endpoint_configuration" "undecided_enable_unknown" {
  name = "enable-unknown"
  data_capture_config {
    enable_capture = terraform_data.support_handoff.output == "capture"
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# one of two has no key
resource "aws_sagemaker_endpoint_configuration" "each" {
  for_each = { deny_batch = null, allow_stream = "arn:aws:kms:eu-west-1:777788889999:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4" }
  name = replace(each.key, "_", "-")
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = each.value
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# nothing is captured
resource "aws_sagemaker_endpoint_configuration" "allow_no_capture" {
  name = "no-capture"

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# capture is switched off
resource "aws_sagemaker_endpoint_configuration" "allow_capture_off" {
  name = "capture-off"
  data_capture_config {
    enable_capture = false
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# enable_capture absent: the provider sends false
resource "aws_sagemaker_endpoint_configuration" "allow_capture_absent" {
  name = "capture-absent"
  data_capture_config {
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# capture switched off by a variable
resource "aws_sagemaker_endpoint_configuration" "allow_capture_variable_off" {
  name = "capture-variable"
  data_capture_config {
    enable_capture = var.capture
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# a key is there, whether anything is captured or not
resource "aws_sagemaker_endpoint_configuration" "allow_key_enable_unknown" {
  name = "key-enable-unknown"
  data_capture_config {
    enable_capture = terraform_data.support_handoff.output == "capture"
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = aws_kms_key.support_ml.arn
    capture_options {
      capture_mode = "Input"
    }
    capture_options {
      capture_mode = "Output"
    }
  }

  production_variants {
    variant_name           = "primary"
    model_name             = "ranker"
    initial_instance_count = 2
    instance_type          = "ml.m5.xlarge"
  }
}

# key through a module input
module "allow_module_key" {
  source = "./mod"
  name = "module-key"
  kms_key_id = aws_kms_key.support_ml.arn
}

# module input left at null
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}

# opaque module input
module "undecided_module_opaque" {
  source = "./mod"
  name = "module-opaque"
  kms_key_id = terraform_data.support_handoff.output
}
