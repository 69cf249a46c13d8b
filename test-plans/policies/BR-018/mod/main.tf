variable "role_arn" {
  type = string
}

variable "bucket" {
  type = string
}

resource "aws_bedrock_custom_model" "this" {
  custom_model_name     = "this"
  job_name              = "this-1"
  base_model_identifier = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-text-express-v1"
  role_arn              = var.role_arn
  customization_type    = "FINE_TUNING"

  hyperparameters = {
    "epochCount" = "1"
    "batchSize"  = "1"
  }
  training_data_config {
    s3_uri = "s3://${var.bucket}/train.jsonl"
  }
  output_data_config {
    s3_uri = "s3://acme-ml-artifacts-eu/claims/"
  }
}
