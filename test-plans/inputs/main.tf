resource "terraform_data" "model" {
  input = "resnet-50"
}
