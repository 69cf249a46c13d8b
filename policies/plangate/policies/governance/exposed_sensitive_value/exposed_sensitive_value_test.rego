package plangate.policies.governance.exposed_sensitive_value_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.governance.exposed_sensitive_value as policy

test_deny_mark_on_an_attribute if {
	_answers([_marked("aws_instance.this", {"user_data": "x"}, {"user_data": true})]) == _denied("aws_instance.this", ["user_data"])
}

test_deny_mark_on_an_entry if {
	_answers([_marked("aws_s3_bucket.this", {"tags": {"t": "x"}}, {"tags": {"t": true}})]) == _denied("aws_s3_bucket.this", ["tags", "t"])
}

test_allow_attributes_made_for_secrets if {
	_answers([_marked("aws_db_instance.this", {"password": "x"}, {"password": true})]) == _passed
	_answers([_marked("aws_ssm_parameter.this", {"value": "x"}, {"value": true})]) == _passed
}

test_allow_without_marks if {
	_answers([_marked("aws_instance.this", {"user_data": "x"}, {"tags": {}, "volume": [{}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_instance.this", {"user_data": "x"})]) == _passed
}

test_deny_value_without_its_mark if {
	_answers_with(_secret, [_referring({"container_definitions": concat("", [`[{"value":"`, _value, `"}]`])}, {})]) == _denied(_task, ["container_definitions"])
}

test_allow_what_is_made_of_it if {
	_answers_with(_secret, [_referring({"container_definitions": "6c3c624b"}, {})]) == _passed
}

test_undecided_where_the_apply_tells if {
	_answers_with(_secret, [_referring({}, {"container_definitions": true})]) == {
		"deny": set(),
		"undecided": {[_task, ["container_definitions"]]},
	}
}

test_no_value_is_shown if {
	denied := policy.deny with input as _plan(_secret, [_referring({"container_definitions": _value}, {})])
	count(denied) == 1
	not contains(json.marshal(denied), _value)
}

_task := "aws_ecs_task_definition.this"

_value := "azEo-WKNF-gWr0"

_secret := {"token": {"sensitive": true, "value": _value}}

_marked(address, after, marks) := object.union(
	fixture.known(address, after),
	{"change": {"change": {"after_sensitive": marks}}},
)

_referring(after, unknown) := fixture.resource(_task, after, unknown, {"container_definitions": {"references": ["var.token"]}})

_denied(address, path) := {"deny": {[address, path]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_plan(variables, resources) := object.union(fixture.plan(resources), {"variables": variables})

_answers(resources) := _answers_with({}, resources)

_answers_with(variables, resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as _plan(variables, resources)
}
