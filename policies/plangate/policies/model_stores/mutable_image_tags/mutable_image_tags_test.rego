package plangate.policies.model_stores.mutable_image_tags_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.mutable_image_tags as policy

test_deny_mutable if {
	every value in ["MUTABLE", "MUTABLE_WITH_EXCLUSION", null, ""] {
		_answers([fixture.known(_address, {"image_tag_mutability": value})]) == _denied(["image_tag_mutability"])
	}
	_answers([fixture.known(_address, {})]) == _denied(["image_tag_mutability"])
}

test_allow_immutable if {
	every value in ["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"] {
		_answers([fixture.known(_address, {"image_tag_mutability": value})]) == _passed
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"image_tag_mutability": "MUTABLE"})]) == _passed
}

test_undecided_unknown if {
	_answers([fixture.resource(
		_address, {},
		{"image_tag_mutability": true},
		{"image_tag_mutability": fixture.refers(["terraform_data.x.output"])},
	)]) == {"deny": set(), "undecided": {[_address, ["image_tag_mutability"]]}}
}

_address := "aws_ecr_repository.this"

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
