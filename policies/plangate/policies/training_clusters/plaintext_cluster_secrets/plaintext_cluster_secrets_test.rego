package plangate.policies.training_clusters.plaintext_cluster_secrets_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.plaintext_cluster_secrets as policy

test_deny_no_encryption if {
	every encryption in [[], null, [{"resources": [], "provider": [{"key_arn": _arn}]}], [{"resources": ["pods"]}]] {
		_answers([fixture.known(_address, {"encryption_config": encryption})]) == _denied(["encryption_config"])
	}
	_answers([fixture.known(_address, {})]) == _denied(["encryption_config"])
}

test_deny_key_of_aws if {
	every key in ["alias/aws/eks", "arn:aws:kms:eu-west-1:111122223333:alias/aws/ebs", "", null] {
		_answers([_cluster(key)]) == _denied(_key)
	}
}

test_allow_key if {
	_answers([_cluster(_arn)]) == _passed
	_answers([_unknown({"key_arn": true}, {}, "aws_kms_key.this.arn")]) == _passed
}

test_allow_resources_that_come_with_the_apply if {
	_answers([fixture.resource(
		_address, {"encryption_config": [{"provider": [{"key_arn": _arn}]}]}, {"encryption_config": [{"resources": true}]},
		{"encryption_config": [{"resources": fixture.refers(["terraform_data.x.output"])}]},
	)]) == _passed
}

# A key is required, and what a dynamic block refers to shows nowhere.
test_allow_key_of_a_dynamic_block if {
	_answers([fixture.resource(
		_address, {"encryption_config": [{"resources": ["secrets"], "provider": [{}]}]},
		{"encryption_config": [{"provider": [{"key_arn": true}]}]}, {},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_key if {
	_answers([_unknown({"key_arn": true}, {}, "terraform_data.key.output")]) == {"deny": set(), "undecided": {[_address, _key]}}
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {}, {"encryption_config": true}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["encryption_config"]]},
	}
}

_address := "aws_eks_cluster.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/7d0c1f5e-3b64-4a8f-9a51-6e20c7b8d913"

_key := ["encryption_config", 0, "provider", 0, "key_arn"]

_cluster(key) := fixture.known(_address, {"encryption_config": [{"resources": ["secrets"], "provider": [{"key_arn": key}]}]})

_unknown(unknown, after, reference) := fixture.resource(
	_address, {"encryption_config": [{"resources": ["secrets"], "provider": [after]}]},
	{"encryption_config": [{"resources": [false], "provider": [unknown]}]},
	{"encryption_config": [{"provider": [{"key_arn": fixture.refers([reference])}]}]},
)

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
