# METADATA
# title: module for AI resources is not an exact version from an approved registry
# description: >-
#   A module decides everything about the resources in it, and Terraform downloads it anew. What comes from elsewhere, or in
#   whatever version is the newest, is not what was reviewed.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/language/modules/sources
#   - ref: https://developer.hashicorp.com/terraform/language/modules/syntax#version
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     call the module from an approved registry with an exact version: `source = "<registry>/<namespace>/<name>/<provider>"` and
#     `version = "1.2.3"`
#   resource_types: [module]
#   frameworks:
#     nist_800_53: [SR-3, CM-14]
#     mitre_atlas: [AML.T0010.001]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [PL-006, CKV_TF_1, CKV_TF_2]
#   parameters:
#     golden_registries:
#       type: array
#       description: >-
#         Registries with a namespace, or any beginning of sources up to a slash, from which modules may come, such as
#         `app.terraform.io/acme`; entries may be globs.
package plangate.policies.governance.unapproved_module

import data.plangate.lib.ai
import data.plangate.lib.approved
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan.modules

deny contains finding.new(_policy, {"address": path}, ["source"]) if {
	golden := config.parameter(_policy, "golden_registries")
	some path, call in _calls
	not _golden(call.source, golden)
}

deny contains finding.new(_policy, {"address": path}, ["version"]) if {
	golden := config.parameter(_policy, "golden_registries")
	some path, call in _calls
	_golden(call.source, golden)
	not _exact(call)
}

# What a module from elsewhere calls in turn came with it; folders of the configuration itself are looked through.
_calls := {path: module.call |
	some path, module in modules.tree
	module.call
	not _local(module.call.source)
	not _inside_foreign(path)
	_with_ai[path]
}

_inside_foreign(path) if {
	some above in _above(path)
	not _local(modules.tree[above].call.source)
}

# The modules that hold AI resources, in themselves or in what they call.
_with_ai contains above if {
	some path, module in modules.tree
	some r in module.module.resources
	r.mode == "managed"
	ai.of_service(r.type)
	some above in ({path} | _above(path))
}

_above(path) := {concat(".", array.slice(names, 0, n * 2)) |
	names := split(path, ".")
	some n in numbers.range(1, 8)
	n * 2 < count(names)
}

_local(source) if startswith(source, "./")

_local(source) if startswith(source, "../")

_golden(source, golden) if {
	some entry in golden
	approved.fits(_whole(source), [entry, concat("", [entry, "/*"])])
	not contains(source, "/../")
}

# The public registry is meant where a source names no host.
_whole(source) := concat("/", ["registry.terraform.io", source]) if {
	regex.match(`^[0-9A-Za-z_-]+/[0-9A-Za-z_-]+/[0-9a-z]+(//.*)?$`, source)
} else := source

_exact(call) if {
	some part in split(call.version_constraint, ",")
	regex.match(`^=?\s*v?[0-9]+(\.[0-9]+)*([-+][0-9A-Za-z.+-]+)?$`, trim_space(part))
}

# A tag or a branch can be moved, a commit cannot.
_exact(call) if regex.match(`[?&]ref=[0-9a-f]{40}(&|$)`, call.source)

_policy := finding.policy(rego.metadata.chain())
