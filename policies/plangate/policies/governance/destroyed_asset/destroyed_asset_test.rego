package plangate.policies.governance.destroyed_asset_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.governance.destroyed_asset as policy

test_deny_what_cannot_be_replaced if {
	every type in {
		"aws_kms_external_key",
		"aws_kms_key",
		"aws_kms_replica_external_key",
		"aws_kms_replica_key",
		"aws_s3vectors_index",
		"aws_s3vectors_vector_bucket",
		"aws_sagemaker_feature_group",
		"aws_sagemaker_mlflow_tracking_server",
		"aws_sagemaker_model_package_group",
		"azurerm_key_vault_key",
		"azurerm_machine_learning_registry",
		"google_kms_crypto_key",
		"google_vertex_ai_dataset",
		"google_vertex_ai_featurestore",
	} {
		address := concat(".", [type, "this"])
		_denied([_removed(address, {}, ["delete"])]) == {address}
	}
}

test_deny_replaced if {
	every actions in [["delete", "create"], ["create", "delete"]] {
		_denied([_removed("aws_kms_key.this", {}, actions)]) == {"aws_kms_key.this"}
		_denied([_removed("aws_s3_bucket.this", {"bucket": "acme-models"}, actions)]) == {"aws_s3_bucket.this"}
	}
}

test_deny_store if {
	every before in [
		{"bucket": "acme-speech-dataset"},
		{"bucket": "acme-model-store"},
		{"bucket": "acme-blue", "tags": {"content": "training data"}},
	] {
		_denied([_removed("aws_s3_bucket.this", before, ["delete"])]) == {"aws_s3_bucket.this"}
	}
}

# What it was called says nothing, but it goes on to hold the models of a server.
test_deny_store_by_use if {
	bucket := _removed("aws_s3_bucket.this", {"bucket": "acme-blue"}, ["delete", "create"])
	renamed := object.union(bucket, {"change": {"change": {"after": {"bucket": "acme-green"}}}})
	server := fixture.resource("aws_sagemaker_mlflow_tracking_server.this", {}, {}, {
		"artifact_store_uri": fixture.refers(["aws_s3_bucket.this.bucket"]),
	})
	_denied([renamed, server]) == {"aws_s3_bucket.this"}
	_denied([renamed]) == set()
}

test_allow_other_buckets if {
	every before in [{"bucket": "acme-access-logs"}, {"bucket": "acme-logs", "tags": null}, {"bucket": "acme", "tags": {"a": 1}}] {
		_denied([_removed("aws_s3_bucket.this", before, ["delete"])]) == set()
	}
}

test_allow_other_resources if {
	_denied([fixture.deleted("aws_cloudwatch_log_group.this", {"name": "acme-models"})]) == set()
	_denied([fixture.deleted("aws_sagemaker_endpoint.this", {})]) == set()
}

test_allow_what_stays if {
	every actions in [["no-op"], ["update"], ["create"], ["forget"], ["read"]] {
		_denied([_removed("aws_kms_key.this", {}, actions)]) == set()
		_denied([_removed("aws_s3_bucket.this", {"bucket": "acme-models"}, actions)]) == set()
	}
}

_removed(address, before, actions) := object.union(
	fixture.deleted(address, before),
	{"change": {"change": {"actions": actions, "before": before}}},
)

_denied(resources) := addresses if {
	denied := policy.deny with input as fixture.plan(resources)
	every finding in denied {
		finding.path == []
	}
	addresses := {finding.address | some finding in denied}
}
