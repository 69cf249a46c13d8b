package plangate.policies.secrets.pod_environment_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.secrets.pod_environment as policy

test_deny_variable_and_arguments if {
	_answers([_deployment({
		"env": [{"name": "OPENAI_API_KEY", "value": _token}, {"name": "LOG_LEVEL", "value": "info"}],
		"args": ["--hf-token", _token],
	})]) == {
		"deny": {
			[_address, array.concat(_container, ["env", "OPENAI_API_KEY"])],
			[_address, array.concat(_container, ["args"])],
		},
		"undecided": set(),
	}
}

test_deny_pod_and_cron_job if {
	container := {"env": [{"name": "KEY", "value": _token}]}
	_answers([fixture.known("kubernetes_pod.this", {"spec": [{"init_container": [container]}]})]) == {
		"deny": {["kubernetes_pod.this", ["spec", 0, "init_container", 0, "env", "KEY"]]},
		"undecided": set(),
	}
	_answers([fixture.known("kubernetes_cron_job_v1.this", {"spec": [{"job_template": [{"spec": [{"template": [{"spec": [{"container": [container]}]}]}]}]}]})]) == {
		"deny": {[
			"kubernetes_cron_job_v1.this",
			["spec", 0, "job_template", 0, "spec", 0, "template", 0, "spec", 0, "container", 0, "env", "KEY"],
		]},
		"undecided": set(),
	}
}

test_deny_value_marked_sensitive if {
	marked := object.union(
		_deployment({"env": [{"name": "MODE", "value": "plain"}]}),
		{"change": {"change": {"after_sensitive": _around({"env": [{"value": true}]})}}},
	)
	_answers([marked]) == {"deny": {[_address, array.concat(_container, ["env", "MODE"])]}, "undecided": set()}
}

test_deny_unknown_made_from_a_secret if {
	_answers([_unknown(["random_password.admin.result"])]) == {
		"deny": {[_address, array.concat(_container, ["env", "ADMIN"])]},
		"undecided": set(),
	}
}

test_undecided_unknown if {
	_answers([_unknown(["terraform_data.handoff.output"])]) == {
		"deny": set(),
		"undecided": {[_address, array.concat(_container, ["env", "ADMIN"])]},
	}
	_answers([fixture.resource(
		_address, _around({}), _around({"env": true}),
		{},
	)]) == {"deny": set(), "undecided": {[_address, array.concat(_container, ["env"])]}}
}

test_allow_address_of_another_resource if {
	_answers([_unknown(["aws_db_instance.tracking.address"])]) == _passed
}

test_allow_secret_references_and_nothing if {
	every container in [
		{},
		{"env": []},
		{"env": [{"name": "OPENAI_API_KEY", "value": null, "value_from": [{"secret_key_ref": [{"name": "keys"}]}]}]},
		{"env": [{"name": "HF_TOKEN", "value": ""}], "args": null, "command": ["serve"]},
	] {
		_answers([_deployment(container)]) == _passed
	}
	_answers([fixture.known(_address, {"spec": []})]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, _around({"args": [_token]}))]) == _passed
}

test_deny_each_kind_of_workload if {
	pod := [{"container": [{"command": ["serve", "--hf-token", _token]}]}]
	template := [{"template": [{"spec": pod}]}]
	specs := object.union_n([
		{type: pod | some type in ["kubernetes_pod_v1", "kubernetes_pod"]},
		{type: [{"job_template": [{"spec": template}]}] | some type in ["kubernetes_cron_job_v1", "kubernetes_cron_job"]},
		{type: template |
			some type in [
				"kubernetes_deployment_v1", "kubernetes_deployment", "kubernetes_stateful_set_v1", "kubernetes_stateful_set",
				"kubernetes_daemon_set_v1", "kubernetes_daemonset", "kubernetes_job_v1", "kubernetes_job",
			]
		},
	])
	every type, spec in specs {
		answers := _answers([fixture.known(concat(".", [type, "this"]), {"spec": spec})])
		count(answers.deny) == 1
		every finding in answers.deny {
			finding[1][count(finding[1]) - 1] == "command"
		}
	}
}

_address := "kubernetes_deployment_v1.this"

_container := ["spec", 0, "template", 0, "spec", 0, "container", 0]

_around(container) := {"spec": [{"template": [{"spec": [{"container": [container]}]}]}]}

_deployment(container) := fixture.known(_address, _around(container))

_unknown(references) := fixture.resource(
	_address,
	_around({"env": [{"name": "ADMIN"}]}),
	_around({"env": [{"value": true}]}),
	_around({"env": [{"name": {"constant_value": "ADMIN"}, "value": fixture.refers(references)}]}),
)

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
