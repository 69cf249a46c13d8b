# METADATA
# title: The library's findings, sorted by what they do
# description: >-
#   A policy joins by existing under `plangate.policies`. No finding is in two lists: what fails is not undecided, and
#   what is waived is neither.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
package plangate.main

import data.plangate.lib.config

# METADATA
# description: All lists at once, for callers that evaluate one entrypoint, with the configuration that held.
# entrypoint: true
findings := {
	"deny": deny,
	"warn": warn,
	"undecided": undecided,
	"waived": waived,
	"config": {"environment": config.environment, "fail_on": config.fail_on, "undecided": config.undecided},
}

# METADATA
# description: Findings that fail the plan.
# entrypoint: true
deny contains _public(finding) if {
	some finding in _wrong
	config.fails(finding.severity)
	not _waiver(finding)
}

deny contains _public(finding) if {
	config.undecided == "fail"
	some finding in _open
	config.fails(finding.severity)
	not _waiver(finding)
}

# METADATA
# description: Findings below the severity that fails.
# entrypoint: true
warn contains _public(finding) if {
	some finding in _wrong
	not config.fails(finding.severity)
	not _waiver(finding)
}

warn contains _public(finding) if {
	config.undecided == "fail"
	some finding in _open
	not config.fails(finding.severity)
	not _waiver(finding)
}

# METADATA
# description: Findings that only the apply can decide.
# entrypoint: true
undecided contains _public(finding) if {
	config.undecided == "warn"
	some finding in _open
	not _waiver(finding)
}

# METADATA
# description: The undecided findings once more, under a name that conftest shows.
# entrypoint: true
warn_undecided contains finding if some finding in undecided

# METADATA
# description: Findings that somebody accepted, each with its waiver.
# entrypoint: true
waived contains object.union(_public(finding), {"waiver": waiver}) if {
	count(config.waivers) > 0
	some finding in array.concat(_wrong, _open)
	waiver := _waiver(finding)
}

# Lists, since no finding of one policy is one of another, and a set would compare them all once more.
_wrong := [finding | some finding in data.plangate.policies[_][_].deny]

_open := [finding |
	config.undecided != "ignore"
	some finding in data.plangate.policies[_][_].undecided
	not _decided[[finding.id, finding.address]]
]

# Looked up by reference: `in` walks a set in WASM.
_decided := {[finding.id, finding.address] | some finding in _wrong}

_public(finding) := object.remove(finding, {"aliases"})

# The first waiver that covers a finding: waivers are an ordered list of the caller's.
_waiver(finding) := [waiver |
	some waiver in config.waivers
	_names(waiver.policy, finding)
	_covers(waiver.address, finding.address)
	_valid(waiver)
][0]

_names(policy, finding) if policy == finding.id

_names(policy, finding) if policy in finding.aliases

# Instance keys stand in brackets, which are no character classes here; `*` also crosses dots.
_covers(pattern, address) if glob.match(strings.replace_n({"[": `\[`, "]": `\]`}, pattern), null, address)

_valid(waiver) if not _expires(waiver)

_valid(waiver) if waiver.expires >= config.today

_expires(waiver) if waiver.expires != null
