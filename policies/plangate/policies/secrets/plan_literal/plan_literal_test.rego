package plangate.policies.secrets.plan_literal_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.plan_literal as policy

test_deny_by_shape_and_by_name if {
	_denied_paths([fixture.known("kubernetes_config_map_v1.this", {"data": {
		"LOG_LEVEL": "debug",
		"DATABASE_URL": "postgres://mlflow:Tr4ckingPa55@db.acme.example:5432/mlflow",
	}})]) == {["kubernetes_config_map_v1.this", ["data", "DATABASE_URL"]]}
	_denied_paths([fixture.known("aws_db_instance.this", {"username": "rag", "password": "k7lmqyNURNN"})]) == {[
		"aws_db_instance.this",
		["password"],
	]}
	_denied_paths([fixture.known("aws_codebuild_project.this", {"environment": [{"environment_variable": [
		{"name": "REGION", "value": "eu-west-1"},
		{"name": "DB_PASSWORD", "value": "k7lmqyNURNN"},
	]}]})]) == {["aws_codebuild_project.this", ["environment", 0, "environment_variable", 1, "value"]]}
	_denied_paths([fixture.known("azurerm_linux_virtual_machine.this", {"custom_data": base64.encode(_token)})]) == {[
		"azurerm_linux_virtual_machine.this",
		["custom_data"],
	]}
}

test_deny_write_only_literal if {
	_denied_paths([fixture.resource(
		"aws_ssm_parameter.this", {"value_wo": null}, {},
		{"value_wo": {"constant_value": _token}},
	)]) == {["aws_ssm_parameter.this", ["value_wo"]]}
}

test_deny_write_only_literal_in_a_block if {
	_denied_paths([fixture.resource(
		"helm_release.this", {"set_wo": null}, {},
		{"set_wo": [
			{"name": {"constant_value": "region"}, "value": {"constant_value": "eu-west-1"}},
			{"name": {"constant_value": "hub.token"}, "value": {"constant_value": _token}},
		]},
	)]) == {["helm_release.this", ["set_wo", 1, "value"]]}
}

test_deny_value_that_its_name_tells if {
	every attribute in ["value", "insecure_value"] {
		_denied_paths([fixture.known("aws_ssm_parameter.this", {"name": "/ml/prod/api_token", "type": "String", attribute: "k7lmqyNURNN!x9"})]) == {[
			"aws_ssm_parameter.this",
			[attribute],
		]}
		_denied_paths([fixture.known("aws_ssm_parameter.this", {"name": "/ml/api_token/region", attribute: "k7lmqyNURNN!x9"})]) == set()
	}
	_denied_paths([fixture.resource(
		"aws_ssm_parameter.this", {"name": "/ml/api_token", "value_wo": null}, {},
		{"value_wo": {"constant_value": "k7lmqyNURNN!x9"}},
	)]) == {["aws_ssm_parameter.this", ["value_wo"]]}
}

test_deny_in_a_provisioner if {
	provisioners := [
		{"type": "file", "expressions": {"destination": {"constant_value": "/etc/x"}}},
		{"type": "local-exec", "expressions": {
			"command": {"constant_value": concat("", ["curl -H 'X: ", _token, "'"])},
			"environment": {"constant_value": {"HF_TOKEN": _token}},
		}},
	]
	_denied_paths([object.union(fixture.known("null_resource.this", {}), {"configuration": {"provisioners": provisioners}})]) == {
		["null_resource.this", ["provisioner", 1, "command"]],
		["null_resource.this", ["provisioner", 1, "environment", "HF_TOKEN"]],
	}
}

test_deny_in_a_data_source if {
	_denied_paths([fixture.resource(
		"data.http.this", {}, {},
		{"url": {"constant_value": "https://hub.example"}, "request_headers": {"constant_value": {"Authorization": _token}}},
	)]) == {["data.http.this", ["request_headers", "Authorization"]]}
	_denied_paths([fixture.resource("data.http.this", {}, {}, {"request_headers": fixture.refers(["local.headers"])})]) == set()
}

test_deny_in_a_secret_of_kubernetes if {
	_denied_paths([fixture.known("kubernetes_manifest.this", {"manifest": {
		"kind": "Secret",
		"data": {"url": base64.encode("postgres://rag:Tr4ckingPa55@db.acme.example/rag"), "region": base64.encode("eu-west-1")},
	}})]) == {["kubernetes_manifest.this", ["manifest", "data", "url"]]}
	_denied_paths([fixture.known("kubernetes_manifest.this", {"manifest": {
		"kind": "ConfigMap",
		"data": {"url": base64.encode("postgres://rag:Tr4ckingPa55@db.acme.example/rag")},
	}})]) == set()
}

test_deny_whatever_stands_before_in_the_text if {
	every text in [
		concat("", ["#!/bin/sh\n", _token]),
		"<connect>Server=db;Uid=rag;Pwd=Tr4ckingPa55;",
		"{\"a\": \"{\\\"password\\\": \\\"Tr4ckingPa55\\\"}\"}",
		"password: Tr4ckingPa55",
		"Authorization: Basic cmFnOlRyNGNraW5nUGE1NQ==",
		"run --api-token Tr4ckingPa55xYz91",
	] {
		_denied_paths([fixture.known("aws_x.this", {"text": text})]) == {["aws_x.this", ["text"]]}
	}
}

test_deny_inside_a_dynamic_block if {
	_denied_paths([fixture.resource("aws_x.this", {"setting": [{"value": _token}]}, {}, {})]) == {[
		"aws_x.this",
		["setting", 0, "value"],
	]}
}

