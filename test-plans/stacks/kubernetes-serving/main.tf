terraform {
  required_version = ">= 1.6"
  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = "~> 2.0"
    }
  }
}

provider "kubernetes" {
  host  = "https://127.0.0.1:6443"
  token = "unused"
}

variable "hardened" {
  type    = bool
  default = true
}

variable "provider_key" {
  type    = string
  default = ""
}

locals {
  namespace = "serving"
  servers = {
    tensorflow = { image = "tensorflow/serving", digest = "sha256:4b7ee3cbcb6e9f3ad4f5a5f7c9f0f1bb4a8a3c1c8f3cbb2b0e6d2f6f5b9a1c11", ports = { grpc = 8500, rest = 8501 }, args = ["--model_name=fraud", "--model_base_path=/models/fraud"] }
    triton     = { image = "nvcr.io/nvidia/tritonserver", digest = "sha256:7a0c1e2d3f4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef", ports = { http = 8000, grpc = 8001, metrics = 8002 }, args = ["tritonserver", "--model-repository=/models"] }
    vllm       = { image = "vllm/vllm-openai", digest = "sha256:11aa22bb33cc44dd55ee66ff778899001122334455667788990011223344aabb", ports = { http = 8000 }, args = ["--model", "/models/chat", "--max-model-len", "8192"] }
  }
}

resource "kubernetes_namespace_v1" "serving" {
  metadata {
    name   = local.namespace
    labels = var.hardened ? { "pod-security.kubernetes.io/enforce" = "restricted" } : {}
  }
}

resource "kubernetes_service_account_v1" "model" {
  metadata {
    name        = "model-server"
    namespace   = kubernetes_namespace_v1.serving.metadata[0].name
    annotations = var.hardened ? { "eks.amazonaws.com/role-arn" = "arn:aws:iam::111122223333:role/model-reader" } : {}
  }
  automount_service_account_token = !var.hardened
}

resource "kubernetes_deployment_v1" "server" {
  for_each = local.servers

  metadata {
    name      = each.key
    namespace = kubernetes_namespace_v1.serving.metadata[0].name
  }

  spec {
    replicas = 2
    selector { match_labels = { app = each.key } }
    template {
      metadata { labels = { app = each.key } }
      spec {
        service_account_name            = kubernetes_service_account_v1.model.metadata[0].name
        automount_service_account_token = !var.hardened
        host_network                    = !var.hardened

        container {
          name  = "server"
          image = var.hardened ? "${each.value.image}@${each.value.digest}" : "${each.value.image}:latest"
          args  = var.hardened || each.key != "vllm" ? each.value.args : concat(each.value.args, ["--trust-remote-code"])

          dynamic "port" {
            for_each = each.value.ports
            content {
              name           = port.key
              container_port = port.value
            }
          }

          dynamic "env" {
            for_each = var.hardened ? [] : [1]
            content {
              name  = "OPENAI_API_KEY"
              value = var.provider_key
            }
          }

          dynamic "env" {
            for_each = var.hardened ? [1] : []
            content {
              name = "OPENAI_API_KEY"
              value_from {
                secret_key_ref {
                  name = "provider-keys"
                  key  = "openai"
                }
              }
            }
          }

          security_context {
            run_as_non_root            = var.hardened
            read_only_root_filesystem  = var.hardened
            allow_privilege_escalation = !var.hardened
            privileged                 = !var.hardened
            dynamic "capabilities" {
              for_each = var.hardened ? [1] : []
              content { drop = ["ALL"] }
            }
          }

          resources {
            limits   = var.hardened ? { cpu = "8", memory = "64Gi", "nvidia.com/gpu" = "1" } : { "nvidia.com/gpu" = "8" }
            requests = var.hardened ? { cpu = "4", memory = "32Gi" } : {}
          }
        }

        dynamic "toleration" {
          for_each = var.hardened ? [1] : []
          content {
            key      = "nvidia.com/gpu"
            operator = "Exists"
            effect   = "NoSchedule"
          }
        }
      }
    }
  }
}

resource "kubernetes_service_v1" "server" {
  for_each = local.servers
  metadata {
    name      = each.key
    namespace = kubernetes_namespace_v1.serving.metadata[0].name
  }
  spec {
    type     = var.hardened ? "ClusterIP" : "LoadBalancer"
    selector = { app = each.key }
    dynamic "port" {
      for_each = each.value.ports
      content {
        name        = port.key
        port        = port.value
        target_port = port.value
      }
    }
  }
}

resource "kubernetes_network_policy_v1" "default_deny" {
  count = var.hardened ? 1 : 0
  metadata {
    name      = "default-deny"
    namespace = kubernetes_namespace_v1.serving.metadata[0].name
  }
  spec {
    pod_selector {}
    policy_types = ["Ingress", "Egress"]
  }
}

resource "kubernetes_resource_quota_v1" "gpu" {
  count = var.hardened ? 1 : 0
  metadata {
    name      = "gpu"
    namespace = kubernetes_namespace_v1.serving.metadata[0].name
  }
  spec {
    hard = { "requests.nvidia.com/gpu" = "8" }
  }
}

resource "kubernetes_config_map_v1" "settings" {
  metadata {
    name      = "settings"
    namespace = kubernetes_namespace_v1.serving.metadata[0].name
  }
  data = var.hardened ? { LOG_LEVEL = "info" } : { LOG_LEVEL = "debug", DATABASE_URL = "postgres://mlflow:Tr4ck1ngPa55@db.acme.example:5432/mlflow" }
}
