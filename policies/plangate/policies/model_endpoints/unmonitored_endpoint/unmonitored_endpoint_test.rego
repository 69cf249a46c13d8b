package plangate.policies.model_endpoints.unmonitored_endpoint_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.model_endpoints.unmonitored_endpoint as policy

test_deny_no_schedule if {
	_answers([_endpoint]) == _denied
	_answers([_endpoint, _job("ranker-quality", "ranker")]) == _denied
}

test_deny_schedule_of_another_endpoint if {
	_answers([_endpoint, _job("other-quality", "other"), _schedule("other-quality")]) == _denied
	_answers([_endpoint, _job("ranker-quality", "ranker"), _other_job, _schedule("other-quality")]) == _denied
	_answers([_endpoint, _inline({"endpoint_name": "other"})]) == _denied
}

test_deny_schedule_without_an_endpoint if {
	_answers([_endpoint, fixture.known("aws_sagemaker_monitoring_schedule.this", {"monitoring_schedule_config": [{
		"monitoring_job_definition": [{"monitoring_inputs": [{"batch_transform_input": [{}], "endpoint_input": []}]}],
		"monitoring_job_definition_name": null,
	}]})]) == _denied
}

test_deny_deleted_schedule if {
	_answers([
		_endpoint, _job("ranker-quality", "ranker"),
		fixture.deleted("aws_sagemaker_monitoring_schedule.this", {}),
	]) == _denied
}

test_allow_by_name if {
	_answers([_endpoint, _job("ranker-quality", "ranker"), _schedule("ranker-quality")]) == _passed
	_answers([_endpoint, _inline({"endpoint_name": "ranker"})]) == _passed
}

# Its own name may turn out to be the one that the job reads; one that AWS makes up does not, nor one that another has.
test_undecided_name_of_the_endpoint if {
	opaque := fixture.resource(_address, {}, {"name": true}, {"name": fixture.refers(["terraform_data.name.output"])})
	_answers([opaque, _inline({"endpoint_name": "ranker"})]) == {"deny": set(), "undecided": {_address}}
	_answers([_unnamed, _inline({"endpoint_name": "ranker"})]) == _denied
	_answers([opaque, fixture.known("aws_sagemaker_endpoint.other", {"name": "ranker"}), _inline({"endpoint_name": "ranker"})]) == _denied
	_answers([opaque]) == _denied
}

test_allow_by_reference if {
	_answers([_unnamed, _job_of(["aws_sagemaker_endpoint.ranker.name"]), _schedule("ranker-quality")]) == _passed
	_answers([_endpoint, _job("ranker-quality", "ranker"), _schedule_of(["aws_sagemaker_data_quality_job_definition.this.name"])]) == _passed
	_answers([_unnamed, _inline_of(["aws_sagemaker_endpoint.ranker.name"])]) == _passed
}

test_deny_beside_an_endpoint_joined_by_reference if {
	other := fixture.known("aws_sagemaker_endpoint.other", {"name": "other"})
	_answers([_unnamed, other, _inline_of(["aws_sagemaker_endpoint.ranker.name"])]) == {
		"deny": {"aws_sagemaker_endpoint.other"},
		"undecided": set(),
	}
}

test_name_tells_instances_apart if {
	answers := _answers([
		fixture.keyed("de", fixture.known(_address, {"name": "ranker-de"})),
		fixture.keyed("nl", fixture.known(_address, {"name": "ranker-nl"})),
		fixture.resource(
			"aws_sagemaker_monitoring_schedule.this",
			_inline_config({"endpoint_name": "ranker-nl"}), {},
			_inline_config({"endpoint_name": fixture.refers(["aws_sagemaker_endpoint.ranker"])}),
		),
	])
	answers == {"deny": {`aws_sagemaker_endpoint.ranker["de"]`}, "undecided": set()}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"name": "ranker"})]) == _passed
}

test_allow_elsewhere_than_in_prod if {
	every environment in ["dev", "stage"] {
		answers := _answers([_endpoint]) with data.plangate.config as {"environment": environment}
		answers == _passed
	}
}

test_undecided_schedule_of_a_definition_elsewhere if {
	_answers([_endpoint, _schedule("made-elsewhere")]) == _open
	_answers([_endpoint, _schedule_of(["terraform_data.job.output"])]) == _open
}

