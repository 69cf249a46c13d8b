# METADATA
# title: The library's findings, sorted by what they do
# description: >-
#   A policy joins by existing under `plangate.policies`. No finding is in two lists: what fails is not undecided, and
#   what is waived is neither.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format
package plangate.main

import data.plangate.lib.changes
import data.plangate.lib.config
import data.plangate.lib.plan
import data.plangate.lib.waivers

# METADATA
# description: All lists at once, for callers that evaluate one entrypoint, with the configuration that held and the types that were judged.
# entrypoint: true
findings := {
	"deny": deny,
	"warn": warn,
	"undecided": undecided,
	"waived": waived,
	"unchanged": unchanged,
	"waivers": {"expired": _expired, "unused": _unused},
	"config": {"environment": config.environment, "fail_on": config.fail_on, "undecided": config.undecided},
	"resource_types": sort([type | some type, _ in plan.resources]),
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

# METADATA
# description: >-
#   What is wrong or undecided with resources that the plan leaves as they are, where `only_changed` asks for what it
#   changes alone.
# entrypoint: true
unchanged contains _public(finding) if {
	config.only_changed
	some finding in array.concat(_all_wrong, _all_open)
	changes.untouched[finding.address]
}

# Lists, since no finding of one policy is one of another, and a set would compare them all once more.
_wrong := [finding | some finding in _all_wrong; not _passed_over(finding)]

_open := [finding | some finding in _all_open; not _passed_over(finding)]

_all_wrong := [finding | some finding in data.plangate.policies[_][_].deny] if {
	not config.policies
} else := [finding |
	some [category, name] in config.policies
	some finding in data.plangate.policies[category][name].deny
]

_all_open := [finding |
	config.undecided != "ignore"
	some finding in _every_open
	not _decided[[finding.id, finding.address]]
]

_every_open := [finding | some finding in data.plangate.policies[_][_].undecided] if {
	not config.policies
} else := [finding |
	some [category, name] in config.policies
	some finding in data.plangate.policies[category][name].undecided
]

# Looked up by reference: `in` walks a set in WASM.
_decided := {[finding.id, finding.address] | some finding in _all_wrong}

_passed_over(finding) if {
	config.only_changed
	changes.untouched[finding.address]
}

_public(finding) := object.remove(finding, {"aliases"})

# The first waiver that covers a finding and holds: waivers are an ordered list of the caller's.
_waiver(finding) := config.waivers[min({i |
	some i in waivers.covering(finding)
	waivers.holds(config.waivers[i])
})]

# The places of the waivers that would cover a finding, had they not expired, and of those that cover none.
_expired := [i | some i, waiver in config.waivers; _covering[i]; not waivers.holds(waiver)]

_unused := [i | some i, _ in config.waivers; not _covering[i]]

_covering := {i |
	count(config.waivers) > 0
	some finding in array.concat(_wrong, _open)
	some i in waivers.covering(finding)
}
