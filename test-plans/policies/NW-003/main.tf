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

resource "aws_apigatewayv2_api" "support_llm" {
  name          = "llm"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api" "support_stream" {
  name                       = "llm-stream"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_integration" "support_llm" {
  api_id                 = aws_apigatewayv2_api.support_llm.id
  integration_type       = "AWS_PROXY"
  integration_uri        = "arn:aws:lambda:eu-west-1:210987654321:function:llm"
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_authorizer" "support_jwt" {
  api_id           = aws_apigatewayv2_api.support_llm.id
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]
  name             = "staff"
  jwt_configuration {
    audience = ["llm"]
    issuer   = "https://login.example.com/oauth2/default"
  }
}

variable "auth" {
  type    = string
  default = null
}

variable "public" {
  type    = bool
  default = true
}

resource "aws_apigatewayv2_route" "deny_absent" {
  api_id    = aws_apigatewayv2_api.support_llm.id
  route_key = "POST /v1/chat"
  target    = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
}

resource "aws_apigatewayv2_route" "deny_none" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v1/embed"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_route" "deny_null" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v1/rerank"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = null
}

resource "aws_apigatewayv2_route" "deny_null_variable" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v1/score"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = var.auth
}

resource "aws_apigatewayv2_route" "deny_conditional" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v1/images"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = var.public ? "NONE" : "AWS_IAM"
}

resource "aws_apigatewayv2_route" "deny_default_route" {
  api_id    = aws_apigatewayv2_api.support_llm.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
}

resource "aws_apigatewayv2_route" "deny_leftover_authorizer" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v1/audio"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = "NONE"
  authorizer_id      = aws_apigatewayv2_authorizer.support_jwt.id
}

resource "aws_apigatewayv2_route" "deny_api_key_only" {
  api_id           = aws_apigatewayv2_api.support_stream.id
  route_key        = "$connect"
  target           = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  api_key_required = true
}

resource "aws_apigatewayv2_route" "deny_connect" {
  api_id             = aws_apigatewayv2_api.support_stream.id
  route_key          = "$connect"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_route" "allow_jwt" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v2/chat"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.support_jwt.id
}

resource "aws_apigatewayv2_route" "allow_iam" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v2/embed"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_route" "allow_custom" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v2/rerank"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = "a1b2c3"
}

resource "aws_apigatewayv2_route" "allow_connect_iam" {
  api_id             = aws_apigatewayv2_api.support_stream.id
  route_key          = "$connect"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_route" "allow_jwt_scopes" {
  api_id               = aws_apigatewayv2_api.support_llm.id
  route_key            = "POST /v2/score"
  target               = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type   = "JWT"
  authorizer_id        = aws_apigatewayv2_authorizer.support_jwt.id
  authorization_scopes = ["llm/invoke"]
}

resource "aws_apigatewayv2_route" "undecided_from_stack" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v3/chat"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = aws_cloudformation_stack.support_platform.outputs["Auth"]
}

resource "aws_apigatewayv2_route" "undecided_with_authorizer" {
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v3/embed"
  target             = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
  authorization_type = aws_cloudformation_stack.support_platform.outputs["Auth"]
  authorizer_id      = aws_apigatewayv2_authorizer.support_jwt.id
}

resource "aws_apigatewayv2_route" "support_websocket_message" {
  api_id    = aws_apigatewayv2_api.support_stream.id
  route_key = "sendmessage"
  target    = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
}

resource "aws_apigatewayv2_route" "support_preflight" {
  api_id    = aws_apigatewayv2_api.support_llm.id
  route_key = "OPTIONS /{proxy+}"
  target    = "integrations/${aws_apigatewayv2_integration.support_llm.id}"
}

resource "aws_apigatewayv2_route" "by_path" {
  for_each = {
    deny_chat   = "NONE"
    allow_embed = "AWS_IAM"
  }
  api_id             = aws_apigatewayv2_api.support_llm.id
  route_key          = "POST /v4/${each.key}"
  authorization_type = each.value
}

module "open" {
  source = "./mod"
  api_id = aws_apigatewayv2_api.support_llm.id
}

module "closed" {
  source             = "./mod"
  api_id             = aws_apigatewayv2_api.support_llm.id
  authorization_type = "AWS_IAM"
}
