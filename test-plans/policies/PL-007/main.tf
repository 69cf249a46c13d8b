terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
    exact = {
      source  = "app.terraform.io/northwind-ai/exact"
      version = "5.100.0"
    }
    ranged = {
      source  = "app.terraform.io/northwind-ai/ranged"
      version = ">= 5.0, < 6.0"
    }
    major = {
      source  = "app.terraform.io/northwind-ai/major"
      version = "~> 5"
    }
    floating = {
      source  = "app.terraform.io/northwind-ai/floating"
      version = ">= 5.0"
    }
    excluding = {
      source  = "app.terraform.io/northwind-ai/excluding"
      version = "!= 5.99.0, > 4.0"
    }
    unversioned = {
      source = "app.terraform.io/northwind-ai/unversioned"
    }
    forked = {
      source  = "northwind-contrib/forked"
      version = "~> 5.0"
    }
    lookalike = {
      source  = "app.terraform.io/northwind-ai-labs/lookalike"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

provider "unversioned" {
  alias  = "second"
  region = "eu-west-1"
}

module "child" {
  source = "./child"
}

resource "terraform_data" "support_this" {}
