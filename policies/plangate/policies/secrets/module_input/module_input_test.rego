package plangate.policies.secrets.module_input_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.module_input as policy

test_deny_literal_once_for_all_instances if {
	_denied({"app": {
		"for_each_expression": {"constant_value": ["a", "b"]},
		"expressions": {"name": {"constant_value": "bot"}, "environment": {"constant_value": {"SLACK": _token}}},
		"module": {},
	}}) == {["module.app", ["environment", "SLACK"]]}
}

test_deny_in_a_nested_call if {
	_denied({"outer": {"module": {"module_calls": {"inner": {
		"expressions": {"db_password": {"constant_value": "k7lmqyNURNN"}},
		"module": {},
	}}}}}) == {["module.outer.module.inner", ["db_password"]]}
}

test_allow_names_references_and_nothing if {
	_denied({"app": {
		"expressions": {"secret_name": {"constant_value": "northwind/llm/hub-token"}, "token": {"references": ["var.token"]}},
		"module": {},
	}}) == set()
	_denied({"app": {"module": {}}}) == set()
	_denied({}) == set()
}

_denied(calls) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as object.union(
		fixture.plan([fixture.resource("aws_x.this", {}, {}, {})]),
		{
			"configuration": {"root_module": {"module_calls": calls}},
			"resource_changes": [
				{"module_address": "module.app[\"a\"]", "address": "module.app[\"a\"].aws_x.y", "mode": "managed", "type": "aws_x", "name": "y", "change": {"actions": ["create"], "after": {}}},
				{"module_address": "module.app[\"b\"]", "address": "module.app[\"b\"].aws_x.y", "mode": "managed", "type": "aws_x", "name": "y", "change": {"actions": ["create"], "after": {}}},
			],
		},
	)
}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])
