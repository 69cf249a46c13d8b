resource "terraform_data" "support_opaque" {
  input = timestamp()
}

resource "aws_s3_bucket" "support_data" {
  bucket = "northwind-llm-dataset-corpus"
}

resource "aws_s3_bucket" "support_generated" {
  bucket_prefix = "northwind-llm-dataset-"
}

# nothing denies plain HTTP
resource "aws_s3_bucket_policy" "deny_no_tls" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# TLS is asked for, but everybody may read
resource "aws_s3_bucket_policy" "deny_public" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# everybody as AWS = "*"
resource "aws_s3_bucket_policy" "deny_public_aws" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# everybody in a list
resource "aws_s3_bucket_policy" "deny_public_list" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = ["arn:aws:iam::555566667777:role/trainer", "*"] }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# both
resource "aws_s3_bucket_policy" "deny_both" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# allowing with TLS does not deny without
resource "aws_s3_bucket_policy" "deny_tls_allow_true" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }]
  })
}

# denies TLS instead of plain HTTP
resource "aws_s3_bucket_policy" "deny_tls_wrong_value" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "true" } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# denies plain HTTP to one principal only
resource "aws_s3_bucket_policy" "deny_tls_one_principal" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# denies plain HTTP for reading only
resource "aws_s3_bucket_policy" "deny_tls_read_only" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# asks for TLS 1.2 where there is TLS: says nothing of plain HTTP
resource "aws_s3_bucket_policy" "deny_tls_version_only" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", Condition = { StringNotLike = { "aws:PrincipalArn" = "arn:aws:iam::555566667777:role/*" } } }]
  })
}

# everybody, with a condition that anybody can meet
resource "aws_s3_bucket_policy" "deny_public_weak_condition" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
      Condition = { StringLike = { "aws:Referer" = "*" } }
    }]
  })
}

# heredoc, a single statement
resource "aws_s3_bucket_policy" "deny_heredoc" {
  bucket = aws_s3_bucket.support_data.id
  policy = <<-POLICY
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::northwind-llm-dataset-corpus/*"}}
  POLICY
}

# denies plain HTTP
resource "aws_s3_bucket_policy" "allow_tls" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# and lets a role read
resource "aws_s3_bucket_policy" "allow_tls_and_role" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# the condition as a boolean
resource "aws_s3_bucket_policy" "allow_bool_value" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = false } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# the condition and the principal as lists
resource "aws_s3_bucket_policy" "allow_tls_list" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = { AWS = ["*"] }
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = ["false"] } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::555566667777:role/trainer" }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# a service may write
resource "aws_s3_bucket_policy" "allow_service" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# everybody of the organisation
resource "aws_s3_bucket_policy" "allow_org_condition" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
      Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
    }]
  })
}

# everybody through an endpoint of ours
resource "aws_s3_bucket_policy" "allow_vpce_condition" {
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
      Condition = { StringEquals = { "aws:SourceVpce" = "vpce-0a1b2c3d4e5f60718" } }
    }]
  })
}

data "aws_iam_policy_document" "tls" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.support_generated.arn, "${aws_s3_bucket.support_generated.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

data "aws_iam_policy_document" "public" {
  source_policy_documents = [data.aws_iam_policy_document.tls.json]
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.support_generated.arn}/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "plain" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.support_generated.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::555566667777:role/trainer"]
    }
  }
}

data "aws_iam_policy_document" "known" {
  statement {
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

data "aws_iam_policy_document" "opaque" {
  source_policy_documents = [data.aws_iam_policy_document.known.json]
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.support_generated.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = [terraform_data.support_opaque.output]
    }
  }
}

# document over an unknown bucket that denies plain HTTP
resource "aws_s3_bucket_policy" "allow_document" {
  bucket = aws_s3_bucket.support_generated.id
  policy = data.aws_iam_policy_document.tls.json
}

# document with known inputs
resource "aws_s3_bucket_policy" "allow_document_known" {
  bucket = aws_s3_bucket.support_data.id
  policy = data.aws_iam_policy_document.known.json
}

# document over an unknown bucket, everybody may read
resource "aws_s3_bucket_policy" "deny_document_public" {
  bucket = aws_s3_bucket.support_generated.id
  policy = data.aws_iam_policy_document.public.json
}

# document over an unknown bucket, nothing denies plain HTTP
resource "aws_s3_bucket_policy" "deny_document_no_tls" {
  bucket = aws_s3_bucket.support_generated.id
  policy = data.aws_iam_policy_document.plain.json
}

# document over an unknown principal
resource "aws_s3_bucket_policy" "undecided_document" {
  bucket = aws_s3_bucket.support_generated.id
  policy = data.aws_iam_policy_document.opaque.json
}

# jsonencode over an unknown ARN
resource "aws_s3_bucket_policy" "undecided_jsonencode" {
  bucket = aws_s3_bucket.support_generated.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [aws_s3_bucket.support_generated.arn, "${aws_s3_bucket.support_generated.arn}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }]
  })
}

# opaque
resource "aws_s3_bucket_policy" "undecided_opaque" {
  bucket = aws_s3_bucket.support_data.id
  policy = terraform_data.support_opaque.output
}

# for_each
resource "aws_s3_bucket_policy" "each" {
  for_each = { deny_open = "*", allow_closed = "arn:aws:iam::555566667777:role/trainer" }
  bucket = aws_s3_bucket.support_data.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Sid       = "TlsOnly"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = ["arn:aws:s3:::northwind-llm-dataset-corpus", "arn:aws:s3:::northwind-llm-dataset-corpus/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }, {
      Effect    = "Allow"
      Principal = { AWS = each.value }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::northwind-llm-dataset-corpus/*"
    }]
  })
}

# module
module "allow_store" {
  source = "./mod"
  name = "northwind-embedding-dataset"
  readers = ["arn:aws:iam::555566667777:role/trainer"]
}

# module told to let everybody read
module "deny_store" {
  source = "./mod"
  name = "northwind-open-dataset"
  readers = ["*"]
}
