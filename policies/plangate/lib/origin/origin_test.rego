package plangate.lib.origin_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.origin

test_secret_is_an_attribute_and_not_a_resource if {
	_holds({"secret"}, ["aws_iam_access_key.puller.secret"])
	_holds({"secret"}, ["random_password.db.result"])
	_holds({"secret"}, ["aws_secretsmanager_secret_version.hub.secret_string"])
	_holds(set(), ["aws_iam_access_key.puller.id"])
}

test_each_attribute_that_holds_a_secret if {
	every attribute in [
		"aws_iam_access_key.a.secret", "aws_iam_access_key.a.ses_smtp_password_v4",
		"aws_secretsmanager_secret_version.a.secret_string", "aws_secretsmanager_secret_version.a.secret_binary",
		"data.aws_secretsmanager_secret_version.a.secret_string", "data.aws_secretsmanager_random_password.a.random_password",
		"aws_iam_service_specific_credential.a.service_password", "aws_iam_service_specific_credential.a.service_credential_secret",
		"aws_cognito_user_pool_client.a.client_secret", "random_password.a.result", "tls_private_key.a.private_key_pem",
		"tls_private_key.a.private_key_pem_pkcs8", "azurerm_key_vault_secret.a.value", "azurerm_cognitive_account.a.primary_access_key",
		"azurerm_cognitive_account.a.secondary_access_key", "google_secret_manager_secret_version.a.secret_data",
		"google_service_account_key.a.private_key",
	] {
		_is_secret([attribute])
		not _is_secret([concat("", [attribute, "-x"])])
		not _is_secret([concat("", ["my_", attribute])])
	}
	_is_secret(["aws_s3_bucket.a.arn", "random_password.a.result"])
	not _is_secret(["random_password.a", "random_password.a.length", "module.a.secret"])
}

test_resources_of_several_references if {
	every case in [
		[["aws_s3_bucket.a.arn", "data.aws_region.here.name"], true], [["each.key", "count.index", "path.module", "terraform.workspace"], true],
		[["google_x.a.id", "azurerm_x.a.id", "kubernetes_service.a.id"], true], [["aws_s3_bucket.a.arn", "terraform_data.a.output"], false],
		[["each.value"], false], [["each.key.name"], false], [["local.path.module"], false], [[], false],
	] {
		_only_resources(case[0]) == case[1]
	}
}

test_types_that_hand_on_what_somebody_chose if {
	every type in [
		"aws_cloudformation_stack", "data.aws_cloudformation_stack", "data.aws_cloudformation_export", "aws_ssm_parameter",
		"data.aws_ssm_parameter", "aws_lambda_invocation", "aws_iam_access_key", "aws_secretsmanager_secret_version",
		"data.aws_secretsmanager_random_password", "data.aws_kms_secrets", "google_secret_manager_secret", "azurerm_key_vault_secret",
		"kubernetes_secret", "kubernetes_secret_v1",
	] {
		origin.opaque(type)
		not _only_resources([concat(".", [type, "a", "id"])])
	}
	every type in ["aws_s3_bucket", "aws_ssm_parameters", "my_aws_ssm_parameter", "aws_kms_key", "azurerm_key_vault", "aws"] {
		not origin.opaque(type)
	}
}

test_references_of_nested_attributes if {
	every case in [
		[["value"], {"a.b.c", "a.b"}], [["blocks", 0, "name"], {"d.e.f", "d.e"}], [["blocks", 1, "name"], {"d.e.f", "d.e"}],
		[["blocks", 0, "inner", 0, "name"], {"g.h.i", "g.h"}], [["name"], set()], [["blocks", 0], set()],
		[["blocks", 0, "inner", 0], set()], [["other", "name"], set()], [["constant"], set()],
	] {
		_references(case[0]) == case[1]
	}
}

test_configured_by_constants if {
	every case in [["x", true], [false, true], [null, false]] {
		_configured({"constant_value": case[0]}) == case[1]
	}
	not _configured({})
	not _configured({"references": []})
}

test_inputs_of_modules if {
	every case in [
		[["var.token"], {"var.token", "aws_x.y.z", "aws_x.y"}], [["var.token.key"], {"var.token.key", "aws_x.y.z", "aws_x.y"}],
		[["local.token"], {"local.token"}], [["xvar.token"], {"xvar.token"}], [["var.other"], {"var.other"}],
	] {
		_references_inside(case[0]) == case[1]
	}
}

test_sensitive_variables_of_modules if {
	every case in [
		[["var.token"], {}, ["var.hidden"], true], [["var.token"], {}, ["var.plain"], false], [["var.token"], {"sensitive": true}, [], true],
		[["var.token"], {"ephemeral": true}, [], true], [["var.token"], {"sensitive": false}, ["var.plain"], false],
		[["local.token"], {"sensitive": true}, [], false], [["local.token", "var.token"], {"sensitive": true}, [], true],
		[["var.token"], {}, ["var.plain", "var.passing"], true], [["var.token"], {}, ["local.hidden"], false],
	] {
		_sensitive_inside(case[0], case[1], case[2]) == case[3]
	}
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
	{"configuration": {"root_module": {"variables": _variables}}},
)

_variables := {"plain": {}, "hidden": {"sensitive": true}, "passing": {"ephemeral": true}}

_is_secret(references) if {
	r := _resource(fixture.refers(references))
	origin.secret(r.change, ["value"]) with input as _plan([r])
}

_only_resources(references) if {
	r := _resource({"references": references})
	origin.resources(r.change, ["value"]) with input as _plan([r])
} else := false

_references(path) := found if {
	r := fixture.resource("aws_x.this", {}, {}, {
		"value": fixture.refers(["a.b.c"]),
		"constant": {"constant_value": {"references": "x"}},
		"blocks": [{"name": fixture.refers(["d.e.f"])}, {"inner": [{"name": fixture.refers(["g.h.i"])}]}],
	})
	found := origin.references(r.change, path) with input as _plan([r])
}

_configured(expression) if {
	r := _resource(expression)
	origin.configured(r.change, ["value"]) with input as _plan([r])
} else := false

_references_inside(references) := found if {
	case := _called({"references": references}, {"token": fixture.refers(["aws_x.y.z"]), "other": {"constant_value": "x"}}, {})
	found := origin.references(case.r, ["value"]) with input as case.plan
}

_sensitive_inside(references, variable, handed) if {
	case := _called({"references": references}, {"token": {"references": handed}}, variable)
	origin.sensitive_variable(case.r, ["value"]) with input as case.plan
} else := false

_called(expression, expressions, variable) := {"r": r.change, "plan": object.union(
	fixture.plan_with_modules(
		[], {"inner": fixture.call(expressions, [r], {"variables": object.union({name: {} | some name, _ in expressions}, {"token": variable})})},
		[r],
	),
	{"configuration": {"root_module": {"variables": _variables}}},
)} if {
	r := fixture.within("module.inner", _resource(expression))
}

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
