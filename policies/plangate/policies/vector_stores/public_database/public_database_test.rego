package plangate.policies.vector_stores.public_database_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.public_database as policy

test_deny_public if {
	_answers([_instance({"publicly_accessible": true}, {}), _cluster, _base]) == {"deny": {_at}, "undecided": set()}
}

test_allow_private if {
	_answers([_instance({"publicly_accessible": false}, {}), _cluster, _base]) == _passed
}

test_allow_unset if {
	unset := fixture.resource(
		"aws_rds_cluster_instance.this", {},
		{"publicly_accessible": true, "cluster_identifier": true},
		{"cluster_identifier": fixture.refers(["aws_rds_cluster.this.id"])},
	)
	_answers([unset, _cluster, _base]) == _passed
	_answers([_instance({"publicly_accessible": null}, {}), _cluster, _base]) == _passed
}

test_allow_other_databases if {
	_answers([_instance({"publicly_accessible": true}, {}), _cluster]) == _passed
	other := fixture.known("aws_rds_cluster.other", {})
	elsewhere := fixture.resource(
		"aws_rds_cluster_instance.this",
		{"publicly_accessible": true},
		{"cluster_identifier": true},
		{"cluster_identifier": fixture.refers(["aws_rds_cluster.other.id"])},
	)
	_answers([elsewhere, other, _cluster, _base]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_rds_cluster_instance.this", {"publicly_accessible": true}), _cluster, _base]) == _passed
}

test_undecided_unknown if {
	opaque := {"publicly_accessible": fixture.refers(["terraform_data.x.output"])}
	_answers([_instance({}, opaque), _cluster, _base]) == {"deny": set(), "undecided": {_at}}
}

_at := ["aws_rds_cluster_instance.this", ["publicly_accessible"]]

_passed := {"deny": set(), "undecided": set()}

_cluster := fixture.known("aws_rds_cluster.this", {})

_base := fixture.resource(
	"aws_bedrockagent_knowledge_base.this",
	{"storage_configuration": [{"type": "RDS", "rds_configuration": [{"database_name": "vectors"}]}]},
	{"storage_configuration": [{"rds_configuration": [{"resource_arn": true}]}]},
	{"storage_configuration": [{"rds_configuration": [{"resource_arn": fixture.refers(["aws_rds_cluster.this.arn"])}]}]},
)

_instance(after, unknown) := fixture.resource(
	"aws_rds_cluster_instance.this", after,
	object.union({"cluster_identifier": true}, {name: true | some name, _ in unknown}),
	object.union({"cluster_identifier": fixture.refers(["aws_rds_cluster.this.id"])}, unknown),
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
