variable "name" {
  type = string
}
variable "statuses" {
  type = list(string)
}
resource "aws_s3_bucket" "this" {
  bucket = var.name
}
resource "aws_s3_bucket_versioning" "this" {
  count  = length(var.statuses)
  bucket = aws_s3_bucket.this.id
  versioning_configuration {
    status = var.statuses[count.index]
  }
}
output "bucket_id" {
  value = aws_s3_bucket.this.id
}
