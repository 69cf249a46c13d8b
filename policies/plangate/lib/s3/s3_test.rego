package plangate.lib.s3_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.s3

test_buckets_by_name if {
	every name in [
		"acme-models", "acme-model", "models.acme", "llm", "acme-ML-data", "training-data", "datasets-eu", "acme_dataset1",
		"corpus", "checkpoints", "weights", "embeddings", "features", "sagemaker-eu-west-1", "mlflow", "fine-tuning",
		"finetune", "rlhf", "bedrock-logs", "huggingface-cache", "inference",
	] {
		_buckets([_bucket({"bucket": name})]) == {"aws_s3_bucket.this"}
	}
	every name in ["acme-logs", "html", "remodel", "supermodels-fashion", "email", "featured", "acme", "7"] {
		_buckets([_bucket({"bucket": name})]) == set()
	}
}

test_buckets_by_prefix if {
	_buckets([_bucket({"bucket_prefix": "acme-models-"})]) == {"aws_s3_bucket.this"}
	_buckets([_bucket({"bucket": "acme-logs", "bucket_prefix": null})]) == set()
}

test_buckets_by_tags if {
	_buckets([_bucket({"bucket": "acme", "tags": {"use": "training"}})]) == {"aws_s3_bucket.this"}
	every tags in [{"training": "no"}, {"use": "logs"}, {"use": null}, {}, null, "x"] {
		_buckets([_bucket({"bucket": "acme", "tags": tags})]) == set()
	}
}

test_buckets_by_address_when_nothing_is_known if {
	unnamed := {"bucket": true}
	_buckets([fixture.resource("aws_s3_bucket.models", {}, unnamed, {})]) == {"aws_s3_bucket.models"}
	_buckets([fixture.within("module.training", fixture.known("aws_s3_bucket.this", {}))]) == {"module.training.aws_s3_bucket.this"}
	_buckets([fixture.known("aws_s3_bucket.models", {"bucket": "acme-logs"})]) == set()
	_buckets([fixture.resource("aws_s3_bucket.this", {}, unnamed, {})]) == set()
}

test_buckets_that_sagemaker_and_bedrock_use if {
	every place in [
		["aws_sagemaker_model", {"primary_container": [{"model_data_url": _reference}]}],
		["aws_sagemaker_model", {"container": [{"image": {}}, {"model_data_url": _reference}]}],
		["aws_sagemaker_model", {"primary_container": [{"model_data_source": [{"s3_data_source": [{"s3_uri": _reference}]}]}]}],
		["aws_sagemaker_endpoint_configuration", {"data_capture_config": [{"destination_s3_uri": _reference}]}],
		["aws_sagemaker_feature_group", {"offline_store_config": [{"s3_storage_config": [{"s3_uri": _reference}]}]}],
		["aws_sagemaker_mlflow_tracking_server", {"artifact_store_uri": _reference}],
		["aws_bedrock_custom_model", {"training_data_config": [{"s3_uri": _reference}]}],
		["aws_bedrock_custom_model", {"output_data_config": [{"s3_uri": _reference}]}],
		["aws_bedrockagent_data_source", {"data_source_configuration": [{"s3_configuration": [{"bucket_arn": _reference}]}]}],
	] {
		user := fixture.resource(concat(".", [place[0], "this"]), {}, {}, place[1])
		_buckets([user, _bucket({"bucket": "acme"}), fixture.known("aws_s3_bucket.other", {"bucket": "other"})]) == {"aws_s3_bucket.this"}
	}
	_buckets([
		fixture.resource("aws_sagemaker_model.this", {}, {}, {"role_arn": _reference}),
		_bucket({"bucket": "acme"}),
	]) == set()
}

test_holding_by_words if {
	every name in ["acme-models", "checkpoints", "weights", "lora-model", "acme-model-adapters", "mlflow"] {
		_holding([_bucket({"bucket": name})]) == {"models"}
	}
	every name in ["acme-datasets", "training-data", "corpus", "corpora", "embeddings", "features", "rlhf", "acme-llm-dataset"] {
		_holding([_bucket({"bucket": name})]) == {"datasets"}
	}
	every name in ["sagemaker-eu-west-1", "llm", "acme-ml", "bedrock", "acme-model-datasets", "training-checkpoints"] {
		_holding([_bucket({"bucket": name})]) == {"models", "datasets"}
	}
	_holding([_bucket({"bucket": "acme-logs"})]) == set()
}