test_allow_what_the_provider_computed if {
	_denied_paths([fixture.resource("random_password.this", {"length": 32, "result": _token}, {}, {"length": {"constant_value": 32}})]) == set()
}

test_allow_what_other_policies_look_at if {
	_denied_paths([
		fixture.known("aws_launch_template.this", {"user_data": base64.encode(_token)}),
		fixture.known("aws_sagemaker_model.this", {"primary_container": [{"environment": {"HF_TOKEN": _token}}]}),
		fixture.known("aws_secretsmanager_secret_version.this", {"secret_string": _token}),
		fixture.known("kubernetes_pod_v1.this", {"spec": [{"container": [{"args": [_token]}]}]}),
	]) == set()
}

test_allow_ordinary_values if {
	_denied_paths([
		fixture.known("aws_key_pair.this", {"public_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMM36udPETgtUzD6PZOWZQFl+qVRdjIZzs"}),
		fixture.known("aws_db_instance.this", {"password": null, "manage_master_user_password": true}),
		fixture.known("aws_s3_bucket.this", {"tags": {"commit": "7c796171d3535b4459db0e4f6f2d1765492fe63b"}, "tags_all": {"key": _token}}),
		fixture.known("kubernetes_deployment.this", {"metadata": [{"annotations": {
			"checksum/secret": "e57515920517d674582cc6ec69fb920e285acc6b4fca6eb604cf3186a699e4cb",
		}}]}),
	]) == set()
}

test_allow_secret_attribute_that_is_handed_its_value if {
	_denied_paths([_secret_attribute(fixture.refers(["var.password"]))]) == set()
	_denied_paths([_secret_attribute(fixture.refers(["random_password.db.result"]))]) == set()
}

test_deny_literal_in_a_block_that_is_hidden_as_a_whole if {
	expressions := {"user": [{"username": {"constant_value": "ml"}, "password": {"constant_value": "k7lmqyNURNN"}}]}
	broker := fixture.resource("aws_mq_broker.this", {"user": [{"username": "ml", "password": "k7lmqyNURNN"}]}, {}, expressions)
	hidden := {"change": {"change": {"after_sensitive": {"user": true}}}}
	_denied_paths([object.union(broker, hidden)]) == {["aws_mq_broker.this", ["user", 0, "password"]]}
	handed := {"configuration": {"expressions": {"user": [{"username": {"constant_value": "ml"}, "password": fixture.refers(["var.password"])}]}}}
	_denied_paths([object.union(object.union(broker, hidden), handed)]) == set()
}

test_deny_secret_attribute_with_a_literal_or_behind_a_local if {
	found := {["aws_db_instance.this", ["password"]]}
	_denied_paths([_secret_attribute({"constant_value": "k7lmqyNURNN"})]) == found
	_denied_paths([_secret_attribute(fixture.refers(["local.password"]))]) == found
}

# Each attribute that another policy looks at, and, beside it, one that none does.
test_each_attribute_that_other_policies_look_at if {
	pods := {
		"kubernetes_deployment_v1", "kubernetes_deployment", "kubernetes_stateful_set_v1", "kubernetes_stateful_set",
		"kubernetes_daemon_set_v1", "kubernetes_daemonset", "kubernetes_job_v1", "kubernetes_job",
		"kubernetes_cron_job_v1", "kubernetes_cron_job", "kubernetes_pod_v1", "kubernetes_pod",
	}
	every type, names in object.union({type: ["spec"] | some type in pods}, {
		"aws_sagemaker_model": ["primary_container", "container"],
		"aws_bedrockagentcore_agent_runtime": ["environment_variables"],
		"aws_lambda_function": ["environment"],
		"aws_ecs_task_definition": ["container_definitions"],
		"aws_batch_job_definition": ["container_properties", "node_properties", "ecs_properties", "eks_properties"],
		"aws_launch_template": ["user_data"],
		"aws_instance": ["user_data", "user_data_base64"],
		"aws_spot_instance_request": ["user_data", "user_data_base64"],
		"aws_launch_configuration": ["user_data", "user_data_base64"],
		"aws_sagemaker_notebook_instance_lifecycle_configuration": ["on_create", "on_start"],
		"aws_sagemaker_studio_lifecycle_config": ["studio_lifecycle_config_content"],
		"aws_sagemaker_workforce": ["oidc_config"],
		"aws_secretsmanager_secret_version": ["secret_string", "secret_binary"],
	}) {
		address := concat(".", [type, "this"])
		every name in names {
			_denied_paths([fixture.known(address, {name: _token, "data": _token})]) == {[address, ["data"]]}
		}
	}
}

test_copies_and_write_only_values_of_others if {
	every name in ["tags_all", "terraform_labels", "effective_labels", "effective_annotations"] {
		_denied_paths([fixture.known("aws_x.this", {name: {"a": _token}})]) == set()
	}
	_denied_paths([fixture.resource(
		"aws_secretsmanager_secret_version.this", {"secret_string_wo": null}, {},
		{"secret_string_wo": {"constant_value": _token}},
	)]) == set()
}

# The provider marks the attribute as sensitive, whatever stands in it.
_secret_attribute(expression) := object.union(
	fixture.resource("aws_db_instance.this", {"password": "k7lmqyNURNN"}, {}, {"password": expression}),
	{"change": {"change": {"after_sensitive": {"password": true}}}},
)

test_allow_unknown_and_deleted if {
	_denied_paths([
		fixture.resource("aws_db_instance.this", {}, {"password": true}, {"password": fixture.refers(["random_password.db.result"])}),
		fixture.deleted("aws_db_instance.that", {"password": "k7lmqyNURNN"}),
	]) == set()
}

_denied_paths(resources) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as fixture.plan(resources)
}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])
