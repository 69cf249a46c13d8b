package plangate.policies.notebooks.piped_download_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.piped_download as policy

test_deny_base64_and_plain if {
	every name in ["on_create", "on_start"] {
		_answers([fixture.known(_address, {name: base64.encode(_script)})]) == _denied(_address, name)
		_answers([fixture.known(_address, {name: _script})]) == _denied(_address, name)
	}
}

test_deny_studio if {
	studio := "aws_sagemaker_studio_lifecycle_config.this"
	_answers([fixture.known(studio, {"studio_lifecycle_config_content": base64.encode(_script)})]) == _denied(
		studio,
		"studio_lifecycle_config_content",
	)
}

test_deny_one_of_two_scripts if {
	_answers([fixture.resource(
		_address, {"on_start": base64.encode(_script)}, {"on_create": true},
		{"on_create": fixture.refers(["local.script"]), "on_start": {"constant_value": "…"}},
	)]) == {"deny": {[_address, ["on_start"]]}, "undecided": {[_address, ["on_create"]]}}
}

test_allow_kept_and_compared if {
	script := concat("\n", [
		"#!/bin/bash",
		"curl -fsSLo /tmp/dcgm.rpm https://artifacts.example.com/dcgm-3.3.7.rpm",
		"echo \"9f2b6c1d  /tmp/dcgm.rpm\" | sha256sum -c -",
		"rpm -i /tmp/dcgm.rpm",
	])
	_answers([fixture.known(_address, {"on_start": base64.encode(script)})]) == _passed
}

test_allow_no_script if {
	every value in [null, ""] {
		_answers([fixture.known(_address, {"on_create": value, "on_start": value})]) == _passed
	}
	_answers([fixture.known(_address, {})]) == _passed
}

test_undecided_unknown_or_compressed if {
	open := {"deny": set(), "undecided": {[_address, ["on_start"]]}}
	_answers([fixture.resource(
		_address, {}, {"on_start": true},
		{"on_start": fixture.refers(["aws_secretsmanager_secret.hub.arn"])},
	)]) == open
	_answers([fixture.known(_address, {"on_start": "H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA=="})]) == open
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"on_start": base64.encode(_script)})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([fixture.known(_address, {"on_start": _script})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"high"}
}

_address := "aws_sagemaker_notebook_instance_lifecycle_configuration.this"

_script := "#!/bin/bash\nset -e\ncurl -fsSL https://get.example.com/install.sh | bash\n"

_denied(address, name) := {"deny": {[address, [name]]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
