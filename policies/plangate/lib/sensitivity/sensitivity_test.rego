package plangate.lib.sensitivity_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.sensitivity

test_marked_are_the_places_that_hold_something if {
	r := _resource(
		{"a": "x", "b": null, "c": "", "d": [{"e": {"F": "y"}}], "g": false}, {},
		{"a": true, "b": true, "c": true, "d": [{"e": {"F": true}}], "g": true, "h": {}, "i": false},
	)
	sensitivity.marked(r.change) == {["a"], ["d", 0, "e", "F"], ["g"]}
}

test_marked_are_the_places_that_will_hold_something if {
	r := fixture.resource("aws_x.this", {"tags": {}}, {"a": true, "b": true, "tags": {"c": true}}, {
		"a": fixture.refers(["random_password.this.result"]),
		"tags": fixture.refers(["random_password.this.result"]),
	})
	marked := object.union(r, {"change": {"change": {"after_sensitive": {"a": true, "b": true, "tags": {"c": true}}}}})
	paths := sensitivity.marked(marked.change) with input as fixture.plan([marked])
	paths == {["a"], ["tags", "c"]}
}

test_marked_is_nothing_without_marks if {
	sensitivity.marked(_resource({"a": "x"}, {}, {}).change) == set()
	sensitivity.marked(_resource({"a": "x"}, {}, {"a": false, "b": []}).change) == set()
}

test_meant_by_its_name if {
	every name in [
		"password", "master_password", "secret_string", "auth_token", "credentials", "passphrase",
		"private_key", "api_key", "apikey", "auth_key", "tunnel1_preshared_key",
	] {
		sensitivity.meant("aws_x", [name])
		sensitivity.meant("aws_x", ["block", 0, name])
		sensitivity.meant("aws_x", [name, "entry"])
	}
	every name in ["user_data", "container_definitions", "description", "value", "environment", "key_name"] {
		not sensitivity.meant("aws_x", [name])
	}
}

# The name of an entry of a map is the caller's own.
test_meant_is_not_told_by_the_name_of_an_entry if {
	not sensitivity.meant("aws_x", ["tags", "hub-token"])
	not sensitivity.meant("aws_x", ["environment", 0, "variables", "API_KEY"])
}

test_meant_by_the_list if {
	sensitivity.meant("aws_ssm_parameter", ["value"])
	sensitivity.meant("aws_glue_connection", ["connection_properties", "PASSWORD"])
	sensitivity.meant("aws_cloudwatch_event_connection", ["auth_parameters", 0, "invocation_http_parameters", 0, "body", 0, "value"])
	not sensitivity.meant("aws_ssm_parameter", ["insecure_value"])
	not sensitivity.meant("aws_ssm_parameter", ["tags", "value"])
	not sensitivity.meant("aws_glue_job", ["connection_properties"])
}

