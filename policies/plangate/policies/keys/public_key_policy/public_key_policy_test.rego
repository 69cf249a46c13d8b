package plangate.policies.keys.public_key_policy_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.keys.public_key_policy as policy

test_deny_everybody_on_every_kind_of_key if {
	every type in [
		"aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key",
		"aws_kms_replica_external_key", "aws_kms_key_policy",
	] {
		address := concat(".", [type, "this"])
		_answers([_written(address, "*", {})]) == {"deny": {[address, ["policy", "Statement", 0]]}, "undecided": set()}
		_answers([_unknown(address, ["terraform_data.policy.output"])]) == {"deny": set(), "undecided": {[address, ["policy"]]}}
	}
}

test_deny_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": [_root, "*"]}] {
		_answers([_written(_address, principal, {})]) == _denied
	}
	_answers([_written(_address, "*", {"StringEquals": {"kms:EncryptionContext:team": "ml"}})]) == _denied
}

test_deny_everybody_in_a_document if {
	document := fixture.resource(
		"data.aws_iam_policy_document.this",
		{"statement": [
			{"principals": [{"type": "AWS", "identifiers": [null]}]},
			{"principals": [{"type": "AWS", "identifiers": ["*"]}]},
		]},
		{"json": true, "statement": [{"principals": [{"identifiers": [true]}]}, {"principals": [{"identifiers": [false]}]}]},
		{"statement": [{"principals": [{"identifiers": fixture.refers(["aws_iam_role.this.arn"])}]}]},
	)
	_answers([_unknown(_address, ["data.aws_iam_policy_document.this.json"]), document]) == {
		"deny": {[_address, ["policy"]]},
		"undecided": set(),
	}
}

test_allow_accounts if {
	_answers([_written(_address, {"AWS": _root}, {})]) == _passed
	_answers([_written(_address, "*", {"StringEquals": {"kms:CallerAccount": "111122223333"}})]) == _passed
}

test_allow_policies_of_other_things if {
	_answers([_written("aws_sqs_queue_policy.this", "*", {})]) == _passed
	_answers([_unknown("aws_sqs_queue_policy.this", ["terraform_data.policy.output"])]) == _passed
}

test_allow_no_policy if {
	_answers([fixture.known(_address, {"policy": null})]) == _passed
	_answers([fixture.resource(_address, {}, {"policy": true}, {})]) == _passed
	_answers([fixture.resource(_address, {}, {"policy": true}, {"policy": {"constant_value": null}})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"policy": json.marshal({"Statement": [{"Effect": "Allow", "Principal": "*"}]})})]) == _passed
}

_address := "aws_kms_key.this"

_root := "arn:aws:iam::111122223333:root"

_denied := {"deny": {[_address, ["policy", "Statement", 0]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_written(address, principal, condition) := fixture.known(address, {"policy": json.marshal({"Statement": [{
	"Effect": "Allow",
	"Principal": principal,
	"Action": "kms:Decrypt",
	"Resource": "*",
	"Condition": condition,
}]})})

_unknown(address, references) := fixture.resource(address, {}, {"policy": true}, {"policy": fixture.refers(references)})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
