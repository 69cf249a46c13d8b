variable "api_id" {
  type = string
}

variable "authorization_type" {
  type    = string
  default = "NONE"
}

resource "aws_apigatewayv2_route" "this" {
  api_id             = var.api_id
  route_key          = "POST /v1/generate"
  authorization_type = var.authorization_type
}
