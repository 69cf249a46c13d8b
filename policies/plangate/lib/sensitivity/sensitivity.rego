# METADATA
# title: Where sensitive values end up
# description: >-
#   Terraform's marks come from two sides: the provider marks attributes that are made for secrets, whatever stands in them, and
#   a sensitive variable marks whatever it reaches. A plan shows both alike, so the attributes that are made for secrets are
#   told by their names and, where a name says nothing, by a list from the provider's schema.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data
package plangate.lib.sensitivity

import data.plangate.lib.credentials
import data.plangate.lib.plan
import data.plangate.lib.plan.modules

# METADATA
# description: The paths at which a resource holds a marked value, or will hold one.
marked(r) := {path |
	contains(json.marshal(r.change.after_sensitive), "true")
	walk(r.change.after_sensitive, [path, mark])
	mark == true
	_filled(r, path)
}

# METADATA
# description: >-
#   Whether the attribute at `path` may be one that its provider made for secrets. An entry of a map is no attribute, the map
#   around it is. Of other providers than AWS nothing is known but that entries of maps have no marks of their own.
meant(_, path) if regex.match(_secret_names, lower(_attribute(path)))

meant(type, path) if _made_for_secrets[type][_attribute(path)]

meant(type, path) if {
	not startswith(type, "aws_")
	not _entry(path)
	not _of_container(type, path)
}

# METADATA
# description: >-
#   Attributes without a mark whose expression names a sensitive variable of the root module, as `[r, name, variable]`;
#   modules hand on such variables by their inputs. Nothing is followed where no variable is sensitive.
unmarked := [[r, name, variable] |
	count(_variables) > 0
	some type in _types
	some r in plan.resources[type]
	path := modules.instances[object.get(r, "module_address", "")].path
	some name, variables in _reached[path][concat(".", [r.type, r.name])]
	not _has_mark(r, name)
	not meant(type, [name])
	not endswith(name, "_wo")
	some variable in variables
]

# METADATA
# description: Whether an attribute holds the value of a variable, as it is, inside JSON or in base64.
shows(r, name, variable) if {
	value := plan.variables[variable].value
	some secret in _secrets(value)
	walk(plan.known(r, [name]), [_, text])
	is_string(text)
	some form in _forms(text)
	some written in {secret, trim(json.marshal(secret), `"`)}
	contains(form, written)
}

_filled(r, path) if not object.get(r.change.after, path, null) in {null, ""}

_filled(r, path) if plan.unknown(r, path)

_attribute(path) := path[count(path) - 2] if {
	_entry(path)
} else := names[count(names) - 1] if {
	names := [name | some name in path; is_string(name)]
}

# Blocks are lists, so what stands directly in an object with a name is an entry of a map.
_entry(path) if {
	is_string(path[count(path) - 1])
	is_string(path[count(path) - 2])
}

_of_container(type, path) if {
	startswith(type, "kubernetes_")
	path[count(path) - 3] == "env"
	path[count(path) - 1] == "value"
}

_secret_names := `passw|secret|token|credential|passphrase|private_key|api_?key|auth_key|preshared`

