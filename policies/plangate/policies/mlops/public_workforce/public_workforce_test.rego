package plangate.policies.mlops.public_workforce_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.public_workforce as policy

test_deny_price if {
	_answers([_known(_private, [{"amount_in_usd": [{"cents": 12}]}])]) == _denied(_price)
	_answers([_known(_private, [{}])]) == _denied(_price)
}

test_deny_public_team if {
	_answers([_known("arn:aws:sagemaker:eu-west-1:394669845002:workteam/public-crowd/default", [])]) == _denied(_team)
}

test_allow_private_and_vendor_teams if {
	_answers([_known(_private, [])]) == _passed
	_answers([_known("arn:aws:sagemaker:eu-west-1:111122223333:workteam/vendor-crowd/claims", [])]) == _passed
	_answers([_unknown(["aws_sagemaker_workteam.this.arn"])]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"human_loop_config": [{"public_workforce_task_price": [{}]}]})]) == _passed
}

test_undecided_team_from_elsewhere if {
	_answers([_unknown(["local.team"])]) == _open(_team)
}

test_undecided_dynamic_price if {
	_answers([fixture.resource(
		_address,
		{"human_loop_config": [{"workteam_arn": _private}]},
		{"human_loop_config": [{"public_workforce_task_price": true}]},
		{"human_loop_config": [{"workteam_arn": {"constant_value": _private}}]},
	)]) == _open(_price)
}

_address := "aws_sagemaker_flow_definition.this"

_private := "arn:aws:sagemaker:eu-west-1:111122223333:workteam/private-crowd/claims"

_price := ["human_loop_config", 0, "public_workforce_task_price"]

_team := ["human_loop_config", 0, "workteam_arn"]

_denied(path) := {"deny": {[_address, path]}, "undecided": set()}

_open(path) := {"deny": set(), "undecided": {[_address, path]}}

_passed := {"deny": set(), "undecided": set()}

_known(team, price) := fixture.known(_address, {"human_loop_config": [{
	"workteam_arn": team,
	"public_workforce_task_price": price,
}]})

_unknown(references) := fixture.resource(
	_address,
	{"human_loop_config": [{"public_workforce_task_price": []}]},
	{"human_loop_config": [{"workteam_arn": true}]},
	{"human_loop_config": [{"workteam_arn": fixture.refers(references)}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