test_undecided_job_of_an_unknown_endpoint if {
	_answers([_endpoint, _job_of(["terraform_data.endpoint.output"]), _schedule("ranker-quality")]) == _open
	_answers([_endpoint, _inline_of(["terraform_data.endpoint.output"])]) == _open
}

test_deny_unknown_endpoint_of_a_job_that_nobody_runs if {
	_answers([_endpoint, _job_of(["terraform_data.endpoint.output"])]) == _denied
}

test_undecided_unknown_blocks if {
	every unknown in [
		{"monitoring_schedule_config": true},
		{"monitoring_schedule_config": [{"monitoring_job_definition": true}]},
		{"monitoring_schedule_config": [{"monitoring_job_definition": [{"monitoring_inputs": true}]}]},
	] {
		_answers([_endpoint, fixture.resource(
			"aws_sagemaker_monitoring_schedule.this",
			{"monitoring_schedule_config": [{}]}, unknown,
			{"monitoring_schedule_config": [{}]},
		)]) == _open
	}
	_answers([_endpoint, _schedule("ranker-quality"), fixture.resource(
		"aws_sagemaker_data_quality_job_definition.this",
		{"name": "ranker-quality", "data_quality_job_input": [{}]},
		{"data_quality_job_input": [{"endpoint_input": true}]},
		{"name": {"constant_value": "ranker-quality"}, "data_quality_job_input": [{}]},
	)]) == _open
}

test_allow_endpoint_with_its_own_schedule_beside_a_stray_one if {
	_answers([_endpoint, _inline({"endpoint_name": "ranker"}), fixture.known(
		"aws_sagemaker_monitoring_schedule.stray",
		{"monitoring_schedule_config": [{"monitoring_job_definition_name": "made-elsewhere"}]},
	)]) == _passed
}

_address := "aws_sagemaker_endpoint.ranker"

_denied := {"deny": {_address}, "undecided": set()}

_open := {"deny": set(), "undecided": {_address}}

_passed := {"deny": set(), "undecided": set()}

_endpoint := fixture.known(_address, {"name": "ranker"})

_unnamed := fixture.resource(_address, {}, {"name": true}, {})

_job(name, endpoint) := fixture.known("aws_sagemaker_data_quality_job_definition.this", {
	"name": name,
	"data_quality_job_input": [{"endpoint_input": [{"endpoint_name": endpoint}]}],
})

_other_job := fixture.known("aws_sagemaker_data_quality_job_definition.other", {
	"name": "other-quality",
	"data_quality_job_input": [{"endpoint_input": [{"endpoint_name": "other"}]}],
})

_job_of(references) := fixture.resource(
	"aws_sagemaker_data_quality_job_definition.this",
	{"name": "ranker-quality", "data_quality_job_input": [{"endpoint_input": [{}]}]},
	{"data_quality_job_input": [{"endpoint_input": [{"endpoint_name": true}]}]},
	{"data_quality_job_input": [{"endpoint_input": [{"endpoint_name": fixture.refers(references)}]}]},
)

_schedule(definition) := fixture.known(
	"aws_sagemaker_monitoring_schedule.this",
	{"monitoring_schedule_config": [{"monitoring_job_definition_name": definition}]},
)

_schedule_of(references) := fixture.resource(
	"aws_sagemaker_monitoring_schedule.this",
	{"monitoring_schedule_config": [{}]},
	{"monitoring_schedule_config": [{"monitoring_job_definition_name": true}]},
	{"monitoring_schedule_config": [{"monitoring_job_definition_name": fixture.refers(references)}]},
)

_inline(input_) := fixture.known("aws_sagemaker_monitoring_schedule.this", _inline_config(input_))

_inline_of(references) := fixture.resource(
	"aws_sagemaker_monitoring_schedule.this",
	_inline_config({}),
	_inline_config({"endpoint_name": true}),
	_inline_config({"endpoint_name": fixture.refers(references)}),
)

_inline_config(input_) := {"monitoring_schedule_config": [{"monitoring_job_definition": [{"monitoring_inputs": [{"endpoint_input": [input_]}]}]}]}

_answers(resources) := answers if {
	answers := {
		"deny": {f.address | some f in policy.deny},
		"undecided": {f.address | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
