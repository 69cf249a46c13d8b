# METADATA
# title: How providers are configured
# description: >-
#   Finds the provider block that a resource is made with, and reads its arguments as far as a plan shows them: constants,
#   and variables of the root module.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
package plangate.lib.providers

import data.plangate.lib.plan
import data.plangate.lib.plan.modules

# METADATA
# description: Provider configurations by the key that Terraform gives them, `aws`, `aws.virginia`, `module.store:aws`.
blocks := object.get(plan.document, ["configuration", "provider_config"], {})

# METADATA
# description: >-
#   The expressions of the provider block that a resource is made with, empty where nobody wrote one. Undefined for a
#   resource that the configuration does not declare.
arguments(r) := object.get(blocks, [key, "expressions"], {}) if {
	key := modules.declared(object.get(r, "module_address", ""), r).provider_config_key
}

# METADATA
# description: >-
#   The value of an argument that is a constant, or refers to one variable of the root module and nothing else; what is
#   written around such a reference cannot be seen. Undefined otherwise.
value(expression) := expression.constant_value if {
	expression.constant_value != null
} else := plan.variables[name].value if {
	[reference] := expression.references
	startswith(reference, "var.")
	name := trim_prefix(reference, "var.")
}

# METADATA
# description: The full name of the provider of a block, or the local one in plans that lack it.
name(provider) := object.get(provider, "full_name", provider.name)

# METADATA
# description: Whether a provider is part of Terraform itself, which has neither source nor version.
built_in(provider) if startswith(name(provider), "terraform.io/builtin/")
