package plangate.policies.training_clusters.cluster_logs_off_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.cluster_logs_off as policy

test_deny_missing if {
	every types in [null, [], ["api"], ["api", "audit", "authenticator", "controllerManager"]] {
		_answers([_cluster(types)]) == _denied
	}
	_answers([fixture.known(_address, {})]) == _denied
}

test_allow_all if {
	_answers([_cluster(["scheduler", "api", "controllerManager", "audit", "authenticator"])]) == _passed
}

test_allow_what_is_asked_for if {
	answers := _answers([_cluster(["audit"])]) with data.plangate.config as {"parameters": {"CP-009": {"required_log_types": ["audit"]}}}
	answers == _passed
}

test_deny_what_is_asked_for if {
	answers := _answers([_cluster(["api"])]) with data.plangate.config as {"parameters": {"CP-009": {"required_log_types": ["audit"]}}}
	answers == _denied
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {}, {"enabled_cluster_log_types": true},
		{"enabled_cluster_log_types": fixture.refers(["terraform_data.types.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["enabled_cluster_log_types"]]}}
}

_address := "aws_eks_cluster.this"

_cluster(types) := fixture.known(_address, {"enabled_cluster_log_types": types})

_denied := {"deny": {[_address, ["enabled_cluster_log_types"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
