provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "mock_access_key"
  secret_key                  = "mock_secret_key"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

provider "aws" {
  alias                       = "planted"
  region                      = "eu-central-1"
  access_key                  = "mock_access_key"
  secret_key                  = "qT7mVRavvfhf3qfhGaqDSpQDYiDMfilYCHQ/Dx12"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

resource "aws_sns_topic" "central" {
  provider = aws.planted
  name     = "alerts"
}

locals {
  password = "k7lmqyNURNNVRJat"
  url      = "postgresql://rag:${local.password}@db.northwind.internal:5432/rag"
  script   = "#!/bin/bash\nset -e\nexport DATABASE_URL='${local.url}'\nsystemctl start worker\n"
}

variable "sensitive_default" {
  type      = string
  sensitive = true
  default   = "postgresql://rag:k7lmqyNURNNVRJat@db.northwind.internal:5432/rag"
}

variable "settings" {
  type    = map(string)
  default = { region = "eu-west-1", db_password = "k7lmqyNURNNVRJat" }
}

output "url" {
  value = local.url
}

module "app" {
  source      = "./app"
  environment = { LOG_LEVEL = "info", DB_PASSWORD = "k7lmqyNURNNVRJat" }
}

resource "aws_sagemaker_model" "planted" {
  name               = "llm"
  execution_role_arn = "arn:aws:iam::555566667777:role/llm"
  container {
    image       = "763104351884.dkr.ecr.eu-west-1.amazonaws.com/djl-inference:0.31.0"
    environment = { LOG_LEVEL = "info", DB_PASSWORD = local.password }
  }
}

resource "aws_sagemaker_pipeline" "planted" {
  pipeline_name         = "train"
  pipeline_display_name = "train"
  role_arn              = "arn:aws:iam::555566667777:role/llm"
  pipeline_definition = jsonencode({ Version = "2020-12-01", Steps = [{ Name = "Train", Type = "Training",
  Arguments = { Environment = { DB_PASSWORD = local.password } } }] })
}

resource "aws_ecs_task_definition" "planted" {
  family = "agent"
  container_definitions = jsonencode([{
    name             = "agent"
    image            = "agent:1"
    command          = ["serve", "--db-password", local.password]
    environment      = [{ name = "DATABASE_URL", value = local.url }]
    logConfiguration = { logDriver = "splunk", options = { "splunk-token" = "7Kq2mZr9dVwPyTbNc4Lx", "splunk-url" = "https://logs.example" } }
  }])
}

resource "aws_lambda_function" "planted" {
  function_name = "rag"
  role          = "arn:aws:iam::555566667777:role/llm"
  image_uri     = "555566667777.dkr.ecr.eu-west-1.amazonaws.com/rag:1"
  package_type  = "Image"
  environment { variables = { DATABASE_URL = local.url } }
}

resource "aws_batch_job_definition" "container" {
  name                 = "train"
  type                 = "container"
  parameters           = { db_password = local.password }
  container_properties = jsonencode({ image = "train:1", command = ["train", "--db-password", local.password], environment = [{ name = "DB_PASSWORD", value = local.password }] })
}

resource "aws_batch_job_definition" "node" {
  name = "train-multi"
  type = "multinode"
  node_properties = jsonencode({ mainNode = 0, numNodes = 2, nodeRangeProperties = [{ targetNodes = "0:",
  container = { image = "train:1", environment = [{ name = "DB_PASSWORD", value = local.password }] } }] })
}

resource "aws_batch_job_definition" "eks" {
  name = "train-eks"
  type = "container"
  eks_properties {
    pod_properties {
      containers {
        image = "train:1"
        args  = ["train", "--db-password", "k7lmqyNURNNVRJat"]
        env {
          name  = "DB_PASSWORD"
          value = "k7lmqyNURNNVRJat"
        }
      }
    }
  }
}

resource "aws_apprunner_service" "planted" {
  service_name = "rag"
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/rag/rag:1"
      image_repository_type = "ECR_PUBLIC"
      image_configuration { runtime_environment_variables = { DB_PASSWORD = local.password } }
    }
  }
}

resource "aws_codebuild_project" "planted" {
  name         = "build"
  service_role = "arn:aws:iam::555566667777:role/build"
  artifacts { type = "NO_ARTIFACTS" }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
    environment_variable {
      name  = "DB_PASSWORD"
      value = "k7lmqyNURNNVRJat"
    }
  }
  source {
    type      = "NO_SOURCE"
    buildspec = "version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: k7lmqyNURNNVRJat\nphases: {}\n"
  }
}

resource "aws_glue_job" "planted" {
  name              = "features"
  role_arn          = "arn:aws:iam::555566667777:role/glue"
  default_arguments = { "--job-language" = "python", "--db_password" = local.password }
  command { script_location = "s3://northwind-jobs/features.py" }
}

resource "aws_glue_connection" "planted" {
  name                  = "db"
  connection_properties = { JDBC_CONNECTION_URL = "jdbc:postgresql://db:5432/rag", USERNAME = "rag", PASSWORD = local.password }
}

resource "aws_sagemaker_notebook_instance_lifecycle_configuration" "planted" {
  name      = "notebook"
  on_create = base64encode(local.script)
  on_start  = base64encode("#!/bin/bash\nexport DB_PASSWORD='${local.password}'\n")
}

resource "aws_sagemaker_studio_lifecycle_config" "planted" {
  studio_lifecycle_config_name     = "studio"
  studio_lifecycle_config_app_type = "JupyterServer"
  studio_lifecycle_config_content  = base64encode(local.script)
}

