package plangate.policies.secrets.output_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.output as policy

test_deny_value if {
	_denied({"url": {"actions": ["create"], "after": "postgresql://rag:k7lmqyNURNN@db.internal:5432/rag"}}) == {["output.url", []]}
	_denied({"keys": {"actions": ["no-op"], "after": {"hub": [_token]}}}) == {["output.keys", ["hub", 0]]}
}

test_allow_names_unknown_and_removed if {
	_denied({"host": {"actions": ["create"], "after": "vectors.internal:5432"}}) == set()
	_denied({"token": {"actions": ["create"], "after_unknown": true}}) == set()
	_denied({"token": {"actions": ["delete"], "before": _token, "after": null}}) == set()
	_denied({}) == set()
}

_denied(changes) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as object.union(fixture.plan([]), {"output_changes": changes})
}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])
