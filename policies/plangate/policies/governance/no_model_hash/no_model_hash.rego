# METADATA
# title: model says nothing of the hash of its artefacts
# description: >-
#   Weights are loaded from a bucket when a container starts, from whatever lies there by then. Only a hash or signature that
#   was written down with the model lets a container, a pipeline or an audit tell that these are the weights that were
#   approved.
# related_resources:
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_model
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     write the hash down where the model is: `tags = { model_hash = "sha256:..." }` on the `aws_sagemaker_model`, a
#     `MODEL_SHA256` in the `environment` of its container, or a variable `model_hash` of the root module
#   resource_types: [aws_sagemaker_model]
#   frameworks:
#     nist_800_53: [SI-7, SR-4]
#     mitre_atlas: [AML.T0018, AML.T0010.003]
#     owasp_llm: ["LLM03:2025"]
#     nist_ai_rmf: [MAP 4.1]
#   aliases: [PL-008]
package plangate.policies.governance.no_model_hash

import data.plangate.lib.finding
import data.plangate.lib.model_sources
import data.plangate.lib.plan

deny contains finding.new(_policy, model, ["tags"]) if {
	some model in _unsigned
	_has_artefacts(model)
	not _unclear(model)
}

undecided contains finding.undecided(_policy, model, ["tags"]) if {
	some model in _unsigned
	_has_artefacts(model)
	_unclear(model)
}

# Containers that only the apply knows may load artefacts, and name their hash.
undecided contains finding.undecided(_policy, model, [name]) if {
	some model in _unsigned
	not _has_artefacts(model)
	some name in ["primary_container", "container"]
	plan.computed(model, [name])
}

_unsigned contains model if {
	not _in_variables
	some model in plan.resources.aws_sagemaker_model
	not _in_tags(model)
	not _in_environment(model)
}

_has_artefacts(model) if {
	some path in _artefacts(model)
	plan.known(model, path)
}

_has_artefacts(model) if {
	some path in _artefacts(model)
	plan.unknown(model, path)
}

_artefacts(model) := {array.concat(container, ["model_data_url"]) | some container in model_sources.containers(model)} | {array.concat(source, ["s3_uri"]) | some source in model_sources.objects(model)}

_in_variables if {
	some name, variable in plan.variables
	_says_hash(name)
	not object.get(variable, "value", null) in {null, ""}
}

_in_tags(model) if {
	some attribute in ["tags", "tags_all"]
	some name in _entries(model, [attribute])
	_says_hash(name)
}

_in_environment(model) if {
	some container in model_sources.containers(model)
	some name in _entries(model, array.concat(container, ["environment"]))
	_says_hash(name)
}

# An entry whose value only the apply knows is there all the same.
_entries(model, path) := {name | some name, value in plan.known(model, path); not value in {null, ""}} | {name | some name, unknown in object.get(model.change.after_unknown, path, {}); unknown == true}

_unclear(model) if plan.unknown(model, ["tags"])

_unclear(model) if {
	some container in model_sources.containers(model)
	plan.unknown(model, array.concat(container, ["environment"]))
}

_says_hash(name) if regex.match(`^model[_-]?(artifact[_-]|artefact[_-])?(hash|sha256|sha512|digest|signature)$`, lower(name))

_policy := finding.policy(rego.metadata.chain())
