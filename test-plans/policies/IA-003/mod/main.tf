variable "name" {
  type = string
}

variable "policy_arn" {
  type = string
}

resource "aws_iam_role" "notebook" {
  name = "northwind-${var.name}-workbench"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "sagemaker.amazonaws.com" } }]
  })
}

resource "aws_sagemaker_notebook_instance" "this" {
  name          = var.name
  role_arn      = aws_iam_role.notebook.arn
  instance_type = "ml.t3.medium"
}

resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.notebook.name
  policy_arn = var.policy_arn
}
