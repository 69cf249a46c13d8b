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

data "aws_iam_policy_document" "support_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["bedrock.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "support_bedrock" {
  name               = "claims-assistant-bedrock"
  assume_role_policy = data.aws_iam_policy_document.support_trust.json
}

resource "aws_s3_bucket" "support_training" {
  bucket = "acme-ml-training-eu"
}

resource "aws_s3_bucket" "support_artifacts" {
  bucket = "acme-ml-artifacts-eu"
}

resource "aws_s3_bucket" "support_scratch" {
  bucket = "acme-intern-scratch"
}

resource "aws_s3_bucket" "support_generated" {
  bucket_prefix = "acme-ml-training-eu-"
}

resource "aws_s3_object" "support_train" {
  bucket  = aws_s3_bucket.support_training.id
  key     = "claims/train.jsonl"
  content = "{}"
}

variable "training_uri" {
  type    = string
  default = "s3://open-instruct-mirror/train.jsonl"
}

variable "extra_validators" {
  type    = list(string)
  default = ["s3://acme-ml-training-eu/claims/val-1.jsonl", "s3://open-instruct-mirror/val.jsonl"]
}

locals {
  training_uri = "s3://${aws_s3_bucket.support_training.id}/claims/train.jsonl"
}

resource "aws_bedrock_custom_model" "deny_foreign_training" {
  custom_model_name     = "deny-foreign-training"
  job_name              = "deny-foreign-training-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://open-instruct-mirror/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_foreign_output" {
  custom_model_name     = "deny-foreign-output"
  job_name              = "deny-foreign-output-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://vendor-finetune-drop/acme/"
  }
}

resource "aws_bedrock_custom_model" "deny_foreign_validation" {
  custom_model_name     = "deny-foreign-validation"
  job_name              = "deny-foreign-validation-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  validation_data_config {
    validator {
      s3_uri = "s3://open-instruct-mirror/val.jsonl"
    }
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_second_validator" {
  custom_model_name     = "deny-second-validator"
  job_name              = "deny-second-validator-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  validation_data_config {
    validator {
      s3_uri = "s3://acme-ml-training-eu/claims/val.jsonl"
    }
    validator {
      s3_uri = "s3://open-instruct-mirror/val.jsonl"
    }
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_lookalike_bucket" {
  custom_model_name     = "deny-lookalike-bucket"
  job_name              = "deny-lookalike-bucket-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu-public/claims/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_name_in_key" {
  custom_model_name     = "deny-name-in-key"
  job_name              = "deny-name-in-key-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://open-instruct-mirror/acme-ml-training-eu/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_variable" {
  custom_model_name     = "deny-variable"
  job_name              = "deny-variable-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = var.training_uri
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_known_reference_to_other_bucket" {
  custom_model_name     = "deny-known-reference-to-other-bucket"
  job_name              = "deny-known-reference-to-other-bucket-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://${aws_s3_bucket.support_scratch.bucket}/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_reference_to_other_bucket" {
  custom_model_name     = "deny-reference-to-other-bucket"
  job_name              = "deny-reference-to-other-bucket-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://${aws_s3_bucket.support_scratch.id}/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "deny_foreign_next_to_unknown" {
  custom_model_name     = "deny-foreign-next-to-unknown"
  job_name              = "deny-foreign-next-to-unknown-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://open-instruct-mirror/train.jsonl"
  }
  output_data_config {
    s3_uri = aws_cloudformation_stack.support_platform.outputs["OutputUri"]
  }
}

resource "aws_bedrock_custom_model" "deny_dynamic_validators" {
  custom_model_name     = "deny-dynamic-validators"
  job_name              = "deny-dynamic-validators-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  validation_data_config {
    dynamic "validator" {
      for_each = var.extra_validators
      content {
        s3_uri = validator.value
      }
    }
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "allow_literals" {
  custom_model_name     = "allow-literals"
  job_name              = "allow-literals-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "allow_validation" {
  custom_model_name     = "allow-validation"
  job_name              = "allow-validation-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  validation_data_config {
    validator {
      s3_uri = "s3://acme-ml-training-eu/claims/val.jsonl"
    }
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "allow_bucket_root" {
  custom_model_name     = "allow-bucket-root"
  job_name              = "allow-bucket-root-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu"
  }
}

resource "aws_bedrock_custom_model" "allow_reference" {
  custom_model_name     = "allow-reference"
  job_name              = "allow-reference-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://${aws_s3_bucket.support_training.id}/claims/train.jsonl"
  }
  validation_data_config {
    validator {
      s3_uri = "s3://${aws_s3_bucket.support_training.id}/claims/val.jsonl"
    }
  }
  output_data_config {
    s3_uri = "s3://${aws_s3_bucket.support_artifacts.id}/claims/"
  }
}

resource "aws_bedrock_custom_model" "allow_known_reference" {
  custom_model_name     = "allow-known-reference"
  job_name              = "allow-known-reference-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://${aws_s3_bucket.support_training.bucket}/claims/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://${aws_s3_bucket.support_artifacts.bucket}/claims/"
  }
}

resource "aws_bedrock_custom_model" "allow_object_reference" {
  custom_model_name     = "allow-object-reference"
  job_name              = "allow-object-reference-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://${aws_s3_object.support_train.bucket}/${aws_s3_object.support_train.key}"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "undecided_training_from_stack" {
  custom_model_name     = "undecided-training-from-stack"
  job_name              = "undecided-training-from-stack-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = aws_cloudformation_stack.support_platform.outputs["TrainingUri"]
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "undecided_output_from_stack" {
  custom_model_name     = "undecided-output-from-stack"
  job_name              = "undecided-output-from-stack-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  output_data_config {
    s3_uri = aws_cloudformation_stack.support_platform.outputs["OutputUri"]
  }
}

resource "aws_bedrock_custom_model" "undecided_validator_from_stack" {
  custom_model_name     = "undecided-validator-from-stack"
  job_name              = "undecided-validator-from-stack-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  validation_data_config {
    validator {
      s3_uri = aws_cloudformation_stack.support_platform.outputs["TrainingUri"]
    }
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "undecided_generated_bucket" {
  custom_model_name     = "undecided-generated-bucket"
  job_name              = "undecided-generated-bucket-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://${aws_s3_bucket.support_generated.id}/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "undecided_through_local" {
  custom_model_name     = "undecided-through-local"
  job_name              = "undecided-through-local-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = local.training_uri
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

resource "aws_bedrock_custom_model" "undecided_dynamic_validators" {
  custom_model_name     = "undecided-dynamic-validators"
  job_name              = "undecided-dynamic-validators-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = aws_iam_role.support_bedrock.arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://acme-ml-training-eu/claims/train.jsonl"
  }
  validation_data_config {
    dynamic "validator" {
      for_each = compact(split(",", aws_cloudformation_stack.support_platform.outputs["Validators"]))
      content {
        s3_uri = validator.value
      }
    }
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}

module "deny_model" {
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
  bucket   = "open-instruct-mirror"
}

module "allow_model" {
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
  bucket   = aws_s3_bucket.support_training.id
}

module "allow_named" {
  for_each = toset(["acme-ml-training-eu", "acme-ml-artifacts-eu"])
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
  bucket   = each.key
}
