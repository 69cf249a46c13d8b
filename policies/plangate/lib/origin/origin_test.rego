package plangate.lib.origin_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.origin

test_secret_is_an_attribute_and_not_a_resource if {
	_holds({"secret"}, ["aws_iam_access_key.puller.secret"])
	_holds({"secret"}, ["random_password.db.result"])
	_holds({"secret"}, ["aws_secretsmanager_secret_version.hub.secret_string"])
	_holds(set(), ["aws_iam_access_key.puller.id"])
}

test_resources_are_names_and_addresses if {
	_holds({"resources"}, ["aws_db_instance.tracking.address", "data.aws_region.here.name"])
	every reference in ["terraform_data.handoff.output", "aws_cloudformation_stack.base.outputs", "local.url", "var.plain"] {
		_holds(set(), [reference])
	}
}

test_sensitive_variable_here_and_above if {
	_holds({"sensitive_variable"}, ["var.hidden"])
	_holds(set(), ["var.plain"])
	inner := _inside(fixture.refers(["var.token"]))
	origin.sensitive_variable(inner.r, ["value"]) with input as inner.plan
	origin.references(inner.r, ["value"]) == {"var.token", "var.hidden"} with input as inner.plan
}

test_ephemeral_variable_counts_as_sensitive if {
	_holds({"sensitive_variable"}, ["var.passing"])
}

test_declared_and_configured if {
	r := _resource(fixture.refers(["aws_x.y.z"]))
	origin.declared(r.change, "value") with input as _plan([r])
	origin.configured(r.change, ["value"]) with input as _plan([r])
	constant := _resource({"constant_value": "x"})
	origin.configured(constant.change, ["value"]) with input as _plan([constant])
	not origin.declared(r.change, "other") with input as _plan([r])
	not origin.configured(r.change, ["other"]) with input as _plan([r])
}

_resource(expression) := fixture.resource("aws_ssm_parameter.this", {}, {"value": true}, {"value": expression})

_plan(resources) := object.union(
	fixture.plan(resources),
	{"configuration": {"root_module": {"variables": {"plain": {}, "hidden": {"sensitive": true}, "passing": {"ephemeral": true}}}}},
)

_holds(names, references) if {
	r := _resource(fixture.refers(references))
	found := {name |
		some name, answer in {
			"secret": _secret(r.change),
			"resources": _resources(r.change),
			"sensitive_variable": _sensitive(r.change),
		}
		answer
	} with input as _plan([r])
	found == names
}

_secret(r) if origin.secret(r, ["value"])

else := false

_resources(r) if origin.resources(r, ["value"])

else := false

_sensitive(r) if origin.sensitive_variable(r, ["value"])

else := false

_inside(expression) := {"r": r, "plan": plan} if {
	made := _resource(expression)
	r := object.union(made.change, {
		"address": "module.inner.aws_ssm_parameter.this",
		"module_address": "module.inner",
	})
	plan := {
		"resource_changes": [r],
		"configuration": {"root_module": {
			"variables": {"hidden": {"sensitive": true}},
			"module_calls": {"inner": {
				"expressions": {"token": {"references": ["var.hidden"]}},
				"module": {"resources": [made.configuration], "variables": {"token": {}}},
			}},
		}},
	}
}
