variable "name" {
  type = string
}
variable "kms_key_id" {
  type    = string
  default = null
}
resource "aws_sagemaker_endpoint_configuration" "this" {
  name = var.name
  data_capture_config {
    enable_capture = true
    initial_sampling_percentage = 100
    destination_s3_uri = "s3://acme-ml-capture-prod/ranker/"
    kms_key_id = var.kms_key_id
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
