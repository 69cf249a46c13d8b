terraform {
  required_providers {
    # a module names the lowest version, its caller the highest
    aws = {
      source  = "hashicorp/aws"
      version = ">= 4.0"
    }
    embed = {
      source  = "app.terraform.io/northwind-ai/embed"
      version = ">= 5.0"
    }
  }
}
