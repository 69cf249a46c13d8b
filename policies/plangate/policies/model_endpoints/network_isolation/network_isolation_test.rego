package plangate.policies.model_endpoints.network_isolation_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.network_isolation as policy

test_deny_false if {
	_denied(fixture.known("aws_sagemaker_model.this", {"enable_network_isolation": false}))
}

test_deny_null if {
	_denied(fixture.known("aws_sagemaker_model.this", {"enable_network_isolation": null}))
}

test_deny_absent if {
	_denied(fixture.known("aws_sagemaker_model.this", {}))
}

test_allow_true if {
	_passed(fixture.known("aws_sagemaker_model.this", {"enable_network_isolation": true}))
}

test_undecided_unknown if {
	resource := fixture.resource(
		"aws_sagemaker_model.this", {},
		{"enable_network_isolation": true},
		{"enable_network_isolation": fixture.refers(["terraform_data.switch.output"])},
	)
	policy.deny == set() with input as fixture.plan([resource])
	{[f.address, f.path] | some f in policy.undecided} == _at with input as fixture.plan([resource])
}

test_allow_deleted if {
	_passed(fixture.deleted("aws_sagemaker_model.this", {"enable_network_isolation": false}))
}

test_finding_says_what_why_where_and_how if {
	resource := fixture.known("aws_sagemaker_model.this", {"enable_network_isolation": false})
	policy.deny == {{
		"id": "model_endpoints/network_isolation",
		"severity": "high",
		"title": "model containers can reach the network",
		"msg": "aws_sagemaker_model.this: model containers can reach the network (enable_network_isolation)",
		"remediation": "set `enable_network_isolation = true` on the `aws_sagemaker_model`",
		"address": "aws_sagemaker_model.this",
		"path": ["enable_network_isolation"],
		"frameworks": {
			"nist_800_53": ["SC-7", "AC-4"],
			"mitre_atlas": ["AML.T0025", "AML.T0072"],
			"owasp_llm": ["LLM03:2025"],
		},
		"aliases": ["SM-011", "CKV_AWS_370"],
	}} with input as fixture.plan([resource])
}

_at := {["aws_sagemaker_model.this", ["enable_network_isolation"]]}

_denied(resource) if {
	{[f.address, f.path] | some f in policy.deny} == _at with input as fixture.plan([resource])
	policy.undecided == set() with input as fixture.plan([resource])
}

_passed(resource) if {
	policy.deny == set() with input as fixture.plan([resource])
	policy.undecided == set() with input as fixture.plan([resource])
}
