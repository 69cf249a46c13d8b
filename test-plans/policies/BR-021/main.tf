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

resource "aws_secretsmanager_secret" "support_pinecone" {
  name = "acme/vectors/pinecone"
}

resource "aws_secretsmanager_secret_version" "support_pinecone" {
  secret_id     = aws_secretsmanager_secret.support_pinecone.id
  secret_string = "{}"
}

variable "pinecone" {
  type    = string
  default = "https://acme-claims-7f3k2.svc.eu-west1-gcp.pinecone.io"
}

locals {
  pinecone_secret = aws_secretsmanager_secret.support_pinecone.arn
}

resource "aws_bedrockagent_knowledge_base" "deny_foreign_pinecone" {
  name     = "deny-foreign-pinecone"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = "https://shadow-9q1zz.svc.us-east1-aws.pinecone.io"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:acme/vectors/pinecone-Ab12Cd"
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "deny_redis" {
  name     = "deny-redis"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "REDIS_ENTERPRISE_CLOUD"
    redis_enterprise_cloud_configuration {
      endpoint               = "redis-12004.c55.eu-central-1-1.ec2.cloud.redislabs.com:12004"
      vector_index_name      = "claims"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:acme/vectors/pinecone-Ab12Cd"
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
        vector_field   = "vector"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "deny_lookalike" {
  name     = "deny-lookalike"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = "https://acme-claims-7f3k2.svc.eu-west1-gcp.pinecone.io.evil.example"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:acme/vectors/pinecone-Ab12Cd"
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "allow_pinecone" {
  name     = "allow-pinecone"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = "https://acme-claims-7f3k2.svc.eu-west1-gcp.pinecone.io"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:acme/vectors/pinecone-Ab12Cd"
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "allow_secret_reference" {
  name     = "allow-secret-reference"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = var.pinecone
      credentials_secret_arn = aws_secretsmanager_secret.support_pinecone.arn
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "allow_secret_version_reference" {
  name     = "allow-secret-version-reference"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = "https://acme-claims-7f3k2.svc.eu-west1-gcp.pinecone.io"
      credentials_secret_arn = aws_secretsmanager_secret_version.support_pinecone.arn
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "allow_opensearch" {
  name     = "allow-opensearch"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "OPENSEARCH_SERVERLESS"
    opensearch_serverless_configuration {
      collection_arn    = "arn:aws:aoss:eu-west-1:210987654321:collection/abcd1234efgh5678ijkl"
      vector_index_name = "claims"
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
        vector_field   = "vector"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "allow_rds" {
  name     = "allow-rds"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "RDS"
    rds_configuration {
      resource_arn           = "arn:aws:rds:eu-west-1:210987654321:cluster:claims"
      credentials_secret_arn = aws_secretsmanager_secret.support_pinecone.arn
      database_name          = "kb"
      table_name             = "bedrock.kb"
      field_mapping {
        primary_key_field = "id"
        metadata_field    = "metadata"
        text_field        = "text"
        vector_field      = "vector"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "undecided_endpoint_from_stack" {
  name     = "undecided-endpoint-from-stack"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = aws_cloudformation_stack.support_platform.outputs["Pinecone"]
      credentials_secret_arn = aws_secretsmanager_secret.support_pinecone.arn
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
      }
    }
  }
}

resource "aws_bedrockagent_knowledge_base" "undecided_redis_endpoint" {
  name     = "undecided-redis-endpoint"
  role_arn = aws_iam_role.support_bedrock.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "REDIS_ENTERPRISE_CLOUD"
    redis_enterprise_cloud_configuration {
      endpoint               = aws_cloudformation_stack.support_platform.outputs["Redis"]
      vector_index_name      = "claims"
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:acme/vectors/pinecone-Ab12Cd"
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
        vector_field   = "vector"
      }
    }
  }
}

module "deny_kb" {
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
  endpoint = "https://shadow-9q1zz.svc.us-east1-aws.pinecone.io"
}

module "allow_kb" {
  source   = "./mod"
  role_arn = aws_iam_role.support_bedrock.arn
  endpoint = "https://acme-claims-7f3k2.svc.eu-west1-gcp.pinecone.io"
}
