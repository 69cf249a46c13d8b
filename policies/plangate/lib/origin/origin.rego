# METADATA
# title: Where unknown values are made of
# description: >-
#   Reads references with their attributes, which decide whether a value that nobody sees before the apply is a secret:
#   `aws_iam_access_key.x.secret` is one and `aws_iam_access_key.x.id` is not.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format#expression-representation
package plangate.lib.origin

import data.plangate.lib.plan
import data.plangate.lib.plan.modules

# METADATA
# description: >-
#   The references of the expression at `path` as they are written, here and, behind a module's input, at its call. Deeper
#   than that attributes are not followed.
references(r, path) := direct | behind if {
	direct := {reference | some reference in _listed(r, path)}
	behind := {reference |
		call := modules.instances[_module(r)].call
		is_object(call)
		some variable in direct
		startswith(variable, "var.")
		name := split(variable, ".")[1]
		some reference in call.expressions[name].references
	}
}

# METADATA
# description: Whether the expression at `path` refers to an attribute that holds a secret in clear.
secret(r, path) if {
	some reference in references(r, path)
	regex.match(_secret_attributes, reference)
}

# METADATA
# description: >-
#   Whether the expression at `path` is made from names, addresses and identifiers of other resources alone, none of which
#   is a secret. A literal written around a reference cannot be seen.
resources(r, path) if {
	all := references(r, path)
	count(all) > 0
	every reference in all {
		regex.match(_resource, reference)
		not regex.match(_anything, reference)
	}
}

# METADATA
# description: Whether the expression at `path` refers to a variable that is declared sensitive or ephemeral, in any module above.
sensitive_variable(r, path) if {
	some reference in _listed(r, path)
	startswith(reference, "var.")
	_hidden(modules.instances[_module(r)].module.variables[split(reference, ".")[1]])
}

sensitive_variable(r, path) if {
	start := modules.nodes(_module(r), modules.parse(_listed(r, path), []), "")
	some ["", name, "", _] in modules.leaves(start)
	startswith(name, "var.")
	_hidden(plan.variables[trim_prefix(name, "var.")])
}

# METADATA
# description: Whether the configuration gives the attribute at `path` anything.
configured(r, path) if count(_listed(r, path)) > 0

configured(r, path) if _declared(r).expressions[path[0]].constant_value != null

# METADATA
# description: >-
#   Whether the configuration of a resource writes down the attribute or block, other than as a dynamic one. What it does
#   not write down, the provider computed.
declared(r, name) if _declared(r).expressions[name]

# METADATA
# description: Whether resources of a type hand on values that somebody chose, secrets among them.
opaque(type) if regex.match(_anything, concat("", [type, "."]))

_hidden(variable) if variable.sensitive

_hidden(variable) if variable.ephemeral

_listed(r, path) := [reference |
	names := [name | some name in path; is_string(name)]
	walk(_declared(r).expressions[names[0]], [at, reference])
	is_string(reference)
	at[count(at) - 2] == "references"
	keys := [key | some key in array.slice(at, 0, count(at) - 2); is_string(key)]
	keys == array.slice(names, 1, count(names))
]

_declared(r) := modules.declared(_module(r), r)

_module(r) := object.get(r, "module_address", "")

_secret_attributes := concat("", [
	`^(data\.)?(aws_iam_access_key\.[^.]+\.(secret|ses_smtp_password_v4)`,
	`|aws_secretsmanager_secret_version\.[^.]+\.secret_(string|binary)`,
	`|aws_secretsmanager_random_password\.[^.]+\.random_password`,
	`|aws_iam_service_specific_credential\.[^.]+\.service_(password|credential_secret)`,
	`|aws_cognito_user_pool_client\.[^.]+\.client_secret`,
	`|random_password\.[^.]+\.result|tls_private_key\.[^.]+\.private_key_[a-z_0-9]+`,
	`|azurerm_key_vault_secret\.[^.]+\.value|azurerm_cognitive_account\.[^.]+\.(primary|secondary)_access_key`,
	`|google_secret_manager_secret_version\.[^.]+\.secret_data|google_service_account_key\.[^.]+\.private_key)$`,
])

_resource := `^(data\.)?(aws|google|azurerm|kubernetes)_|^(each\.key$|count\.index$|path\.|terraform\.)`

# What hands on values that somebody chose, secrets among them.
_anything := concat("", [
	`^(data\.)?(aws_(cloudformation_stack|cloudformation_export|ssm_parameter|lambda_invocation|iam_access_key`,
	`|secretsmanager_secret_version|secretsmanager_random_password|kms_secrets)|google_secret_manager_[a-z_]+`,
	`|azurerm_key_vault_secret|kubernetes_secret[a-z0-9_]*)\.`,
])