resource "aws_instance" "plain" {
  ami           = "ami-0b7c1d94e2a3f5608"
  instance_type = "g6.2xlarge"
  user_data     = local.script
}

resource "aws_instance" "base64" {
  ami              = "ami-0b7c1d94e2a3f5608"
  instance_type    = "g6.2xlarge"
  user_data_base64 = base64encode(local.script)
}

resource "aws_instance" "gzip" {
  ami              = "ami-0b7c1d94e2a3f5608"
  instance_type    = "g6.2xlarge"
  user_data_base64 = base64gzip(local.script)
}

resource "aws_launch_template" "multipart" {
  name_prefix   = "trainer-"
  instance_type = "p5.48xlarge"
  user_data     = base64encode("Content-Type: multipart/mixed; boundary=\"//\"\nMIME-Version: 1.0\n\n--//\nContent-Transfer-Encoding: base64\nContent-Type: text/x-shellscript\n\n${base64encode(local.script)}\n--//--\n")
}

resource "aws_launch_template" "cloud_config" {
  name_prefix = "trainer-"
  user_data   = base64encode("#cloud-config\nwrite_files:\n  - path: /etc/worker.env\n    encoding: b64\n    content: ${base64encode(local.script)}\n")
}

resource "aws_launch_template" "cloud_config_gzip" {
  name_prefix = "trainer-"
  user_data   = base64encode("#cloud-config\nwrite_files:\n  - path: /etc/worker.env\n    encoding: gz+b64\n    content: ${base64gzip(local.script)}\n")
}

resource "aws_launch_configuration" "planted" {
  image_id      = "ami-0b7c1d94e2a3f5608"
  instance_type = "g6.2xlarge"
  user_data     = local.script
}

resource "aws_ssm_parameter" "secure" {
  name  = "/rag/db_password"
  type  = "SecureString"
  value = "k7lmqyNURNNVRJat"
}

resource "aws_ssm_parameter" "clear" {
  name           = "/rag/db_password"
  type           = "String"
  insecure_value = "k7lmqyNURNNVRJat"
}

resource "aws_ssm_parameter" "write_only" {
  name             = "/rag/db_password"
  type             = "SecureString"
  value_wo         = "k7lmqyNURNNVRJat"
  value_wo_version = 1
}

resource "aws_ssm_document" "planted" {
  name          = "start"
  document_type = "Command"
  content       = jsonencode({ schemaVersion = "2.2", description = "x", mainSteps = [{ action = "aws:runShellScript", name = "x", inputs = { runCommand = [local.script] } }] })
}

resource "aws_secretsmanager_secret_version" "string" {
  secret_id     = "rag"
  secret_string = jsonencode({ password = local.password })
}

resource "aws_secretsmanager_secret_version" "write_only" {
  secret_id                = "rag"
  secret_string_wo         = "k7lmqyNURNNVRJat"
  secret_string_wo_version = 1
}

resource "aws_db_instance" "planted" {
  engine              = "postgres"
  instance_class      = "db.r7g.large"
  allocated_storage   = 20
  username            = "rag"
  password            = local.password
  skip_final_snapshot = true
}

resource "aws_db_instance" "write_only" {
  engine              = "postgres"
  instance_class      = "db.r7g.large"
  allocated_storage   = 20
  username            = "rag"
  password_wo         = "k7lmqyNURNNVRJat"
  password_wo_version = 1
  skip_final_snapshot = true
}

resource "aws_elasticache_replication_group" "planted" {
  replication_group_id       = "cache"
  description                = "cache"
  transit_encryption_enabled = true
  auth_token                 = "k7lmqyNURNNVRJat2x"
}

resource "aws_mq_broker" "planted" {
  broker_name        = "mq"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  user {
    username = "ml"
    password = "k7lmqyNURNNVRJat"
  }
}

resource "aws_s3_object" "planted" {
  bucket  = "northwind-config"
  key     = "worker.env"
  content = "DATABASE_URL=${local.url}\n"
}

resource "aws_cloudformation_stack" "planted" {
  name          = "legacy"
  template_body = "{}"
  parameters    = { DbPassword = local.password }
}

resource "aws_amplify_app" "planted" {
  name                  = "console"
  environment_variables = { DB_PASSWORD = local.password }
}

resource "aws_sagemaker_endpoint" "planted" {
  name                 = "llm"
  endpoint_config_name = "llm"
  tags                 = { db_password = local.password }
}

resource "aws_kms_key" "planted" {
  description = "key of ${local.url}"
}

resource "terraform_data" "input" {
  input            = { db_password = local.password }
  triggers_replace = [local.url]
}

resource "terraform_data" "provisioned" {
  provisioner "local-exec" {
    command     = "psql 'postgresql://rag:k7lmqyNURNNVRJat@db.northwind.internal/rag' -f x.sql"
    environment = { DB_PASSWORD = "k7lmqyNURNNVRJat" }
  }
  provisioner "remote-exec" {
    inline = ["export DB_PASSWORD='k7lmqyNURNNVRJat'"]
    connection {
      host     = "x"
      user     = "x"
      password = "k7lmqyNURNNVRJat"
    }
  }
}

data "aws_iam_policy_document" "planted" {
  statement {
    sid       = "x"
    actions   = ["s3:GetObject"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:Referer"
      values   = ["https://rag:k7lmqyNURNNVRJat@northwind.internal/x"]
    }
  }
}