# Attributes of the AWS provider that are marked although their names do not say why.
_made_for_secrets := {
	"aws_api_gateway_api_key": {"value"},
	"aws_appconfig_configuration_profile": {"content"},
	"aws_appconfig_hosted_configuration_version": {"content"},
	"aws_appsync_api_key": {"key"},
	"aws_cloudcontrolapi_resource": {"schema"},
	"aws_cloudwatch_event_connection": {"value"},
	"aws_directory_service_shared_directory": {"notes"},
	"aws_dms_certificate": {"certificate_pem", "certificate_wallet"},
	"aws_elasticsearch_domain_saml_options": {"master_user_name"},
	"aws_glue_connection": {"athena_properties", "connection_properties"},
	"aws_grafana_workspace_api_key": {"key"},
	"aws_grafana_workspace_service_account_token": {"key"},
	"aws_iot_ca_certificate": {"ca_certificate_pem", "verification_certificate_pem"},
	"aws_iot_certificate": {"ca_pem", "certificate_pem", "public_key"},
	"aws_kinesis_firehose_delivery_stream": {"access_key"},
	"aws_kms_ciphertext": {"plaintext"},
	"aws_kms_external_key": {"key_material_base64"},
	"aws_kms_replica_external_key": {"key_material_base64"},
	"aws_mwaa_environment": {"airflow_configuration_options"},
	"aws_opensearch_domain_saml_options": {"master_user_name"},
	"aws_opsworks_application": {"ssh_key"},
	"aws_opsworks_stack": {"ssh_key"},
	"aws_pinpoint_adm_channel": {"client_id"},
	"aws_pinpoint_apns_channel": {"bundle_id", "certificate", "team_id"},
	"aws_pinpoint_apns_sandbox_channel": {"bundle_id", "certificate", "team_id"},
	"aws_pinpoint_apns_voip_channel": {"bundle_id", "certificate", "team_id"},
	"aws_pinpoint_apns_voip_sandbox_channel": {"bundle_id", "certificate", "team_id"},
	"aws_pinpoint_gcm_channel": {"service_json"},
	"aws_quicksight_data_source": {"username"},
	"aws_redshiftserverless_namespace": {"admin_username"},
	"aws_s3_object_copy": {"customer_key", "kms_encryption_context", "kms_key_id", "source_customer_key"},
	"aws_sns_platform_application": {"platform_principal"},
	"aws_ssm_maintenance_window_task": {"input", "payload"},
	"aws_ssm_parameter": {"value", "value_wo"},
	"aws_transfer_certificate": {"certificate", "certificate_chain"},
	"aws_transfer_server": {"host_key", "post_authentication_login_banner", "pre_authentication_login_banner"},
	"aws_vpn_connection": {"customer_gateway_configuration"},
}

_variables := {name |
	some name, variable in plan.variables
	variable.sensitive
}

# Which inputs of which module hold which of these variables. Rego has no recursion: eight levels, as in `lib/plan/modules`.
_inputs := object.union_n([_level_0, _level_1, _level_2, _level_3, _level_4, _level_5, _level_6, _level_7, _level_8])

_level_0 := {"": {name: {name} | some name in _variables}}

_level_1 := _below(_level_0)

_level_2 := _below(_level_1)

_level_3 := _below(_level_2)

_level_4 := _below(_level_3)

_level_5 := _below(_level_4)

_level_6 := _below(_level_5)

_level_7 := _below(_level_6)

_level_8 := _below(_level_7)

_below(level) := {path: inputs |
	some above, held in level
	some called, call in modules.tree[above].module.module_calls
	path := trim_prefix(concat(".", [above, "module", called]), ".")
	inputs := {name: variables |
		some name, expression in call.expressions
		variables := _named(expression, held)
		count(variables) > 0
	}
	count(inputs) > 0
}

# The attributes of the resources of each module whose expressions name one of them, as `[path][type.name][attribute]`.
_reached := {path: resources |
	some path, held in _inputs
	resources := {resource.address: attributes |
		some resource in modules.tree[path].module.resources
		resource.mode == "managed"
		attributes := {name: variables |
			some name, expression in resource.expressions
			variables := _named(expression, held)
			count(variables) > 0
		}
		count(attributes) > 0
	}
}

_types := {split(address, ".")[0] |
	some resources in _reached
	some address, _ in resources
}

_named(expression, held) := {variable |
	walk(expression, [at, reference])
	at[count(at) - 2] == "references"
	startswith(reference, "var.")
	some variable in held[split(reference, ".")[1]]
}

_has_mark(r, name) if contains(json.marshal(r.change.after_sensitive[name]), "true")

# What is shorter than four characters turns up anywhere.
_secrets(value) := {secret |
	walk(value, [_, secret])
	is_string(secret)
	count(secret) > 3
}

_forms(text) := {text} | {decoded | decoded := credentials.decoded(text)}
