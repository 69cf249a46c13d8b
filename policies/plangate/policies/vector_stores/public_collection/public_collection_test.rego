package plangate.policies.vector_stores.public_collection_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.public_collection as policy

test_deny_public if {
	_answers([_network([{"Rules": _rules, "AllowFromPublic": true}])]) == _denied({0})
}

test_deny_in_any_statement if {
	_answers([_network([
		{"Rules": _rules, "AllowFromPublic": false, "SourceVPCEs": ["vpce-1"]},
		{"Rules": _rules, "AllowFromPublic": true},
	])]) == _denied({1})
	_answers([_network([
		{"Rules": _rules, "AllowFromPublic": true},
		{"Rules": _rules, "AllowFromPublic": true},
	])]) == _denied({0, 1})
}

test_allow_private if {
	every statement in [
		{"AllowFromPublic": false, "SourceVPCEs": ["vpce-1"]},
		{"AllowFromPublic": false, "SourceServices": ["bedrock.amazonaws.com"]},
		{"SourceVPCEs": ["vpce-1"]},
		{"AllowFromPublic": null},
	] {
		_answers([_network([statement])]) == _passed
	}
}

test_allow_other_types if {
	_answers([fixture.known(_address, {
		"type": "encryption",
		"policy": json.marshal([{"AllowFromPublic": true}]),
	})]) == _passed
	_answers([fixture.resource(_address, {"type": "encryption"}, {"policy": true}, _refers)]) == _passed
}

test_allow_what_is_no_policy if {
	every text in ["", "{", "[]", "7", "null", `{"a": {"AllowFromPublic": true}}`, `["x", 1]`] {
		_answers([fixture.known(_address, {"type": "network", "policy": text})]) == _passed
	}
	_answers([fixture.known(_address, {"type": "network", "policy": null})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"type": "network"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(_address, {"type": "network"}, {"policy": true}, _refers)]) == {
		"deny": set(),
		"undecided": {[_address, ["policy"]]},
	}
}

test_document_tells_where_the_type_is_unknown if {
	_answers([_of_unknown_type([{"AllowFromPublic": true}])]) == _denied({0})
	_answers([_of_unknown_type([{"AllowFromPublic": false}])]) == _passed
	_answers([_of_unknown_type({"AWSOwnedKey": true})]) == _passed
}

test_severity_is_the_same_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_network([{"AllowFromPublic": true}])])
		with data.plangate.config as {"environment": "dev"}
	severities == {"critical"}
}

_address := "aws_opensearchserverless_security_policy.this"

_rules := [{"ResourceType": "collection", "Resource": ["collection/rag"]}]

_refers := {"policy": fixture.refers(["aws_opensearchserverless_vpc_endpoint.this.id"])}

_denied(places) := {"deny": {[_address, ["policy", i, "AllowFromPublic"]] | some i in places}, "undecided": set()}

_network(statements) := fixture.known(_address, {"type": "network", "policy": json.marshal(statements)})

_of_unknown_type(document) := fixture.resource(
	_address, {"policy": json.marshal(document)},
	{"type": true},
	{"type": fixture.refers(["terraform_data.type.output"])},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
