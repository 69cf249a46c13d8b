# METADATA
# title: plan destroys a model registry, a store of models or datasets, or a key
# description: >-
#   A registry holds which model was approved for what, a bucket the only copy of a dataset, and without its key everything
#   that it encrypted is lost. No apply brings them back, and a replacement destroys as a deletion does.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy
#   - ref: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
#   - ref: https://developer.hashicorp.com/terraform/language/block/removed
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     keep it with `lifecycle { prevent_destroy = true }`, move it with a `moved` block, or let it go from the state alone with
#     `removed { lifecycle { destroy = false } }`; a destruction that is wanted is approved by a waiver for the address
#   resource_types:
#     - aws_kms_external_key
#     - aws_kms_key
#     - aws_kms_replica_external_key
#     - aws_kms_replica_key
#     - aws_s3_bucket
#     - aws_s3vectors_index
#     - aws_s3vectors_vector_bucket
#     - aws_sagemaker_feature_group
#     - aws_sagemaker_mlflow_tracking_server
#     - aws_sagemaker_model_package_group
#     - azurerm_key_vault_key
#     - azurerm_machine_learning_registry
#     - google_kms_crypto_key
#     - google_vertex_ai_dataset
#     - google_vertex_ai_featurestore
#   frameworks:
#     nist_800_53: [CP-9, CM-3]
#     mitre_atlas: [AML.T0031]
#     soc_2: [CC8.1, A1.2]
#   aliases: [PL-004]
package plangate.policies.governance.destroyed_asset

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, r, []) if {
	some type in _irreplaceable
	some r in plan.removed[type]
}

deny contains finding.new(_policy, bucket, []) if {
	some bucket in plan.removed.aws_s3_bucket
	_stores(bucket)
}

_stores(bucket) if s3.was_named(bucket)

# One that is replaced is also there afterwards, where resources may say what it holds.
_stores(bucket) if s3.buckets[bucket.address]

_irreplaceable := {
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
}

_policy := finding.policy(rego.metadata.chain())
