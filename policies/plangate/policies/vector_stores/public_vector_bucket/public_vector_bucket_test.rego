package plangate.policies.vector_stores.public_vector_bucket_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.public_vector_bucket as policy

test_deny_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": [_root, "*"]}] {
		_answers([_bucket([_allow(principal)])]) == _denied(0)
	}
}

test_deny_in_any_statement if {
	_answers([_bucket([_allow({"AWS": _root}), _allow("*")])]) == _denied(1)
}

test_deny_under_a_condition_that_anybody_meets if {
	_answers([_bucket([object.union(_allow("*"), {"Condition": {"Bool": {"aws:SecureTransport": "true"}}})])]) == _denied(0)
}

test_allow_names if {
	_answers([_bucket([_allow({"AWS": _root})])]) == _passed
	_answers([_bucket([_allow({"Service": "bedrock.amazonaws.com"})])]) == _passed
}

test_allow_everybody_of_an_organisation if {
	_answers([_bucket([object.union(_allow("*"), {"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}})])]) == _passed
}

test_allow_deny_statement if {
	_answers([_bucket([{"Effect": "Deny", "Principal": "*", "Action": "s3vectors:*", "Resource": "*"}])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"policy": "{}"})]) == _passed
}

test_undecided_unknown if {
	every references in [["terraform_data.policy.output"], ["aws_s3vectors_vector_bucket.this.vector_bucket_arn"]] {
		_answers([_unknown(references)]) == {"deny": set(), "undecided": {[_address, ["policy"]]}}
	}
}

test_document_that_the_apply_reads if {
	_answers([_unknown(["data.aws_iam_policy_document.this.json"]), _document("*")]) == {
		"deny": {[_address, ["policy"]]},
		"undecided": set(),
	}
	_answers([_unknown(["data.aws_iam_policy_document.this.json"]), _document(_root)]) == _passed
}

test_severity_is_the_same_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_bucket([_allow("*")])])
		with data.plangate.config as {"environment": "dev"}
	severities == {"critical"}
}

_address := "aws_s3vectors_vector_bucket_policy.this"

_root := "arn:aws:iam::111122223333:root"

_denied(i) := {"deny": {[_address, ["policy", "Statement", i]]}, "undecided": set()}

_allow(principal) := {"Effect": "Allow", "Principal": principal, "Action": "s3vectors:QueryVectors", "Resource": "*"}

_bucket(statements) := fixture.known(_address, {"policy": json.marshal({"Version": "2012-10-17", "Statement": statements})})

_unknown(references) := fixture.resource(_address, {}, {"policy": true}, {"policy": fixture.refers(references)})

_document(name) := fixture.resource(
	"data.aws_iam_policy_document.this",
	{"statement": [{
		"effect": null,
		"actions": ["s3vectors:QueryVectors"],
		"resources": [null],
		"principals": [{"type": "AWS", "identifiers": [name]}],
		"not_principals": [],
		"condition": [],
	}]},
	{"json": true, "statement": [{"resources": [true]}]},
	{"statement": [{"resources": fixture.refers(["aws_s3vectors_vector_bucket.this.vector_bucket_arn"])}]},
)

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
