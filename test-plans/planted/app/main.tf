variable "environment" { type = map(string) }
resource "aws_lambda_function" "this" {
  function_name = "app"
  role          = "arn:aws:iam::555566667777:role/llm"
  image_uri     = "555566667777.dkr.ecr.eu-west-1.amazonaws.com/rag:1"
  package_type  = "Image"
  environment { variables = var.environment }
}
