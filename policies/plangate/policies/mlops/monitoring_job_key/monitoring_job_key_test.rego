package plangate.policies.mlops.monitoring_job_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.monitoring_job_key as policy

test_deny_no_customer_key if {
	every key in [null, "", "alias/aws/s3"] {
		_answers([_known(key, _arn)]) == _denied([_output])
		_answers([_known(_arn, key)]) == _denied([_volume])
		_answers([_known(key, key)]) == _denied([_output, _volume])
	}
	_answers([fixture.known(_address, {
		"data_quality_job_output_config": [{}],
		"job_resources": [{"cluster_config": [{"instance_type": "ml.m5.xlarge"}]}],
	})]) == _denied([_output, _volume])
}

test_allow_keys if {
	_answers([_known(_arn, _arn)]) == _passed
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_local_storage_without_a_volume_key if {
	_answers([_job("ml.m5d.xlarge", _arn, null)]) == _passed
	_answers([_job("ml.m5d.xlarge", null, null)]) == _denied([_output])
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"data_quality_job_output_config": [{}]})]) == _passed
}

test_undecided_keys_from_elsewhere if {
	_answers([_unknown(["local.key"])]) == _open([_output, _volume])
	_answers([_unknown(["aws_cloudformation_stack.this.outputs"])]) == _open([_output, _volume])
}

test_undecided_volume_of_an_unknown_type if {
	_answers([_typeless(null)]) == _open([_volume])
	_answers([_typeless(_arn)]) == _passed
}

test_deny_output_beside_a_volume_of_unknown_type if {
	_answers([fixture.resource(
		_address,
		{"data_quality_job_output_config": [{}], "job_resources": [{"cluster_config": [{"volume_kms_key_id": _arn}]}]},
		{"job_resources": [{"cluster_config": [{"instance_type": true}]}]},
		{"job_resources": [{"cluster_config": [{"instance_type": fixture.refers(["terraform_data.type.output"])}]}]},
	)]) == _denied([["data_quality_job_output_config", 0, "kms_key_id"]])
}

_address := "aws_sagemaker_data_quality_job_definition.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_output := ["data_quality_job_output_config", 0, "kms_key_id"]

_volume := ["job_resources", 0, "cluster_config", 0, "volume_kms_key_id"]

_denied(paths) := {"deny": {[_address, path] | some path in paths}, "undecided": set()}

_open(paths) := {"deny": set(), "undecided": {[_address, path] | some path in paths}}

_passed := {"deny": set(), "undecided": set()}

_known(output, volume) := _job("ml.m5.xlarge", output, volume)

_job(type, output, volume) := fixture.known(_address, {
	"data_quality_job_output_config": [{"kms_key_id": output}],
	"job_resources": [{"cluster_config": [{"instance_type": type, "volume_kms_key_id": volume}]}],
})

_unknown(references) := fixture.resource(
	_address,
	{"data_quality_job_output_config": [{}], "job_resources": [{"cluster_config": [{"instance_type": "ml.m5.xlarge"}]}]},
	{
		"data_quality_job_output_config": [{"kms_key_id": true}],
		"job_resources": [{"cluster_config": [{"volume_kms_key_id": true}]}],
	},
	{
		"data_quality_job_output_config": [{"kms_key_id": fixture.refers(references)}],
		"job_resources": [{"cluster_config": [{"volume_kms_key_id": fixture.refers(references)}]}],
	},
)

_typeless(volume) := fixture.resource(
	_address,
	{
		"data_quality_job_output_config": [{"kms_key_id": _arn}],
		"job_resources": [{"cluster_config": [{"volume_kms_key_id": volume}]}],
	},
	{"job_resources": [{"cluster_config": [{"instance_type": true}]}]},
	{"job_resources": [{"cluster_config": [{"instance_type": fixture.refers(["terraform_data.type.output"])}]}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
