# METADATA
# title: Accepted findings
# description: >-
#   Which of the caller's waivers cover a finding, and whether they hold today. A waiver names a policy by id or alias, an
#   address by itself or as a glob, and, where it means one attribute alone, its path. With `instances` the address is that
#   of a block in the sources and stands for every instance of it. One whose address is no glob is looked up, so that a
#   baseline of thousands costs no more than its length.
# related_resources:
#   - ref: https://www.openpolicyagent.org/docs/policy-reference/builtins/glob
package plangate.lib.waivers

import data.plangate.lib.config
import data.plangate.lib.group

# METADATA
# description: >-
#   The places in `config.waivers` of those that cover a finding with its `aliases`, whether they hold or have expired.
covering(finding) := ({i |
	some name in _names(finding)
	some i in _plain[[name, finding.address]]
	_means(config.waivers[i], finding)
} | {i |
	some name in _names(finding)
	some i in _globs[name]
	_fits(config.waivers[i].address, finding.address)
	_means(config.waivers[i], finding)
}) | {i |
	count(_blocks) > 0
	block := regex.replace(finding.address, `\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\]`, "")
	some name in _names(finding)
	some i in _blocks[[name, block]]
	_means(config.waivers[i], finding)
}

# METADATA
# description: Whether a waiver has no last day, or today is no later.
holds(waiver) if not _expires(waiver)

holds(waiver) if waiver.expires >= config.today

_expires(waiver) if waiver.expires != null

_names(finding) := {name | some name in array.concat([finding.id], finding.aliases)}

_means(waiver, finding) if object.get(waiver, "path", finding.path) == finding.path

_plain := group.by_key([[[waiver.policy, waiver.address], i] |
	some i, waiver in _list
	not waiver.instances
	not _is_glob(waiver.address)
])

_blocks := group.by_key([[[waiver.policy, waiver.address], i] |
	some i, waiver in _list
	waiver.instances
])

_globs := group.by_key([[waiver.policy, i] |
	some i, waiver in _list
	not waiver.instances
	_is_glob(waiver.address)
])

_list := config.waivers if {
	is_array(config.waivers)
} else := []

# Instance keys stand in brackets, which are no character classes here; `*` also crosses dots.
_fits(pattern, address) if glob.match(strings.replace_n({"[": `\[`, "]": `\]`}, pattern), null, address)

_is_glob(address) if {
	some character in ["*", "?", "{", `\`]
	contains(address, character)
}
