package plangate.policies.notebooks.notebook_customer_key_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.notebook_customer_key as policy

test_deny_no_customer_key if {
	_answers([fixture.known(_address, {})]) == _denied
	every key in [null, "", "alias/aws/sagemaker", "arn:aws:kms:eu-west-1:111122223333:alias/aws/elasticfilesystem"] {
		_answers([_with(key)]) == _denied
	}
}

test_deny_variable_that_is_null if {
	planned := object.union(
		fixture.plan([_refers(["var.key"])]),
		{"variables": {"key": {"value": null}}},
	)
	_answers_of(planned) == _denied
}

test_allow_customer_key if {
	every key in [
		"arn:aws:kms:eu-west-1:111122223333:key/6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4",
		"arn:aws:kms:eu-west-1:111122223333:alias/ml-notebooks",
		"6f0d1c6e-42a7-4b39-9d6e-58c1b7f3a2d4",
	] {
		_answers([_with(key)]) == _passed
	}
}

test_allow_key_of_this_plan if {
	_answers([_refers(["aws_kms_key.this.arn"])]) == _passed
	_answers([_refers(["aws_kms_key.this.key_id"])]) == _passed
	_answers([_refers(["aws_kms_alias.this.target_key_arn"])]) == _passed
}

test_allow_key_handed_to_a_module if {
	inner := _refers(["var.key"])
	_answers_of(fixture.plan_with_modules(
		[fixture.resource("aws_kms_key.this", {}, {"arn": true}, {})],
		{"lab": fixture.call({"key": fixture.refers(["aws_kms_key.this.arn"])}, [inner], {})},
		[fixture.within("module.lab", inner)],
	)) == _passed
}

test_undecided_key_from_elsewhere if {
	every reference in ["local.key", "aws_cloudformation_stack.this.outputs", "data.aws_kms_key.this.arn"] {
		_answers([_refers([reference])]) == _open
	}
	_answers([_refers(["aws_kms_key.this.arn", "terraform_data.key.output"])]) == _open
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_with(null)])
		with data.plangate.config as {"environment": "dev"}
	severities == {"medium"}
}

_address := "aws_sagemaker_notebook_instance.this"

_with(key) := fixture.known(_address, {"kms_key_id": key})

_refers(references) := fixture.resource(_address, {}, {"kms_key_id": true}, {"kms_key_id": fixture.refers(references)})

_denied := {"deny": {[_address, ["kms_key_id"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["kms_key_id"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := _answers_of(fixture.plan(resources))

_answers_of(planned) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as planned
}
