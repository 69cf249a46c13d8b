resource "aws_kms_key" "this" {
  description = "shared"
}

output "key_arn" {
  value = aws_kms_key.this.arn
}
