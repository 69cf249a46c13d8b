variable "name" {
  type = string
}

variable "roles" {
  type = list(string)
}

data "aws_iam_policy_document" "this" {
  statement {
    actions   = ["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob"]
    resources = ["arn:aws:sagemaker:eu-west-1:210987654321:training-job/${var.name}-*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = var.roles
  }
}

resource "aws_iam_policy" "this" {
  name   = "${var.name}-pipeline"
  policy = data.aws_iam_policy_document.this.json
}