test_holding_by_tags_and_addresses if {
	_holding([_bucket({"bucket": "acme", "tags": {"use": "training-data"}})]) == {"datasets"}
	_holding([_bucket({"bucket": "acme-ml", "tags": {"use": "model-artifact", "cost": 7}})]) == {"models"}
	_holding([fixture.known("aws_s3_bucket.models", {})]) == {"models"}
	_holding([fixture.known("aws_s3_bucket.models", {"bucket": "acme-datasets"})]) == {"datasets"}
	_holding([fixture.within("module.datasets", fixture.known("aws_s3_bucket.this", {}))]) == {"datasets"}
}

test_holding_by_use if {
	every use in [
		["aws_sagemaker_model", {"primary_container": [{"model_data_url": _reference}]}, {"models"}],
		["aws_sagemaker_model", {"container": [{"model_data_url": _reference}]}, {"models"}],
		[
			"aws_sagemaker_model",
			{"primary_container": [{"model_data_source": [{"s3_data_source": [{"s3_uri": _reference}]}]}]},
			{"models"},
		],
		["aws_sagemaker_endpoint_configuration", {"data_capture_config": [{"destination_s3_uri": _reference}]}, {"models", "datasets"}],
		["aws_sagemaker_feature_group", {"offline_store_config": [{"s3_storage_config": [{"s3_uri": _reference}]}]}, {"datasets"}],
		["aws_sagemaker_mlflow_tracking_server", {"artifact_store_uri": _reference}, {"models"}],
		["aws_bedrock_custom_model", {"training_data_config": [{"s3_uri": _reference}]}, {"datasets"}],
		["aws_bedrock_custom_model", {"output_data_config": [{"s3_uri": _reference}]}, {"models"}],
		[
			"aws_bedrockagent_data_source",
			{"data_source_configuration": [{"s3_configuration": [{"bucket_arn": _reference}]}]},
			{"datasets"},
		],
	] {
		user := fixture.resource(concat(".", [use[0], "this"]), {}, {}, use[1])
		_holding([user, _bucket({"bucket": "acme"})]) == use[2]
	}
	capture := fixture.resource(
		"aws_sagemaker_endpoint_configuration.this", {}, {},
		{"data_capture_config": [{"destination_s3_uri": _reference}]},
	)
	_holding([capture, _bucket({"bucket": "acme-models"})]) == {"models"}
}

test_parts_of if {
	part := fixture.known(_part_address, {"bucket": "acme-models"})
	_parts_of([part, _bucket({"bucket": "acme-models"})]) == {"models"}
	_parts_of([part]) == {"models"}
	_parts_of([fixture.known(_part_address, {"bucket": "acme-datasets"})]) == {"datasets"}
	_parts_of([fixture.known(_part_address, {"bucket": "acme-ml"})]) == {"models", "datasets"}
	_parts_of([fixture.known(_part_address, {"bucket": "acme-logs"})]) == set()
	_parts_of([fixture.known(_part_address, {"bucket": "acme"}), _bucket({"bucket": "acme", "tags": {"use": "models"}})]) == {"models"}
}

test_each_split_type_is_joined if {
	every type in [
		"aws_s3_bucket_logging", "aws_s3_bucket_object_lock_configuration", "aws_s3_bucket_public_access_block",
		"aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_versioning",
	] {
		part := fixture.known(concat(".", [type, "this"]), {"bucket": "acme-models"})
		_has_type(type, [part, _bucket({"bucket": "acme-models"})])
	}
}

test_deleted_buckets_are_none if {
	_buckets([fixture.deleted("aws_s3_bucket.models", {"bucket": "acme-models"})]) == set()
}

test_has_by_reference_and_by_name if {
	every bucket in [
		{"unknown": {"bucket": true}, "after": {}, "expression": _reference},
		{"unknown": {}, "after": {"bucket": "acme-models"}, "expression": {"constant_value": "acme-models"}},
	] {
		part := fixture.resource(_part_address, bucket.after, bucket.unknown, {"bucket": bucket.expression})
		_has([part, _bucket({"bucket": "acme-models"})])
		not _has([part, fixture.known("aws_s3_bucket.other", {"bucket": "other-models"})])
	}
}

test_has_only_of_its_type if {
	not _has([
		fixture.known("aws_s3_bucket_server_side_encryption_configuration.this", {"bucket": "acme-models"}),
		_bucket({"bucket": "acme-models"}),
	])
	not _has([fixture.deleted(_part_address, {"bucket": "acme-models"}), _bucket({"bucket": "acme-models"})])
}

