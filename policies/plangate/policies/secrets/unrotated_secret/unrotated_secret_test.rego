package plangate.policies.secrets.unrotated_secret_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.unrotated_secret as policy

test_deny_no_rotation if {
	_answers(fixture.plan([_secret])) == _denied
}

test_deny_rotation_of_another_secret if {
	other := fixture.known("aws_secretsmanager_secret.other", {"name": "other"})
	_answers(fixture.plan([_secret, other, _rotation_of("aws_secretsmanager_secret.other.id")])) == _denied
	_answers(fixture.plan([_secret, fixture.known(_rotation, {"secret_id": "other"})])) == _denied
}

test_deny_deleted_rotation if {
	_answers(fixture.plan([_secret, fixture.deleted(_rotation, {"secret_id": "ai/openai/api_key"})])) == _denied
}

test_allow_rotation_by_reference if {
	every attribute in ["id", "arn"] {
		_answers(fixture.plan([_secret, _rotation_of(concat(".", [_address, attribute]))])) == _passed
	}
}

test_allow_rotation_by_name if {
	secret := fixture.known(_address, {"id": "the-id", "arn": "the-arn", "name": "the-name"})
	every id in ["the-id", "the-arn", "the-name"] {
		_answers(fixture.plan([secret, fixture.known(_rotation, {"secret_id": id})])) == _passed
	}
}

test_allow_rotation_of_each if {
	rotation := object.union(
		fixture.resource(_rotation, {}, {"secret_id": true}, {"secret_id": {"references": ["each.value.id", "each.value"]}}),
		{"configuration": {"for_each_expression": {"references": [_address]}}},
	)
	_answers(fixture.plan([
		fixture.keyed("a", _secret),
		fixture.keyed("b", _secret),
		fixture.keyed("a", rotation),
	])) == {"deny": {[`aws_secretsmanager_secret.this["b"]`, []]}, "undecided": set()}
}

test_allow_rotation_in_a_module if {
	rotation := _rotation_of("var.secret")
	_answers(fixture.plan_with_modules(
		[_secret],
		{"rotation": fixture.call({"secret": fixture.refers(["aws_secretsmanager_secret.this.id"])}, [rotation], {})},
		[fixture.within("module.rotation", rotation)],
	)) == _passed
}

test_allow_deleted if {
	_answers(fixture.plan([fixture.deleted(_address, {"name": "ai/openai/api_key"})])) == _passed
}

test_allow_rotated_secret_beside_a_rotation_of_another if {
	stray := fixture.resource(
		"aws_secretsmanager_secret_rotation.stray", {}, {"secret_id": true},
		{"secret_id": fixture.refers(["local.secret"])},
	)
	_answers(fixture.plan([_secret, _rotation_of("aws_secretsmanager_secret.this.id"), stray])) == _passed
}

test_undecided_rotation_of_a_secret_that_nobody_knows if {
	_answers(fixture.plan([_secret, _rotation_of("local.secret")])) == {"deny": set(), "undecided": {[_address, []]}}
}

_address := "aws_secretsmanager_secret.this"

_rotation := "aws_secretsmanager_secret_rotation.this"

_denied := {"deny": {[_address, []]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_secret := fixture.resource(_address, {"name": "ai/openai/api_key"}, {"id": true, "arn": true}, {"name": {"constant_value": "ai/openai/api_key"}})

_rotation_of(reference) := fixture.resource(_rotation, {}, {"secret_id": true}, {"secret_id": fixture.refers([reference])})

_answers(document) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as document
}
