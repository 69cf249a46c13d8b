variable "name" {
  type = string
}

variable "principals" {
  type    = list(string)
  default = ["*"]
}

resource "aws_opensearchserverless_access_policy" "data" {
  name   = var.name
  type   = "data"
  policy = jsonencode([{ Rules = [{ ResourceType = "index", Resource = ["index/rag/*"], Permission = ["aoss:ReadDocument", "aoss:DescribeIndex"] }], Principal = var.principals }])
}
