variable "name" {
  type = string
}
variable "readers" {
  type = list(string)
}
resource "aws_s3_bucket" "this" {
  bucket = var.name
}
resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::${var.name}", "arn:aws:s3:::${var.name}/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } },
      { Effect = "Allow", Principal = { AWS = var.readers }, Action = "s3:GetObject", Resource = "arn:aws:s3:::${var.name}/*" },
    ]
  })
}
