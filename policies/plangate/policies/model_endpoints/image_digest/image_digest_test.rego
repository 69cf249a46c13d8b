package plangate.policies.model_endpoints.image_digest_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.image_digest as policy

test_deny_without_digest if {
	every image in [_repository, _image(":latest"), _image("@sha256:1234"), concat("", [_digest, "0"]), upper(_digest)] {
		_answers([_model(image)]) == _denied
	}
}

test_deny_in_any_container if {
	model := fixture.known(_address, {
		"primary_container": [],
		"container": [{"image": _image(_digest)}, {"image": _image(":v1")}],
	})
	_answers([model]) == {"deny": {[_address, ["container", 1, "image"]]}, "undecided": set()}
}

test_allow_digest if {
	_answers([_model(_image(_digest))]) == _passed
	_answers([_model(_image(concat("", [":v1", _digest])))]) == _passed
}

test_allow_no_image if {
	every container in [{}, {"image": null}, {"image": ""}, {"model_package_name": "ranker"}] {
		_answers([fixture.known(_address, {"primary_container": [container]})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"primary_container": [{"image": _repository}]})]) == _passed
}

test_undecided_unknown_image if {
	_answers([fixture.resource(
		_address,
		{"primary_container": [{}]},
		{"primary_container": [{"image": true}]},
		{"primary_container": [{"image": fixture.refers(["aws_ecr_repository.this.repository_url"])}]},
	)]) == {"deny": set(), "undecided": {[_address, ["primary_container", 0, "image"]]}}
}

test_undecided_unknown_containers if {
	_answers([fixture.resource(
		_address, {"primary_container": []},
		{"container": true}, {},
	)]) == {"deny": set(), "undecided": {[_address, ["container"]]}}
}

test_allow_approved_registry if {
	every registry in [_registry, _repository, "111122223333.dkr.ecr.*.amazonaws.com", "*.dkr.ecr.eu-west-1.amazonaws.com"] {
		_answers_with([registry], [_model(_image(_digest))]) == _passed
	}
	_answers_with(["ghcr.io/acme", _registry], [_model(_image(_digest))]) == _passed
	_answers_with([_repository], [_model(_image(concat("", [":v1", _digest])))]) == _passed
}

test_allow_any_registry_where_none_is_approved if {
	_answers_with([], [_model(_image(_digest))]) == _passed
}

test_deny_registry_that_is_not_approved if {
	every registries in [["ghcr.io/acme"], ["444455556666.dkr.ecr.eu-west-1.amazonaws.com"]] {
		_answers_with(registries, [_model(_image(_digest))]) == _denied
	}
}

test_deny_host_that_looks_like_an_approved_one if {
	every image in [
		concat("", [_registry, ".evil.example/ranker", _digest]),
		concat("", ["evil-", _registry, "/ranker", _digest]),
		concat("", ["evil.example/", _registry, "/ranker", _digest]),
		concat("", ["ranker", _digest]),
	] {
		_answers_with([_registry], [_model(image)]) == _denied
	}
}

test_deny_repository_that_begins_like_an_approved_one if {
	_answers_with([_repository], [_model(concat("", [_repository, "-evil", _digest]))]) == _denied
}

test_deny_approved_without_digest if {
	_answers_with([_registry], [_model(_image(":latest"))]) == _denied
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_model(_repository)])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "model_endpoints/image_digest",
		"severity": "high",
		"title": "model image is not pinned by digest to an approved registry",
		"msg": concat(": ", [
			_address,
			"model image is not pinned by digest to an approved registry (primary_container.0.image)",
		]),
		"remediation": "write the image as `<registry>/<repository>@sha256:<digest>`, from a registry that is approved",
		"address": _address,
		"path": ["primary_container", 0, "image"],
		"frameworks": {
			"nist_800_53": ["SR-3", "SI-7"],
			"mitre_atlas": ["AML.T0010.001", "AML.T0010.004"],
			"owasp_llm": ["LLM03:2025"],
		},
		"aliases": ["SM-013"],
	}} with input as fixture.plan([_model(_repository)])
}

_address := "aws_sagemaker_model.this"

_registry := "111122223333.dkr.ecr.eu-west-1.amazonaws.com"

_repository := concat("/", [_registry, "ranker"])

_digest := "@sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b"

_image(rest) := concat("", [_repository, rest])

_denied := {"deny": {[_address, ["primary_container", 0, "image"]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_model(image) := fixture.known(_address, {"primary_container": [{"image": image}]})

_answers_with(registries, resources) := answers if {
	answers := _answers(resources) with data.plangate.config as {"parameters": {"model_endpoints/image_digest": {
		"approved_registries": registries,
	}}}
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
