package plangate.policies.vector_stores.unencrypted_domain_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.vector_stores.unencrypted_domain as policy

test_deny_what_is_off if {
	every switch in _switches {
		[block, _, name] := switch
		every value in [false, null] {
			_answers([_domain({block: [{name: value}]})]) == _denied({switch})
		}
	}
}

test_deny_blocks_that_are_not_there if {
	every switch in _switches {
		every value in [[], null] {
			_answers([_domain({switch[0]: value})]) == _denied({switch})
		}
	}
}

# What the provider computes and nobody writes.
test_deny_blocks_that_nobody_writes if {
	_answers([fixture.resource(
		_address, {},
		{"encrypt_at_rest": true, "node_to_node_encryption": true, "domain_endpoint_options": true},
		{},
	)]) == _denied(_switches)
}

test_allow_all_on if {
	_answers([_domain({})]) == _passed
}

test_allow_keys_that_are_computed if {
	_answers([fixture.resource(
		_address, _on,
		{"encrypt_at_rest": [{"kms_key_id": true}]},
		{"encrypt_at_rest": [{"enabled": {"constant_value": true}}]},
	)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_unknown_switch if {
	every switch in _switches {
		[block, _, name] := switch
		_answers([fixture.resource(
			_address,
			object.union(_on, {block: [{}]}),
			{block: [{name: true}]},
			{block: [{name: fixture.refers(["terraform_data.switch.output"])}]},
		)]) == {"deny": set(), "undecided": {[_address, switch]}}
	}
}

_address := "aws_opensearch_domain.this"

_switches := {
	["encrypt_at_rest", 0, "enabled"],
	["node_to_node_encryption", 0, "enabled"],
	["domain_endpoint_options", 0, "enforce_https"],
}

_on := {
	"encrypt_at_rest": [{"enabled": true}],
	"node_to_node_encryption": [{"enabled": true}],
	"domain_endpoint_options": [{"enforce_https": true}],
}

_denied(switches) := {"deny": {[_address, switch] | some switch in switches}, "undecided": set()}

_domain(blocks) := fixture.known(_address, object.union(_on, blocks))

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
