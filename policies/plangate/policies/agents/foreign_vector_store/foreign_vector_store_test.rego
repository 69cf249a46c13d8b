package plangate.policies.agents.foreign_vector_store_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.foreign_vector_store as policy

test_deny_third_parties if {
	every kind, path in _paths {
		_answers([_known(kind, "store.svc.eu.example.com")]) == {"deny": {[_address, path]}, "undecided": set()}
	}
}

test_deny_lookalike_hosts if {
	every connection in ["https://acme-1.pinecone.io.evil.example", "https://acme-1.pinecone.io@evil.example", "https://evil.example/acme-1.pinecone.io"] {
		_answers([_known("pinecone", connection)]) == {"deny": {[_address, _paths.pinecone]}, "undecided": set()}
	}
}

test_allow_hosts if {
	every connection in ["https://acme-1.pinecone.io", "https://acme-1.pinecone.io/", "acme-1.pinecone.io:443"] {
		_answers([_known("pinecone", connection)]) == _passed
	}
	_answers_with(["https://acme-1.pinecone.io"], [_known("pinecone", "https://acme-1.pinecone.io")]) == _passed
}

test_allow_kinds if {
	every entry in ["PINECONE", "pinecone", "PINE*", "*"] {
		_answers_with([entry], [_known("pinecone", "https://x.example")]) == _passed
		_answers_with([entry], [_unknown]) == _passed
		_answers_with([entry], [fixture.resource(_address, {}, {"storage_configuration": [{"pinecone_configuration": true}]}, {})]) == _passed
	}
	_answers_with(["PINECONE", "acme-*.pinecone.io"], [_unknown]) == _passed
	_answers_with(["REDIS_ENTERPRISE_CLOUD"], [_known("redis_enterprise_cloud", "x.example:1")]) == _passed
	_answers_with(["MONGO_DB_ATLAS"], [_known("mongo_db_atlas", "x.example")]) == _passed
	every entry in ["redis", "Redis_Enterprise"] {
		_answers_with([entry], [_known("redis_enterprise_cloud", "x.example:1")]) == _passed
	}
	every entry in ["mongodb", "MONGODB_ATLAS", "mongo_db"] {
		_answers_with([entry], [_known("mongo_db_atlas", "x.example")]) == _passed
	}
	_answers_with(["MONGO_DB_ATLAS"], [_known("pinecone", "x.example")]) == {"deny": {[_address, _paths.pinecone]}, "undecided": set()}
}

test_allow_stores_of_aws if {
	_answers([fixture.known(_address, {"storage_configuration": [{
		"type": "RDS",
		"rds_configuration": [{"resource_arn": "x"}],
		"pinecone_configuration": [],
		"redis_enterprise_cloud_configuration": [],
		"mongo_db_atlas_configuration": [],
	}]})]) == _passed
	_answers([fixture.known(_address, {"storage_configuration": []})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"storage_configuration": [{"pinecone_configuration": [{"connection_string": "x"}]}]})]) == _passed
}

test_undecided_unknown_address if {
	_answers([_unknown]) == {"deny": set(), "undecided": {[_address, _paths.pinecone]}}
}

test_deny_unknown_address_where_only_kinds_are_approved if {
	_answers_with(["REDIS_ENTERPRISE_CLOUD"], [_unknown]) == {"deny": {[_address, _paths.pinecone]}, "undecided": set()}
}

test_undecided_dynamic_store if {
	whole := fixture.resource(_address, {}, {"storage_configuration": true}, {})
	_answers([whole]) == {"deny": set(), "undecided": {[_address, ["storage_configuration"]]}}
	_answers_with(["PINECONE", "REDIS_ENTERPRISE_CLOUD", "MONGO_DB_ATLAS"], [whole]) == _passed
	_answers([fixture.resource(_address, {}, {"storage_configuration": [{"pinecone_configuration": true}]}, {})]) == {
		"deny": set(),
		"undecided": {[_address, ["storage_configuration", 0, "pinecone_configuration"]]},
	}
}

test_inactive_without_a_list if {
	every base in [
		_known("pinecone", "x.example"),
		_unknown,
		fixture.resource(_address, {}, {"storage_configuration": true}, {}),
		fixture.resource(_address, {}, {"storage_configuration": [{"pinecone_configuration": true}]}, {}),
	] {
		policy.deny == set() with input as fixture.plan([base])
		policy.undecided == set() with input as fixture.plan([base])
	}
}

_address := "aws_bedrockagent_knowledge_base.this"

_given := ["acme-*.pinecone.io"]

_paths := {
	"pinecone": ["storage_configuration", 0, "pinecone_configuration", 0, "connection_string"],
	"redis_enterprise_cloud": ["storage_configuration", 0, "redis_enterprise_cloud_configuration", 0, "endpoint"],
	"mongo_db_atlas": ["storage_configuration", 0, "mongo_db_atlas_configuration", 0, "endpoint"],
}

_passed := {"deny": set(), "undecided": set()}

_known(kind, address) := fixture.known(_address, {"storage_configuration": [{_paths[kind][2]: [{_paths[kind][4]: address}]}]})

_unknown := fixture.resource(
	_address, {"storage_configuration": [{"pinecone_configuration": [{}]}]},
	{"storage_configuration": [{"pinecone_configuration": [{"connection_string": true}]}]},
	{"storage_configuration": [{"pinecone_configuration": [{"connection_string": fixture.refers(["pinecone_index.this.host"])}]}]},
)

_answers(resources) := _answers_with(_given, resources)

_answers_with(given, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
		with data.plangate.config as {"parameters": {"BR-021": {"approved_vector_stores": given}}}
}
