package plangate.policies.agents.unrecorded_browser_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.agents.unrecorded_browser as policy

test_deny_without_recording if {
	_answers([fixture.known(_address, {})]) == _denied
	_answers([fixture.known(_address, {"recording": []})]) == _denied
}

test_deny_recording_off if {
	_answers([_recording({"enabled": false})]) == _denied
}

test_deny_place_alone if {
	_answers([_recording({"enabled": null, "s3_location": [{"bucket": "sessions", "prefix": "agents/"}]})]) == _denied
	_answers([_recording({"s3_location": [{"bucket": "sessions", "prefix": "agents/"}]})]) == _denied
}

test_allow_recording if {
	_answers([_recording({"enabled": true, "s3_location": [{"bucket": "sessions", "prefix": "agents/"}]})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"recording": []})]) == _passed
}

test_undecided_unknown_switch if {
	_answers([fixture.resource(
		_address,
		{"recording": [{}]},
		{"recording": [{"enabled": true}]},
		{"recording": [{"enabled": fixture.refers(["terraform_data.switch.output"])}]},
	)]) == _open
}

test_undecided_unknown_block if {
	_answers([fixture.resource(_address, {}, {"recording": true}, {})]) == _open
}

_address := "aws_bedrockagentcore_browser.this"

_enabled := ["recording", 0, "enabled"]

_denied := {"deny": {[_address, _enabled]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _enabled]}}

_recording(block) := fixture.known(_address, {"recording": [block]})

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