test_every_attribute_of_the_list if {
	every type, names in {
		"aws_api_gateway_api_key": ["value"],
		"aws_appconfig_configuration_profile": ["content"],
		"aws_appconfig_hosted_configuration_version": ["content"],
		"aws_appsync_api_key": ["key"],
		"aws_cloudcontrolapi_resource": ["schema"],
		"aws_cloudwatch_event_connection": ["value"],
		"aws_directory_service_shared_directory": ["notes"],
		"aws_dms_certificate": ["certificate_pem", "certificate_wallet"],
		"aws_elasticsearch_domain_saml_options": ["master_user_name"],
		"aws_glue_connection": ["athena_properties", "connection_properties"],
		"aws_grafana_workspace_api_key": ["key"],
		"aws_grafana_workspace_service_account_token": ["key"],
		"aws_iot_ca_certificate": ["ca_certificate_pem", "verification_certificate_pem"],
		"aws_iot_certificate": ["ca_pem", "certificate_pem", "public_key"],
		"aws_kinesis_firehose_delivery_stream": ["access_key"],
		"aws_kms_ciphertext": ["plaintext"],
		"aws_kms_external_key": ["key_material_base64"],
		"aws_kms_replica_external_key": ["key_material_base64"],
		"aws_mwaa_environment": ["airflow_configuration_options"],
		"aws_opensearch_domain_saml_options": ["master_user_name"],
		"aws_opsworks_application": ["ssh_key"],
		"aws_opsworks_stack": ["ssh_key"],
		"aws_pinpoint_adm_channel": ["client_id"],
		"aws_pinpoint_apns_channel": ["bundle_id", "certificate", "team_id"],
		"aws_pinpoint_apns_sandbox_channel": ["bundle_id", "certificate", "team_id"],
		"aws_pinpoint_apns_voip_channel": ["bundle_id", "certificate", "team_id"],
		"aws_pinpoint_apns_voip_sandbox_channel": ["bundle_id", "certificate", "team_id"],
		"aws_pinpoint_gcm_channel": ["service_json"],
		"aws_quicksight_data_source": ["username"],
		"aws_redshiftserverless_namespace": ["admin_username"],
		"aws_s3_object_copy": ["customer_key", "kms_encryption_context", "kms_key_id", "source_customer_key"],
		"aws_sns_platform_application": ["platform_principal"],
		"aws_ssm_maintenance_window_task": ["input", "payload"],
		"aws_ssm_parameter": ["value", "value_wo"],
		"aws_transfer_certificate": ["certificate", "certificate_chain"],
		"aws_transfer_server": ["host_key", "post_authentication_login_banner", "pre_authentication_login_banner"],
		"aws_vpn_connection": ["customer_gateway_configuration"],
	} {
		not sensitivity.meant(type, ["description"])
		every name in names {
			sensitivity.meant(type, [name])
			not sensitivity.meant("aws_other", [name])
		}
	}
}

test_of_other_providers_only_entries_are_told if {
	sensitivity.meant("google_x", ["metadata_startup_script"])
	sensitivity.meant("azurerm_x", ["site_config", 0, "value"])
	not sensitivity.meant("google_x", ["labels", "a"])
	not sensitivity.meant("kubernetes_config_map_v1", ["data", "HF"])
	sensitivity.meant("kubernetes_secret_v1", ["data"])
}

test_environments_of_containers_are_told if {
	path := ["spec", 0, "container", 0, "env", 1, "value"]
	not sensitivity.meant("kubernetes_deployment_v1", path)
	sensitivity.meant("helm_release", path)
	sensitivity.meant("kubernetes_deployment_v1", ["spec", 0, "container", 0, "env", 1, "other"])
	sensitivity.meant("kubernetes_deployment_v1", ["spec", 0, "container", 0, "set", 1, "value"])
}

test_unmarked_names_the_variable if {
	_unmarked(_plan([_referring("aws_x.this", "a", "var.token")])) == {["aws_x.this", "a", "token"]}
}

test_unmarked_in_a_block if {
	r := fixture.resource("aws_x.this", {}, {}, {"a": [{"b": {"references": ["var.token"]}}]})
	_unmarked(_plan([r])) == {["aws_x.this", "a", "token"]}
}

test_unmarked_is_not_what_is_marked if {
	r := _referring("aws_x.this", "a", "var.token")
	every marks in [true, {"k": true}, [{"b": true}]] {
		_unmarked(_plan([object.union(r, {"change": {"change": {"after_sensitive": {"a": marks}}}})])) == set()
	}
	every marks in [{}, [], [{}]] {
		count(_unmarked(_plan([object.union(r, {"change": {"change": {"after_sensitive": {"a": marks}}}})]))) == 1
	}
}

test_unmarked_is_not_what_is_meant_or_written_only if {
	every name in ["password", "value_wo"] {
		_unmarked(_plan([_referring("aws_x.this", name, "var.token")])) == set()
	}
}

test_unmarked_is_not_what_refers_to_other_variables if {
	every reference in ["var.region", "local.token", "aws_x.token", "var.tokens"] {
		_unmarked(_plan([_referring("aws_x.this", "a", reference)])) == set()
	}
}

test_unmarked_in_modules_at_any_depth if {
	every depth in [1, 2, 3, 4, 5, 6, 7, 8] {
		address := concat(".", [segment | some i in numbers.range(1, depth); some segment in ["module", sprintf("m%d", [i])]])
		plan := _nested(address, depth)
		_unmarked(plan) == {[concat(".", [address, "aws_x.this"]), "a", "token"]}
	}
}

# A data source is read and keeps nothing.
test_unmarked_is_not_what_is_read if {
	r := _referring("data.aws_x.this", "a", "var.token")
	managed := fixture.known("aws_x.this", {})
	plan := _plan([r, managed])
	_unmarked(plan) == set()
}

