# METADATA
# title: Findings
# description: >-
#   The only maker of findings. What a policy says of itself stands in its METADATA alone and reaches this package
#   through `rego.metadata.chain()`; its id is its path.
package plangate.lib.finding

import data.plangate.lib.config

# METADATA
# description: >-
#   A finding of a policy, as `policy` describes it, at a resource (or anything with an `address`) and an attribute
#   path. Carries no values. Undefined where the policy does not hold in this environment. `aliases` are there for
#   waivers; `main` takes them off.
new(policy, r, path) := _finding(policy, r, path, "")

# METADATA
# description: The same for what only the apply can decide.
undecided(policy, r, path) := _finding(policy, r, path, "undecided until apply: ")

# METADATA
# description: >-
#   What the METADATA of the calling package says, with the policy's id. Each policy keeps it in a rule of its own,
#   `_policy := finding.policy(rego.metadata.chain())`, so that it is put together once.
policy(chain) := object.union(
	object.union({"parameters": {}}, link.annotations.custom),
	{"id": concat("/", [category, name]), "title": link.annotations.title},
) if {
	some link in chain
	link.annotations.scope == "package"
	["plangate", "policies", category, name] = link.path
}

_finding(p, r, path, prefix) := {
	"id": p.id,
	"severity": object.get(p, ["severity_by_environment", config.environment], p.severity),
	"title": p.title,
	"msg": concat("", [r.address, ": ", prefix, p.title, _where(path)]),
	"remediation": p.remediation,
	"address": r.address,
	"path": path,
	"frameworks": p.frameworks,
	"aliases": p.aliases,
} if {
	config.environment in object.get(p, "environments", ["dev", "stage", "prod"])
}

_where([]) := ""

_where(path) := concat("", [" (", concat(".", [format_key(key) | some key in path]), ")"]) if {
	count(path) > 0
}

# METADATA
# description: A key of an attribute path as text.
format_key(key) := key if {
	is_string(key)
} else := json.marshal(key)
