# METADATA
# title: Hosts of addresses
# description: >-
#   Reads the host out of what a browser takes for an address, so that nothing before or behind it can pass for it: a name
#   before an `@`, a port, a path.
# related_resources:
#   - ref: https://url.spec.whatwg.org/#host-parsing
package plangate.lib.hosts

import data.plangate.lib.approved

# METADATA
# description: The host of a URL, of `host:port` or of a host alone, in lower case. Undefined where there is none.
of(text) := host if {
	[[_, host]] := regex.find_all_string_submatch_n(_address, lower(text), 1)
}

# METADATA
# description: Whether the host of an address is one of the entries, which are globs of hosts; of a URL its host counts.
fits(text, entries) if approved.fits(of(text), {of(entry) | some entry in entries})

_address := `^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#\\]*@)?([^/?#\\:@]+)(?::[0-9]+)?(?:[/?#\\]|$)`
