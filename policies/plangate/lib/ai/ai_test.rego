package plangate.lib.ai_test

import data.plangate.lib.ai
import data.plangate.lib.fixture_test as fixture

test_types_of_services_for_models if {
	every type in {
		"aws_bedrock_guardrail",
		"aws_bedrockagent_agent",
		"aws_bedrockagentcore_gateway",
		"aws_comprehend_entity_recognizer",
		"aws_kendra_index",
		"aws_lexv2models_bot",
		"aws_qbusiness_application",
		"aws_rekognition_project",
		"aws_s3vectors_index",
		"aws_sagemaker_model",
		"awscc_bedrock_agent",
		"awscc_sagemaker_cluster",
		"azurerm_ai_foundry",
		"azurerm_cognitive_account",
		"azurerm_machine_learning_workspace",
		"azurerm_search_service",
		"google_colab_runtime",
		"google_dialogflow_agent",
		"google_discovery_engine_data_store",
		"google_document_ai_processor",
		"google_ml_engine_model",
		"google_notebooks_runtime",
		"google_tpu_v2_vm",
		"google_vertex_ai_endpoint",
		"google_workbench_instance",
	} {
		ai.of_service(type)
	}
}

test_other_types if {
	every type in {"aws_s3_bucket", "aws_instance", "aws_lambda_function", "google_storage_bucket", "terraform_data", "aws_kms_key"} {
		not ai.of_service(type)
	}
}

test_resources_are_those_of_services_and_stores if {
	addresses := {r.address | some r in ai.resources} with input as fixture.plan([
		fixture.known("aws_sagemaker_model.ranker", {}),
		fixture.known("aws_s3_bucket.models", {"bucket": "acme-models"}),
		fixture.known("aws_s3_bucket.logs", {"bucket": "acme-access-logs"}),
		fixture.known("aws_sqs_queue.jobs", {}),
		fixture.deleted("aws_sagemaker_endpoint.old", {}),
	])
	addresses == {"aws_sagemaker_model.ranker", "aws_s3_bucket.models"}
}
