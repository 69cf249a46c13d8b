# METADATA
# title: Lists of what is approved
# description: >-
#   Compares values with the lists that a caller gives as parameters; their entries are globs. Where the value is known
#   only after apply, nothing is said of it.
# related_resources:
#   - ref: https://www.openpolicyagent.org/docs/policy-reference/builtins/glob
package plangate.lib.approved

import data.plangate.lib.plan

# METADATA
# description: Whether a text is one of the entries, in which `*` stands for any characters.
fits(text, entries) if {
	some entry in entries
	glob.match(entry, null, text)
}

# METADATA
# description: Whether the attribute at `path` is known and none of the entries.
foreign(r, path, entries) if {
	value := plan.known(r, path)
	not fits(value, entries)
}
