package plangate.policies.vector_stores.wildcard_principal_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.wildcard_principal as policy

test_deny_wildcards if {
	every principal in [
		"*",
		"arn:aws:iam::*:role/retriever",
		"arn:aws:iam::111122223333:*",
		"arn:aws:iam::111122223333:role/*",
		"arn:aws:iam::111122223333:role/rag-*",
		"arn:aws:iam::111122223333:user/*",
		"arn:aws:sts::111122223333:assumed-role/*",
		"arn:aws:sts::111122223333:assumed-role/*/session",
		"arn:aws:sts::111122223333:assumed-role/rag*/*",
		"arn:aws:sts::*:assumed-role/retriever/*",
		"saml/111122223333/okta/group/*",
	] {
		_answers([_access([{"Rules": _rules, "Principal": [principal]}])]) == _denied({0})
		_answers([_access([{"Rules": _rules, "Principal": principal}])]) == _denied({0})
		_answers([_access([{"Rules": _rules, "Principal": [_role, principal]}])]) == _denied({0})
	}
}

test_deny_in_any_statement if {
	_answers([_access([
		{"Rules": _rules, "Principal": [_role]},
		{"Rules": _rules, "Principal": ["*"]},
	])]) == _denied({1})
}

test_allow_names if {
	every principal in [
		_role,
		"arn:aws:iam::111122223333:user/annie",
		"arn:aws:iam::111122223333:root",
		"arn:aws:sts::111122223333:assumed-role/retriever/session",
		"arn:aws-cn:sts::111122223333:assumed-role/retriever/*",
		"saml/111122223333/okta/group/research",
	] {
		_answers([_access([{"Rules": _rules, "Principal": [principal]}])]) == _passed
		_answers([_access([{"Rules": _rules, "Principal": principal}])]) == _passed
	}
}

test_allow_what_is_no_policy if {
	every text in [
		"", "{", "[]", "7", `["x", 1]`, `[{"Rules": []}]`, `[{"Principal": [7, null]}]`,
		`{"a": {"Principal": ["*"]}}`,
	] {
		_answers([fixture.known(_address, {"policy": text})]) == _passed
	}
	_answers([fixture.known(_address, {"policy": null})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"policy": "[]"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(_address, {}, {"policy": true}, {"policy": fixture.refers(["aws_iam_role.this.arn"])})]) == {
		"deny": set(),
		"undecided": {[_address, ["policy"]]},
	}
}

_address := "aws_opensearchserverless_access_policy.this"

_role := "arn:aws:iam::111122223333:role/retriever"

_rules := [{"ResourceType": "index", "Resource": ["index/*/*"], "Permission": ["aoss:*"]}]

_denied(places) := {"deny": {[_address, ["policy", i, "Principal"]] | some i in places}, "undecided": set()}

_access(statements) := fixture.known(_address, {"type": "data", "policy": json.marshal(statements)})

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
