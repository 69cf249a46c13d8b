# METADATA
# title: resource attribute holds a credential
# description: >-
#   A plan is a file: it is uploaded as an artefact, commented on pull requests and kept by the state. Terraform hides
#   sensitive values on the screen only; in the file they stand in clear, and so do literals of write-only arguments.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data
#   - ref: https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
# custom:
#   severity: critical
#   remediation: >-
#     let the service create or look up the credential (`manage_master_user_password = true`, a secret's ARN), or pass it to a
#     write-only argument from an `ephemeral` variable or resource, and replace the credential
#   resource_types: ["*"]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [PL-001]
package plangate.policies.secrets.plan_literal

import data.plangate.lib.credentials
import data.plangate.lib.credentials.shapes
import data.plangate.lib.finding
import data.plangate.lib.origin
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration
import data.plangate.lib.plan.modules

deny contains finding.new(_policy, r, array.concat([name], path)) if {
	some type, resources in plan.resources
	some r in resources
	regex.match(shapes.hint, json.marshal(r.change.after))
	some name, value in r.change.after
	not _skipped(type, name)
	some path in credentials.paths(_called(r.change.after, name), value)
	_set(r, name, value)
	not _handed_over(r, array.concat([name], path))
}

# Null in the plan, in clear in the configuration.
deny contains finding.new(_policy, r, array.concat([name], path)) if {
	some type in modules.write_only
	some r in plan.resources[type]
	some name, expression in modules.declared(object.get(r, "module_address", ""), r).expressions
	endswith(name, "_wo")
	not _skipped(type, name)
	some path in credentials.paths(trim_suffix(_called(r.change.after, name), "_wo"), _literal(expression))
}

# What only the configuration shows: the commands of provisioners.
deny contains finding.new(_policy, r, array.concat(["provisioner", i, name], path)) if {
	some type in modules.provisioned
	some r in plan.resources[type]
	some i, provisioner in modules.declared(object.get(r, "module_address", ""), r).provisioners
	some name, expression in provisioner.expressions
	some path in credentials.paths(name, _literal(expression))
}

# What data sources are asked with.
deny contains finding.new(_policy, {"address": source.address}, array.concat([name], path)) if {
	some source in modules.declared_data
	some name, expression in source.expressions
	some path in credentials.paths(name, _literal(expression))
}

# A secret of Kubernetes, whose values stand in base64 under any name.
deny contains finding.new(_policy, r, ["manifest", "data", name]) if {
	some r in plan.resources[_manifest]
	r.change.after.manifest.kind == "Secret"
	some name, packed in r.change.after.manifest.data
	credentials.entry(name, trim_space(credentials.decoded(packed)))
}

_manifest := "kubernetes_manifest"

# The literals of an expression, or of the attributes of its blocks.
_literal(expression) := expression.constant_value if {
	is_object(expression)
} else := [{name: attribute.constant_value | some name, attribute in block} | some block in expression] if {
	is_array(expression)
}

# What names a value may stand beside it, as in a parameter's `name` and `value`, at the end of a path.
_called(after, name) := own[count(own) - 1] if {
	startswith(trim_prefix(name, "insecure_"), "value")
	some key in ["name", "key"]
	own := split(after[key], "/")
} else := name

# What the provider computed is no literal; blocks may be dynamic, which the configuration does not show.
_set(r, name, _) if origin.declared(r, name)

_set(_, _, value) if is_object(value[0])

_set(r, _, _) if not modules.declared(object.get(r, "module_address", ""), r)

# An attribute made for secrets that gets its value from variables or resources alone: where a literal is behind it, the
# variable or module input is reported. Behind a local nothing can be seen.
_handed_over(r, path) if {
	r.change.after_sensitive[path[0]] == true
	count(configuration.literals(r, [path[0]])) == 0
	count(configuration.literals(r, path)) == 0
	ends := configuration.ends(r, [path[0]])
	count([end | some end in ends; end.type == "local"]) == 0
}

_skipped(_, name) if name in _copies

_skipped(type, name) if name in _elsewhere[type]

# What the provider repeats of other attributes.
_copies := {"tags_all", "terraform_labels", "effective_labels", "effective_annotations"}

# Attributes that policies of their own look at.
_elsewhere := {
	"aws_sagemaker_model": {"primary_container", "container"},
	"aws_bedrockagentcore_agent_runtime": {"environment_variables"},
	"aws_lambda_function": {"environment"},
	"aws_ecs_task_definition": {"container_definitions"},
	"aws_batch_job_definition": {"container_properties", "node_properties", "ecs_properties", "eks_properties"},
	"aws_launch_template": {"user_data"},
	"aws_instance": {"user_data", "user_data_base64"},
	"aws_spot_instance_request": {"user_data", "user_data_base64"},
	"aws_launch_configuration": {"user_data", "user_data_base64"},
	"aws_sagemaker_notebook_instance_lifecycle_configuration": {"on_create", "on_start"},
	"aws_sagemaker_studio_lifecycle_config": {"studio_lifecycle_config_content"},
	"aws_sagemaker_workforce": {"oidc_config"},
	"aws_secretsmanager_secret_version": {"secret_string", "secret_binary", "secret_string_wo"},
	"kubernetes_deployment_v1": {"spec"},
	"kubernetes_deployment": {"spec"},
	"kubernetes_stateful_set_v1": {"spec"},
	"kubernetes_stateful_set": {"spec"},
	"kubernetes_daemon_set_v1": {"spec"},
	"kubernetes_daemonset": {"spec"},
	"kubernetes_job_v1": {"spec"},
	"kubernetes_job": {"spec"},
	"kubernetes_cron_job_v1": {"spec"},
	"kubernetes_cron_job": {"spec"},
	"kubernetes_pod_v1": {"spec"},
	"kubernetes_pod": {"spec"},
}

_policy := finding.policy(rego.metadata.chain())
