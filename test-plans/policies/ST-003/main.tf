resource "terraform_data" "support_opaque" {
  input = timestamp()
}

variable "status" {
  type    = string
  default = "Suspended"
}

# nothing configures versioning
resource "aws_s3_bucket" "deny_no_versioning" {
  bucket = "northwind-model-artifacts"
}

# the same, name unknown
resource "aws_s3_bucket" "deny_name_unknown" {
  bucket_prefix = "northwind-model-checkpoints-"
}

# inline, switched off
resource "aws_s3_bucket" "deny_inline_false" {
  bucket = "northwind-model-inline-off"
  versioning {
    enabled = false
  }
}

# the versioning belongs to another bucket
resource "aws_s3_bucket" "deny_versioning_of_another" {
  bucket = "northwind-model-weights"
}

# bucket
resource "aws_s3_bucket" "support_suspended" {
  bucket = "northwind-model-suspended"
}

# suspended
resource "aws_s3_bucket_versioning" "deny_suspended" {
  bucket = aws_s3_bucket.support_suspended.id
  versioning_configuration {
    status = "Suspended"
  }
}

# bucket
resource "aws_s3_bucket" "support_disabled" {
  bucket = "northwind-model-disabled"
}

# disabled
resource "aws_s3_bucket_versioning" "deny_disabled" {
  bucket = aws_s3_bucket.support_disabled.id
  versioning_configuration {
    status = "Disabled"
  }
}

# bucket
resource "aws_s3_bucket" "support_variable" {
  bucket = "northwind-model-variable"
}

# suspended through a variable
resource "aws_s3_bucket_versioning" "deny_variable" {
  bucket = aws_s3_bucket.support_variable.id
  versioning_configuration {
    status = var.status
  }
}

# a bucket that is not in this plan
resource "aws_s3_bucket_versioning" "deny_literal_bucket" {
  bucket = "northwind-legacy-model-weights"
  versioning_configuration {
    status = "Suspended"
  }
}

# versioned
resource "aws_s3_bucket" "allow_versioned" {
  bucket = "northwind-model-registry"
}

# enabled
resource "aws_s3_bucket_versioning" "allow_versioned" {
  bucket = aws_s3_bucket.allow_versioned.id
  versioning_configuration {
    status = "Enabled"
  }
}

# joined by its name
resource "aws_s3_bucket" "allow_by_name" {
  bucket = "northwind-model-releases"
}

# by name
resource "aws_s3_bucket_versioning" "allow_by_name" {
  bucket = "northwind-model-releases"
  versioning_configuration {
    status = "Enabled"
  }
  depends_on = [aws_s3_bucket.allow_by_name]
}

# name unknown, joined by reference
resource "aws_s3_bucket" "allow_prefix" {
  bucket_prefix = "northwind-model-candidates-"
}

# by reference
resource "aws_s3_bucket_versioning" "allow_prefix" {
  bucket = aws_s3_bucket.allow_prefix.bucket
  versioning_configuration {
    status = "Enabled"
  }
}

# inline
resource "aws_s3_bucket" "allow_inline" {
  bucket = "northwind-model-inline"
  versioning {
    enabled = true
  }
}

# for_each
resource "aws_s3_bucket" "allow_each" {
  for_each = toset(["eu", "uk"])
  bucket = "northwind-model-exports-${each.key}"
}

# for_each over the buckets
resource "aws_s3_bucket_versioning" "allow_each" {
  for_each = aws_s3_bucket.allow_each
  bucket = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}

# count
resource "aws_s3_bucket" "allow_count" {
  count = 2
  bucket = "northwind-model-shard-${count.index}"
}

# count over the buckets
resource "aws_s3_bucket_versioning" "allow_count" {
  count = 2
  bucket = aws_s3_bucket.allow_count[count.index].id
  versioning_configuration {
    status = "Enabled"
  }
}

# bucket
resource "aws_s3_bucket" "support_opaque" {
  bucket = "northwind-model-opaque"
}

# opaque status
resource "aws_s3_bucket_versioning" "undecided_opaque" {
  bucket = aws_s3_bucket.support_opaque.id
  versioning_configuration {
    status = terraform_data.support_opaque.output
  }
}

# bucket
resource "aws_s3_bucket" "support_dynamic" {
  bucket = "northwind-model-dynamic"
}

# dynamic block over an unknown collection
resource "aws_s3_bucket_versioning" "undecided_dynamic" {
  bucket = aws_s3_bucket.support_dynamic.id
  dynamic "versioning_configuration" {
    for_each = terraform_data.support_opaque.output == "on" ? ["Enabled"] : ["Suspended"]
    content {
      status = versioning_configuration.value
    }
  }
}

# module that configures it
module "allow_store" {
  source = "./mod"
  name = "northwind-model-embeddings"
  statuses = ["Enabled"]
}

# module that does not
module "deny_store" {
  source = "./mod"
  name = "northwind-model-adapters"
  statuses = []
}

# module whose bucket is versioned outside
module "support_plain" {
  source = "./mod"
  name = "northwind-model-outside"
  statuses = []
}

# joined through the output of a module
resource "aws_s3_bucket_versioning" "allow_module_output" {
  bucket = module.support_plain.bucket_id
  versioning_configuration {
    status = "Enabled"
  }
}