test_unmarked_in_instances_of_modules if {
	r := _referring("aws_x.this", "a", "var.secret")
	plan := object.union(
		fixture.plan_with_modules([], {"m": fixture.call({"secret": {"references": ["var.token"]}}, [r], {})}, [
			fixture.within(`module.m["a"]`, r),
			fixture.within(`module.m["b"]`, r),
		]),
		{"variables": _variables},
	)
	_unmarked(plan) == {[`module.m["a"].aws_x.this`, "a", "token"], [`module.m["b"].aws_x.this`, "a", "token"]}
}

test_unmarked_is_nothing_for_inputs_without_it if {
	r := _referring("aws_x.this", "a", "var.secret")
	plan := object.union(
		fixture.plan_with_modules([], {"m": fixture.call({"secret": {"references": ["var.region"]}}, [r], {})}, [
			fixture.within("module.m", r),
		]),
		{"variables": _variables},
	)
	_unmarked(plan) == set()
}

test_shows_a_value if {
	every text in [
		_value,
		concat("", ["export T=", _value]),
		base64.encode(concat("", ["export T='", _value, "'"])),
		json.marshal({"a": _value}),
	] {
		_shows(_value, text)
	}
	_shows(_value, {"k": _value})
	_shows(_value, [{"k": [_value]}])
	_shows({"user": "rag", "password": _value}, concat("=", ["p", _value]))
	_shows(`a<b"c&d`, json.marshal({"v": `a<b"c&d`}))
}

test_shows_no_value if {
	every text in ["", null, "something", crypto.sha256(_value), 7, {"k": "other"}] {
		not _shows(_value, text)
	}
	not _shows("abc", "abc")
	not _shows(null, "abcd")
	not _shows(12345, "12345")
}

_value := "azEo-WKNF-gWr0"

_variables := {"token": {"sensitive": true, "value": _value}, "region": {"value": "eu-west-1"}, "tokens": {"sensitive": false, "value": "x"}}

_resource(after, unknown, marks) := object.union(
	fixture.resource("aws_x.this", after, unknown, {}),
	{"change": {"change": {"after_sensitive": marks}}},
)

_referring(address, name, reference) := fixture.resource(address, {}, {}, {name: {"references": [reference]}})

_plan(resources) := object.union(fixture.plan(resources), {"variables": _variables})

_nested(address, depth) := object.union(
	fixture.plan_with_modules([], {"m1": calls}, [fixture.within(address, r)]),
	{"variables": _variables},
) if {
	r := _referring("aws_x.this", "a", "var.secret")
	inner := fixture.call({"secret": {"references": ["var.secret"]}}, [r], {})
	calls := _first(_wrapped(inner, depth))
}

_first(call) := object.union(call, {"expressions": {"secret": {"references": ["var.token"]}}})

_wrapped(inner, 1) := inner

_wrapped(inner, 2) := _around(inner, "m2")

_wrapped(inner, 3) := _around(_around(inner, "m3"), "m2")

_wrapped(inner, 4) := _around(_around(_around(inner, "m4"), "m3"), "m2")

_wrapped(inner, 5) := _around(_around(_around(_around(inner, "m5"), "m4"), "m3"), "m2")

_wrapped(inner, 6) := _around(_around(_around(_around(_around(inner, "m6"), "m5"), "m4"), "m3"), "m2")

_wrapped(inner, 7) := _around(_around(_around(_around(_around(_around(inner, "m7"), "m6"), "m5"), "m4"), "m3"), "m2")

_wrapped(inner, 8) := _around(_around(_around(_around(_around(_around(_around(inner, "m8"), "m7"), "m6"), "m5"), "m4"), "m3"), "m2")

_around(inner, name) := fixture.call({"secret": {"references": ["var.secret"]}}, [], {"module_calls": {name: inner}})

_unmarked(plan) := found if {
	found := {[r.address, name, variable] | some [r, name, variable] in sensitivity.unmarked} with input as plan
}

_shows(value, text) if {
	r := fixture.known("aws_x.this", {"a": text})
	sensitivity.shows(r.change, "a", "token") with input as {"variables": {"token": {"value": value}}}
}
