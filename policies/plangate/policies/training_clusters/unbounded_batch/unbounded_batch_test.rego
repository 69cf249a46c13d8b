package plangate.policies.training_clusters.unbounded_batch_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.unbounded_batch as policy

test_deny_above_the_bound if {
	_answers([_environment(6145)]) == _denied
}

test_allow_within_the_bound if {
	_answers([_environment(6144)]) == _passed
}

test_allow_absent if {
	_answers([_environment(null)]) == _passed
	_answers([fixture.known("aws_batch_compute_environment.this", {"type": "UNMANAGED", "compute_resources": []})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_batch_compute_environment.this", {})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		"aws_batch_compute_environment.this",
		{"compute_resources": [{"min_vcpus": 0}]},
		{"compute_resources": [{"max_vcpus": true}]},
		{"compute_resources": [{"max_vcpus": fixture.refers(["terraform_data.size.output"])}]},
	)]) == {
		"deny": set(),
		"undecided": {["aws_batch_compute_environment.this", ["compute_resources", 0, "max_vcpus"]]},
	}
}

test_undecided_unknown_block if {
	_answers([fixture.resource("aws_batch_compute_environment.this", {}, {"compute_resources": true}, {})]) == {
		"deny": set(),
		"undecided": {["aws_batch_compute_environment.this", ["compute_resources"]]},
	}
}

test_bound_can_be_set_by_alias if {
	answers := _answers([_environment(1025)]) with data.plangate.config as {"parameters": {"CP-012": {"max_vcpus": 1024}}}
	answers == _denied
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/unbounded_batch",
		"severity": "medium",
		"title": "Batch compute environment can scale beyond the bound",
		"msg": concat(": ", [
			"aws_batch_compute_environment.this",
			"Batch compute environment can scale beyond the bound (compute_resources.0.max_vcpus)",
		]),
		"remediation": concat(" ", [
			"lower `max_vcpus` to what the team may spend, or raise `max_vcpus` in the configuration of this",
			"policy",
		]),
		"address": "aws_batch_compute_environment.this",
		"path": ["compute_resources", 0, "max_vcpus"],
		"frameworks": {"nist_800_53": ["SC-6"], "mitre_atlas": ["AML.T0034"], "owasp_llm": ["LLM10:2025"]},
		"aliases": ["CP-012"],
	}} with input as fixture.plan([_environment(38400)])
}

_denied := {
	"deny": {["aws_batch_compute_environment.this", ["compute_resources", 0, "max_vcpus"]]},
	"undecided": set(),
}

_passed := {"deny": set(), "undecided": set()}

_environment(vcpus) := fixture.known("aws_batch_compute_environment.this", {"compute_resources": [{"max_vcpus": vcpus}]})

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
