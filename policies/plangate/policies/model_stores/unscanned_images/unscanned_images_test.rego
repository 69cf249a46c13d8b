package plangate.policies.model_stores.unscanned_images_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_stores.unscanned_images as policy

test_deny_off if {
	every configuration in [[], [{"scan_on_push": false}], [{"scan_on_push": null}], [{}]] {
		_answers([_repository(configuration)]) == _denied
	}
	_answers([fixture.known(_address, {"name": "serving/vllm"})]) == _denied
}

test_allow_on if {
	_answers([_repository([{"scan_on_push": true}])]) == _passed
}

test_allow_registry_that_scans if {
	every filter in ["*", "serving/*", "*vllm", "serving", "vllm"] {
		every frequency in ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"] {
			_answers([_repository([]), _registry([_rule(frequency, [filter])])]) == _passed
		}
		_answers([_flag, _registry([_rule("SCAN_ON_PUSH", [filter])])]) == _passed
	}
}

test_deny_registry_that_does_not if {
	_answers([_repository([]), _registry([_rule("MANUAL", ["*"])])]) == _denied
	_answers([_repository([]), _registry([_rule("SCAN_ON_PUSH", ["training", "training/*", "vllm*"])])]) == _denied
	_answers([_repository([]), _registry([])]) == _denied
	_answers([_repository([]), fixture.deleted("aws_ecr_registry_scanning_configuration.this", {})]) == _denied
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"name": "serving/vllm"})]) == _passed
}

test_undecided_flag if {
	_answers([_flag]) == _open
	_answers([_flag, _registry([_rule("SCAN_ON_PUSH", ["training"])])]) == _open
}

test_undecided_dynamic_block if {
	_answers([fixture.resource(_address, {"name": "serving/vllm"}, {"image_scanning_configuration": true}, {})]) == _open
}

test_undecided_registry_that_comes_with_the_apply if {
	_answers([_repository([]), fixture.resource("aws_ecr_registry_scanning_configuration.this", {}, {"rule": true}, {})]) == _open
}

test_repository_without_a_known_name if {
	nameless := fixture.resource(
		_address, {"image_scanning_configuration": []}, {"name": true},
		{"name": fixture.refers(["random_pet.this.id"])},
	)
	_answers([nameless]) == _denied
	_answers([nameless, _registry([_rule("SCAN_ON_PUSH", ["serving/*"])])]) == _open
	_answers([nameless, _registry([_rule("SCAN_ON_PUSH", ["*"])])]) == _passed
	scanned := fixture.resource(
		_address, {"image_scanning_configuration": [{"scan_on_push": true}]}, {"name": true},
		{"name": fixture.refers(["random_pet.this.id"])},
	)
	_answers([scanned, _registry([_rule("SCAN_ON_PUSH", ["serving/*"])])]) == _passed
}

_address := "aws_ecr_repository.this"

_scan := ["image_scanning_configuration", 0, "scan_on_push"]

_denied := {"deny": {[_address, _scan]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, _scan]}}

_passed := {"deny": set(), "undecided": set()}

_repository(configuration) := fixture.known(_address, {"name": "serving/vllm", "image_scanning_configuration": configuration})

_flag := fixture.resource(
	_address,
	{"name": "serving/vllm", "image_scanning_configuration": [{}]},
	{"image_scanning_configuration": [{"scan_on_push": true}]},
	{"image_scanning_configuration": [{"scan_on_push": fixture.refers(["terraform_data.x.output"])}]},
)

_registry(rules) := fixture.known("aws_ecr_registry_scanning_configuration.this", {"scan_type": "BASIC", "rule": rules})

_rule(frequency, filters) := {
	"scan_frequency": frequency,
	"repository_filter": [{"filter": filter, "filter_type": "WILDCARD"} | some filter in filters],
}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
