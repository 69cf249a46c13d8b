package plangate.policies.vector_stores.collection_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.collection_key as policy

test_deny_key_of_aws if {
	_answers([_encryption({"Rules": _rules, "AWSOwnedKey": true})]) == _denied("AWSOwnedKey")
	_answers([_encryption({"Rules": _rules, "AWSOwnedKey": true, "KmsARN": _arn})]) == _denied("AWSOwnedKey")
}

test_deny_without_key if {
	_answers([_encryption({"Rules": _rules})]) == _denied("KmsARN")
	_answers([_encryption({"Rules": _rules, "AWSOwnedKey": false})]) == _denied("KmsARN")
	_answers([_encryption({"Rules": _rules, "AWSOwnedKey": false, "KmsARN": null})]) == _denied("KmsARN")
	_answers([_encryption({"Rules": _rules, "KmsARN": ""})]) == _denied("KmsARN")
	_answers([_encryption({"Rules": _rules, "KmsARN": "arn:aws:kms:eu-west-1:111122223333:alias/aws/aoss"})]) == _denied("KmsARN")
}

test_allow_key if {
	_answers([_encryption({"Rules": _rules, "AWSOwnedKey": false, "KmsARN": _arn})]) == _passed
	_answers([_encryption({"Rules": _rules, "KmsARN": _arn})]) == _passed
}

test_allow_other_types if {
	_answers([fixture.known(_address, {"type": "network", "policy": json.marshal({"AWSOwnedKey": true})})]) == _passed
	_answers([_unknown("network", ["terraform_data.policy.output"])]) == _passed
}

test_allow_what_is_no_policy if {
	every text in ["", "{", "[]", "7"] {
		_answers([fixture.known(_address, {"type": "encryption", "policy": text})]) == _passed
	}
}

test_document_tells_where_the_type_is_unknown if {
	_answers([_of_unknown_type({"Rules": _rules, "AWSOwnedKey": true})]) == _denied("AWSOwnedKey")
	_answers([_of_unknown_type({"Rules": _rules, "KmsARN": _arn})]) == _passed
	_answers([_of_unknown_type([{"Rules": _rules, "AllowFromPublic": false}])]) == _passed
}

test_allow_key_of_this_plan if {
	_answers([_unknown("encryption", ["aws_kms_key.vectors.arn"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"type": "encryption"})]) == _passed
}

test_undecided_unknown if {
	every references in [["terraform_data.policy.output"], ["aws_kms_key.vectors.arn", "local.rules"]] {
		_answers([_unknown("encryption", references)]) == {"deny": set(), "undecided": {[_address, ["policy"]]}}
	}
}

_address := "aws_opensearchserverless_security_policy.this"

_arn := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_rules := [{"ResourceType": "collection", "Resource": ["collection/rag"]}]

_denied(name) := {"deny": {[_address, ["policy", name]]}, "undecided": set()}

_encryption(document) := fixture.known(_address, {"type": "encryption", "policy": json.marshal(document)})

_of_unknown_type(document) := fixture.resource(
	_address, {"policy": json.marshal(document)},
	{"type": true},
	{"type": fixture.refers(["terraform_data.type.output"])},
)

_unknown(type, references) := fixture.resource(
	_address, {"type": type},
	{"policy": true},
	{"type": {"constant_value": type}, "policy": fixture.refers(references)},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
