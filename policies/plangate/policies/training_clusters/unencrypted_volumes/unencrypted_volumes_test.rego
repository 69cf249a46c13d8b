package plangate.policies.training_clusters.unencrypted_volumes_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.unencrypted_volumes as policy

test_deny_false if {
	_answers([_machine([{"encrypted": false}], [{"encrypted": true}, {"encrypted": false}])]) == {
		"deny": {
			["aws_instance.this", ["root_block_device", 0, "encrypted"]],
			["aws_instance.this", ["ebs_block_device", 1, "encrypted"]],
		},
		"undecided": set(),
	}
}

test_deny_null if {
	_answers([_machine([{"encrypted": null}], [])]) == _denied
}

test_deny_absent_in_the_block if {
	_answers([_root({"volume_size": {"constant_value": 100}})]) == _denied
}

test_deny_absent_beside_a_block_that_has_it if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"instance_type": "g5.xlarge", "ebs_block_device": [{"device_name": "/dev/sdb"}, {"encrypted": true}]},
		{"ebs_block_device": [{"encrypted": true}, {}]},
		{"ebs_block_device": [
			{"encrypted": {"constant_value": true}},
			{"device_name": {"constant_value": "/dev/sdb"}},
		]},
	)]) == {"deny": {["aws_instance.this", ["ebs_block_device", 0, "encrypted"]]}, "undecided": set()}
}

test_allow_encrypted if {
	_answers([_machine([{"encrypted": true}], [{"encrypted": true}])]) == _passed
}

test_allow_no_block if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"instance_type": "p5.48xlarge"},
		{"root_block_device": true, "ebs_block_device": true},
		{"instance_type": {"constant_value": "p5.48xlarge"}},
	)]) == _passed
}

test_allow_other_families if {
	_answers([fixture.known("aws_instance.this", {
		"instance_type": "m7g.large",
		"root_block_device": [{"encrypted": false}],
	})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_instance.this", {"instance_type": "p5.48xlarge"})]) == _passed
}

test_undecided_unknown if {
	_answers([_root({"encrypted": fixture.refers(["terraform_data.flag.output"])})]) == _open
}

test_undecided_unknown_type if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"root_block_device": [{"encrypted": false}]},
		{"instance_type": true},
		{"instance_type": fixture.refers(["terraform_data.type.output"])},
	)]) == _open
}

test_allow_encrypted_whatever_the_type if {
	_answers([fixture.resource(
		"aws_instance.this",
		{"root_block_device": [{"encrypted": true}]},
		{"instance_type": true},
		{"instance_type": fixture.refers(["terraform_data.type.output"])},
	)]) == _passed
}

test_deny_launch_template_and_what_it_launches if {
	_answers([
		_template("false"),
		fixture.known("aws_instance.this", {"launch_template": [{"name": "gpu"}]}),
		fixture.known("aws_instance.own", {
			"launch_template": [{"name": "gpu"}],
			"root_block_device": [{"encrypted": true}],
		}),
	]) == {
		"deny": {
			["aws_launch_template.gpu", ["block_device_mappings", 0, "ebs", 0, "encrypted"]],
			["aws_instance.this", ["launch_template", 0]],
		},
		"undecided": set(),
	}
}

test_deny_launch_template_without_the_flag if {
	_answers([_template("")]) == {
		"deny": {["aws_launch_template.gpu", ["block_device_mappings", 0, "ebs", 0, "encrypted"]]},
		"undecided": set(),
	}
}

test_allow_launch_template if {
	_answers([_template("true"), fixture.known("aws_instance.this", {"launch_template": [{"name": "gpu"}]})]) == _passed
}

test_deny_attached_volume if {
	_answers([
		fixture.known("aws_instance.gpu", {"instance_type": "p5.48xlarge"}),
		fixture.known("aws_instance.cpu", {"instance_type": "m7g.large"}),
		fixture.known("aws_ebs_volume.data", {"encrypted": false}),
		fixture.known("aws_ebs_volume.other", {"encrypted": false}),
		_attachment("aws_volume_attachment.data", "aws_instance.gpu", "aws_ebs_volume.data"),
		_attachment("aws_volume_attachment.other", "aws_instance.cpu", "aws_ebs_volume.other"),
	]) == {"deny": {["aws_ebs_volume.data", ["encrypted"]]}, "undecided": set()}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/unencrypted_volumes",
		"severity": "high",
		"title": "volume of a GPU instance is not encrypted",
		"msg": concat(": ", [
			"aws_instance.this",
			"volume of a GPU instance is not encrypted (root_block_device.0.encrypted)",
		]),
		"remediation": concat(" ", [
			"set `encrypted = true` in each `root_block_device`, `ebs_block_device`, `ebs` block or",
			"`aws_ebs_volume`",
		]),
		"address": "aws_instance.this",
		"path": ["root_block_device", 0, "encrypted"],
		"frameworks": {"nist_800_53": ["SC-28"], "mitre_atlas": ["AML.T0035"], "owasp_llm": ["LLM02:2025"]},
		"aliases": ["CP-003", "CKV_AWS_8", "AWS-0131", "AWS-0008"],
	}} with input as fixture.plan([_machine([{"encrypted": false}], [])])
}

_denied := {"deny": {["aws_instance.this", ["root_block_device", 0, "encrypted"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_instance.this", ["root_block_device", 0, "encrypted"]]}}

_passed := {"deny": set(), "undecided": set()}

_machine(root, data_volumes) := fixture.known("aws_instance.this", {
	"instance_type": "p5.48xlarge",
	"root_block_device": root,
	"ebs_block_device": data_volumes,
})

_root(expressions) := fixture.resource(
	"aws_instance.this",
	{"instance_type": "p5.48xlarge", "root_block_device": [{"volume_size": 100}]},
	{"root_block_device": [{"encrypted": true}]},
	{"root_block_device": [expressions]},
)

_template(encrypted) := fixture.known("aws_launch_template.gpu", {
	"name": "gpu",
	"instance_type": "g6.xlarge",
	"block_device_mappings": [{"ebs": [{"encrypted": encrypted}]}, {"virtual_name": "ephemeral0", "ebs": []}],
})

_attachment(address, machine, volume) := fixture.resource(
	address, {},
	{"instance_id": true, "volume_id": true},
	{
		"instance_id": fixture.refers([concat("", [machine, ".id"])]),
		"volume_id": fixture.refers([concat("", [volume, ".id"])]),
	},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
