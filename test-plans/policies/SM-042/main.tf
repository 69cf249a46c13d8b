resource "aws_cloudformation_stack" "support_platform" {
  name         = "ml-platform-handoff"
  template_url = "https://acme-ml-platform-templates.s3.eu-west-1.amazonaws.com/handoff.yaml"
}

resource "terraform_data" "support_handoff" {
  input = aws_cloudformation_stack.support_platform.outputs["InferenceSetting"]
}

resource "aws_secretsmanager_secret" "support_git" {
  name = "AmazonSageMaker-git"
}

variable "url" {
  type    = string
  default = "https://mlbot:glpatx7xQ2mZr9KdVwPyTbNc4L@gitlab.acme-ml.example/ml/ranker.git"
}

variable "secret_arn" {
  type    = string
  default = null
}

# user and password in the address
resource "aws_sagemaker_code_repository" "deny_user_and_password" {
  code_repository_name = "user-and-password"
  git_config {
    repository_url = "https://mlbot:Vt8Q2xLmRkW7sYbNfC4hJzE9@gitlab.acme-ml.example/ml/ranker.git"
  }
}

# token as the user name
resource "aws_sagemaker_code_repository" "deny_token" {
  code_repository_name = "token"
  git_config {
    repository_url = "https://ghp_9f3KxQ2LmZ7vTbYcR4WdHs1NpUeJ8oAgXi6y@github.com/acme-ml/ranker.git"
  }
}

# a secret does not undo the password in the address
resource "aws_sagemaker_code_repository" "deny_with_secret" {
  code_repository_name = "with-secret"
  git_config {
    repository_url = "https://mlbot:Vt8Q2xLmRkW7sYbNfC4hJzE9@gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = "arn:aws:secretsmanager:eu-west-1:777788889999:secret:AmazonSageMaker-git-AbCdEf"
  }
}

# password in the default of a variable
resource "aws_sagemaker_code_repository" "deny_variable" {
  code_repository_name = "variable"
  git_config {
    repository_url = var.url
    secret_arn = "arn:aws:secretsmanager:eu-west-1:777788889999:secret:AmazonSageMaker-git-AbCdEf"
  }
}

# private repository without a secret
resource "aws_sagemaker_code_repository" "deny_no_secret" {
  code_repository_name = "no-secret"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
  }
}

# explicit null
resource "aws_sagemaker_code_repository" "deny_null_secret" {
  code_repository_name = "null-secret"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = null
  }
}

# empty string
resource "aws_sagemaker_code_repository" "deny_empty_secret" {
  code_repository_name = "empty-secret"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = ""
  }
}

# variable that is null
resource "aws_sagemaker_code_repository" "deny_null_variable" {
  code_repository_name = "null-variable"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = var.secret_arn
  }
}

# secret by ARN
resource "aws_sagemaker_code_repository" "allow_literal" {
  code_repository_name = "literal"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = "arn:aws:secretsmanager:eu-west-1:777788889999:secret:AmazonSageMaker-git-AbCdEf"
  }
}

# secret of this plan
resource "aws_sagemaker_code_repository" "allow_reference" {
  code_repository_name = "reference"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = aws_secretsmanager_secret.support_git.arn
  }
}

# secret of this plan by id
resource "aws_sagemaker_code_repository" "allow_reference_id" {
  code_repository_name = "reference-id"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = aws_secretsmanager_secret.support_git.id
  }
}

# CodeCommit: the role is the credential
resource "aws_sagemaker_code_repository" "allow_codecommit" {
  code_repository_name = "codecommit"
  git_config {
    repository_url = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/ranker"
  }
}

# for_each
resource "aws_sagemaker_code_repository" "each" {
  for_each = { deny_open = null, allow_kept = "arn:aws:secretsmanager:eu-west-1:777788889999:secret:AmazonSageMaker-git-AbCdEf" }
  code_repository_name = replace(each.key, "_", "-")
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = each.value
  }
}

# opaque
resource "aws_sagemaker_code_repository" "undecided_secret" {
  code_repository_name = "secret"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = terraform_data.support_handoff.output
  }
}

# from a stack
resource "aws_sagemaker_code_repository" "undecided_secret_stack" {
  code_repository_name = "secret-stack"
  git_config {
    repository_url = "https://gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = aws_cloudformation_stack.support_platform.outputs["SecretArn"]
  }
}

# opaque address
resource "aws_sagemaker_code_repository" "undecided_url" {
  code_repository_name = "url"
  git_config {
    repository_url = terraform_data.support_handoff.output
    secret_arn = "arn:aws:secretsmanager:eu-west-1:777788889999:secret:AmazonSageMaker-git-AbCdEf"
  }
}

# password in the address, opaque secret
resource "aws_sagemaker_code_repository" "deny_url_with_unknown_secret" {
  code_repository_name = "url-with-unknown-secret"
  git_config {
    repository_url = "https://mlbot:Vt8Q2xLmRkW7sYbNfC4hJzE9@gitlab.acme-ml.example/ml/ranker.git"
    secret_arn = terraform_data.support_handoff.output
  }
}

# module with a secret
module "allow_module" {
  source = "./mod"
  name = "module-secret"
  secret_arn = aws_secretsmanager_secret.support_git.arn
}

# module without
module "deny_module_default" {
  source = "./mod"
  name = "module-default"
}
