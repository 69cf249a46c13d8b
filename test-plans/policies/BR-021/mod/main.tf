variable "role_arn" {
  type = string
}

variable "endpoint" {
  type = string
}

resource "aws_bedrockagent_knowledge_base" "this" {
  name     = "this"
  role_arn = var.role_arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration {
      embedding_model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0"
    }
  }
  storage_configuration {
    type = "PINECONE"
    pinecone_configuration {
      connection_string      = var.endpoint
      credentials_secret_arn = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:acme/vectors/pinecone-Ab12Cd"
      field_mapping {
        metadata_field = "metadata"
        text_field     = "text"
      }
    }
  }
}
