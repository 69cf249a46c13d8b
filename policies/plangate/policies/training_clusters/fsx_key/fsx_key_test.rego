package plangate.policies.training_clusters.fsx_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.fsx_key as policy

test_deny_absent if {
	_answers([fixture.resource(
		"aws_fsx_lustre_file_system.this",
		{"deployment_type": "PERSISTENT_2"},
		{"kms_key_id": true},
		{"deployment_type": {"constant_value": "PERSISTENT_2"}},
	)]) == _denied
}

test_deny_null_and_empty if {
	_answers([_store("PERSISTENT_1", null)]) == _denied
	_answers([_store("PERSISTENT_1", "")]) == _denied
}

test_deny_key_of_aws if {
	_answers([_store("PERSISTENT_2", "arn:aws:kms:eu-west-1:111122223333:alias/aws/fsx")]) == _denied
}

test_allow_key if {
	_answers([_store("PERSISTENT_2", "arn:aws:kms:eu-west-1:111122223333:key/1")]) == _passed
}

test_allow_key_by_reference if {
	_answers([_unknown(["aws_kms_key.this.arn"])]) == _passed
}

test_allow_scratch if {
	_answers([_store("SCRATCH_2", null)]) == _passed
	_answers([_store(null, null)]) == _passed
}

test_allow_unknown_key_of_scratch if {
	_answers([fixture.resource(
		"aws_fsx_lustre_file_system.this",
		{"deployment_type": "SCRATCH_2"},
		{"kms_key_id": true},
		{"kms_key_id": fixture.refers(["terraform_data.key.output"])},
	)]) == _passed
}

test_allow_key_whatever_the_type if {
	_answers([fixture.resource(
		"aws_fsx_lustre_file_system.this",
		{"kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/1"},
		{"deployment_type": true},
		{"deployment_type": fixture.refers(["terraform_data.type.output"])},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_fsx_lustre_file_system.this", {"deployment_type": "PERSISTENT_2"})]) == _passed
}

test_undecided_unknown_key if {
	_answers([_unknown(["terraform_data.key.output"])]) == _open
}

test_undecided_unknown_type if {
	_answers([fixture.resource(
		"aws_fsx_lustre_file_system.this", {},
		{"deployment_type": true},
		{"deployment_type": fixture.refers(["terraform_data.type.output"])},
	)]) == {"deny": set(), "undecided": {["aws_fsx_lustre_file_system.this", ["deployment_type"]]}}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/fsx_key",
		"severity": "medium",
		"title": "Lustre file system is not encrypted with a customer managed key",
		"msg": "aws_fsx_lustre_file_system.this: Lustre file system is not encrypted with a customer managed key (kms_key_id)",
		"remediation": "set `kms_key_id = aws_kms_key.<name>.arn` on the `aws_fsx_lustre_file_system`",
		"address": "aws_fsx_lustre_file_system.this",
		"path": ["kms_key_id"],
		"frameworks": {"nist_800_53": ["SC-28", "SC-12"], "mitre_atlas": ["AML.T0035"]},
		"aliases": ["CP-013", "CKV_AWS_190"],
	}} with input as fixture.plan([_store("PERSISTENT_2", null)])
}

_denied := {"deny": {["aws_fsx_lustre_file_system.this", ["kms_key_id"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_fsx_lustre_file_system.this", ["kms_key_id"]]}}

_passed := {"deny": set(), "undecided": set()}

_store(type, key) := fixture.known("aws_fsx_lustre_file_system.this", {"deployment_type": type, "kms_key_id": key})

_unknown(references) := fixture.resource(
	"aws_fsx_lustre_file_system.this",
	{"deployment_type": "PERSISTENT_2"},
	{"kms_key_id": true},
	{"kms_key_id": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