test_parts if {
	mine := fixture.known(_part_address, {"bucket": "acme-models"})
	_parts([mine, _bucket({"bucket": "acme-models"})]) == [_part_address]
	_parts([mine]) == [_part_address]
	_parts([fixture.known(_part_address, {"bucket": "acme-logs"})]) == []
	_parts([fixture.known(_part_address, {"bucket": "acme-logs"}), _bucket({"bucket": "acme-logs"})]) == []
	_parts([
		fixture.known(_part_address, {"bucket": "acme-logs"}),
		_bucket({"bucket": "acme-logs"}),
		fixture.known("aws_s3_bucket.models", {"bucket": "acme-models"}),
	]) == []
	_parts([fixture.known(_part_address, {"bucket": "acme"}), _bucket({"bucket": "acme", "tags": {"use": "models"}})]) == [_part_address]
	_parts([fixture.resource(_part_address, {}, {"bucket": true}, {"bucket": fixture.refers(["local.models"])})]) == []
}

test_stray if {
	_stray({"bucket": fixture.refers(["local.bucket"])}) == {"aws_s3_bucket_public_access_block"}
	_stray({"bucket": fixture.refers(["data.aws_s3_bucket.this.id"])}) == {"aws_s3_bucket_public_access_block"}
	_stray({"bucket": _reference}) == set()
	strays := s3.stray with input as fixture.plan([fixture.known(_part_address, {"bucket": "acme-logs"})])
	strays == set()
	upload := fixture.resource("aws_s3_object.this", {}, {"bucket": true}, {"bucket": fixture.refers(["local.bucket"])})
	others := s3.stray with input as fixture.plan([upload])
	others == set()
}

test_buckets_only_by_the_attribute_that_names_objects if {
	every place in [
		["aws_sagemaker_model", {"primary_container": [{"environment": _reference}]}],
		["aws_sagemaker_model", {"container": [{"environment": _reference}]}],
		["aws_sagemaker_model", {"primary_container": [{"model_data_source": [{"s3_data_source": [{"s3_data_type": _reference}]}]}]}],
		["aws_sagemaker_endpoint_configuration", {"data_capture_config": [{"kms_key_id": _reference}]}],
		["aws_sagemaker_feature_group", {"offline_store_config": [{"s3_storage_config": [{"kms_key_id": _reference}]}]}],
		["aws_bedrock_custom_model", {"training_data_config": [{"x": _reference}]}],
		["aws_bedrock_custom_model", {"output_data_config": [{"x": _reference}]}],
		["aws_bedrockagent_data_source", {"data_source_configuration": [{"s3_configuration": [{"inclusion_prefixes": _reference}]}]}],
	] {
		user := fixture.resource(concat(".", [place[0], "this"]), {}, {}, place[1])
		_buckets([user, _bucket({"bucket": "acme"})]) == set()
	}
}

test_parts_by_reference_rather_than_by_name if {
	_parts([
		fixture.resource(_part_address, {"bucket": "acme-models"}, {}, {"bucket": _reference}),
		_bucket({"bucket": "acme-logs"}),
	]) == []
}

_part_address := "aws_s3_bucket_public_access_block.this"

_reference := fixture.refers(["aws_s3_bucket.this.id"])

_bucket(attributes) := fixture.known("aws_s3_bucket.this", attributes)

_buckets(resources) := addresses if {
	addresses := {address | some address, _ in s3.buckets} with input as fixture.plan(resources)
}

_has(resources) if {
	s3.has("aws_s3_bucket_public_access_block", "aws_s3_bucket.this") with input as fixture.plan(resources)
}

_has_type(type, resources) if {
	s3.has(type, "aws_s3_bucket.this") with input as fixture.plan(resources)
}

_holding(resources) := kinds if {
	kinds := {kind | some kind, held in s3.holding; count(held) > 0} with input as fixture.plan(resources)
}

_parts_of(resources) := kinds if {
	kinds := {kind |
		some kind in ["models", "datasets"]
		some _ in s3.parts_of(kind, "aws_s3_bucket_public_access_block")
	} with input as fixture.plan(resources)
}

_parts(resources) := addresses if {
	addresses := [part.address | some part in s3.parts("aws_s3_bucket_public_access_block")] with input as fixture.plan(resources)
}

_stray(expressions) := types if {
	types := s3.stray with input as fixture.plan([
		fixture.resource(_part_address, {}, {"bucket": true}, expressions),
		_bucket({"bucket": "acme"}),
	])
}

test_what_a_bucket_was_called if {
	every before in [{"bucket": "acme-models"}, {"bucket": "acme-blue", "tags": {"content": "training"}}] {
		s3.was_named({"change": {"before": before}})
	}
	every before in [{"bucket": "acme-logs"}, {"bucket": null}, {"bucket": "acme", "tags": null}, {"tags": {"models": "a", "b": 1}}, null, {}] {
		not s3.was_named({"change": {"before": before}})
	}
}
