# METADATA
# title: What belongs to machine learning
# description: >-
#   Tells the resources of services for models, agents and their data from all others, by the prefix that a provider gives
#   the types of a service. Buckets of models and datasets belong to them too. Instances and clusters with accelerators
#   do not: `lib/gpu` knows them.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
#   - ref: https://registry.terraform.io/providers/hashicorp/google/latest/docs
#   - ref: https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
package plangate.lib.ai

import data.plangate.lib.plan
import data.plangate.lib.s3

# METADATA
# description: Whether a resource type belongs to a service for models, agents or their data.
of_service(type) if {
	some prefix in _services
	startswith(type, prefix)
}

# METADATA
# description: The resources of these services that exist once the plan is applied, and the buckets of models and datasets.
resources := array.concat(
	[r |
		some type, rs in plan.resources
		of_service(type)
		some r in rs
	],
	[bucket | some _, bucket in s3.buckets],
)

_services := [
	"aws_bedrock",
	"aws_comprehend_",
	"aws_kendra_",
	"aws_lexv2models_",
	"aws_qbusiness_",
	"aws_rekognition_",
	"aws_s3vectors_",
	"aws_sagemaker_",
	"awscc_bedrock",
	"awscc_sagemaker_",
	"azurerm_ai_",
	"azurerm_cognitive_",
	"azurerm_machine_learning_",
	"azurerm_search_service",
	"google_colab_",
	"google_dialogflow_",
	"google_discovery_engine_",
	"google_document_ai_",
	"google_ml_engine_",
	"google_notebooks_",
	"google_tpu_",
	"google_vertex_ai_",
	"google_workbench_",
]
