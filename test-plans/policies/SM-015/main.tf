resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

resource "aws_s3_bucket" "support_licensed" {
  bucket = "acme-ml-licensed-models"
}

resource "aws_s3_bucket" "support_scratch" {
  bucket = "acme-ml-scratch"
}

variable "accept" {
  type    = bool
  default = true
}

# EULA accepted for weights from a bucket that is not on the list
resource "aws_sagemaker_model" "deny_other_bucket" {
  name               = "other-bucket"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://huggingface-mirror-weights/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# a bucket whose name only begins like an approved one
resource "aws_sagemaker_model" "deny_lookalike_bucket" {
  name               = "lookalike-bucket"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://acme-ml-licensed-models-eu/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# the approved name is in the key only
resource "aws_sagemaker_model" "deny_name_in_key" {
  name               = "name-in-key"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://huggingface-mirror-weights/acme-ml-licensed-models/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# accepted through a variable
resource "aws_sagemaker_model" "deny_variable" {
  name               = "variable"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://huggingface-mirror-weights/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = var.accept
        }
      }
    }
  }
}

# a bucket of this plan that is not on the list
resource "aws_sagemaker_model" "deny_scratch_reference" {
  name               = "scratch-reference"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  depends_on         = [aws_s3_bucket.support_scratch]
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://${aws_s3_bucket.support_scratch.bucket}/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# the same by its id: URI unknown, no entry lies in that bucket
resource "aws_sagemaker_model" "deny_scratch_id_reference" {
  name               = "scratch-id-reference"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://${aws_s3_bucket.support_scratch.id}/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# second container of a pipeline
resource "aws_sagemaker_model" "deny_second_container" {
  name               = "second-container"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://acme-ml-licensed-models/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
  container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://huggingface-mirror-weights/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# one of two sources is not on the list
resource "aws_sagemaker_model" "each" {
  for_each           = { deny_mirror = "huggingface-mirror-weights", allow_licensed = "acme-ml-licensed-models" }
  name               = replace(each.key, "_", "-")
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://${each.value}/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# accepted, approved bucket
resource "aws_sagemaker_model" "allow_approved" {
  name               = "approved"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://acme-ml-licensed-models/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# accepted, below an approved prefix
resource "aws_sagemaker_model" "allow_approved_uri" {
  name               = "approved-uri"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://jumpstart-private-cache-prod-eu-west-1/meta-textgeneration/llama-3-8b/artifacts/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# the approved bucket, another prefix than the approved one
resource "aws_sagemaker_model" "deny_other_prefix" {
  name               = "other-prefix"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://jumpstart-private-cache-prod-eu-west-1/other-vendor/model/artifacts/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# approved bucket of this plan, known name
resource "aws_sagemaker_model" "allow_bucket_reference" {
  name               = "bucket-reference"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://${aws_s3_bucket.support_licensed.bucket}/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# approved bucket of this plan, unknown URI
resource "aws_sagemaker_model" "allow_bucket_id_reference" {
  name               = "bucket-id-reference"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://${aws_s3_bucket.support_licensed.id}/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# no model_access_config: no licence is accepted
resource "aws_sagemaker_model" "allow_own_model" {
  name               = "own-model"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://acme-ml-models-prod/ranker/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
      }
    }
  }
}

# an artefact of our own
resource "aws_sagemaker_model" "allow_model_data_url" {
  name               = "model-data-url"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image          = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_url = "s3://acme-ml-models-prod/llm/model.tar.gz"
  }
}

# accepted, unknown location
resource "aws_sagemaker_model" "undecided_uri" {
  name               = "uri"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = aws_cloudformation_stack.support_platform.outputs["ModelUri"]
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = true
        }
      }
    }
  }
}

# unknown acceptance for a source that is not on the list
resource "aws_sagemaker_model" "undecided_eula" {
  name               = "eula"
  execution_role_arn = "arn:aws:iam::777788889999:role/ml-inference"
  primary_container {
    image = "777788889999.dkr.ecr.eu-west-1.amazonaws.com/llm/tgi@sha256:60294ab48c4a3a4fed7e662371c3a93d1c657f60ba808529703d114732ee8151"
    model_data_source {
      s3_data_source {
        s3_uri           = "s3://huggingface-mirror-weights/llama/"
        s3_data_type     = "S3Prefix"
        compression_type = "None"
        model_access_config {
          accept_eula = terraform_data.support_handoff.output == "accepted"
        }
      }
    }
  }
}
