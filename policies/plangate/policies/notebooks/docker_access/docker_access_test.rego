package plangate.policies.notebooks.docker_access_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.notebooks.docker_access as policy

test_deny_any_account if {
	_answers([_domain({_enabled: "ENABLED"})]) == _denied
	every accounts in [null, []] {
		_answers([_domain({_enabled: "ENABLED", _accounts: accounts})]) == _denied
	}
}

test_allow_trusted_accounts if {
	_answers([_domain({_enabled: "ENABLED", _accounts: ["111122223333"]})]) == _passed
}

test_allow_account_of_this_plan if {
	every reference in ["aws_organizations_account.registry.id", "data.aws_caller_identity.current.account_id"] {
		_answers([_unknown(
			{_enabled: "ENABLED"}, {_accounts: true},
			{_enabled: {"constant_value": "ENABLED"}, _accounts: fixture.refers([reference])},
		)]) == _passed
	}
}

test_allow_no_docker if {
	every settings in [{}, {_enabled: null}, {_enabled: "DISABLED"}, {_enabled: "DISABLED", _accounts: []}] {
		_answers([_domain(settings)]) == _passed
	}
	every settings in [null, [], [{}], [{"docker_settings": []}]] {
		_answers([fixture.known(_address, {"domain_settings": settings})]) == _passed
	}
	_answers([_unknown(
		{_enabled: "DISABLED"}, {_accounts: true},
		{_enabled: {"constant_value": "DISABLED"}, _accounts: fixture.refers(["local.accounts"])},
	)]) == _passed
}

test_undecided_switch if {
	open := {"deny": set(), "undecided": {[_address, array.concat(_at, [_enabled])]}}
	_answers([_unknown({}, {_enabled: true}, {_enabled: fixture.refers(["local.docker"])})]) == open
	_answers([_unknown(
		{_accounts: []}, {_enabled: true},
		{_enabled: fixture.refers(["local.docker"]), _accounts: {"constant_value": []}},
	)]) == open
	_answers([_unknown(
		{}, {_enabled: true, _accounts: true},
		{_enabled: fixture.refers(["local.docker"]), _accounts: fixture.refers(["local.accounts"])},
	)]) == open
}

test_allow_unknown_switch_with_accounts if {
	_answers([_unknown(
		{_accounts: ["111122223333"]}, {_enabled: true},
		{_enabled: fixture.refers(["local.docker"]), _accounts: {"constant_value": ["111122223333"]}},
	)]) == _passed
}

test_undecided_accounts if {
	_answers([_unknown(
		{_enabled: "ENABLED"}, {_accounts: true},
		{_enabled: {"constant_value": "ENABLED"}, _accounts: fixture.refers(["aws_cloudformation_stack.this.outputs"])},
	)]) == {"deny": set(), "undecided": {[_address, array.concat(_at, [_accounts])]}}
}

test_undecided_dynamic_block if {
	every unknown in [true, [{"docker_settings": true}]] {
		count(_answers([fixture.resource(_address, {"domain_settings": [{}]}, {"domain_settings": unknown}, {})]).undecided) == 1
	}
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {})]) == _passed
}

test_severity_is_lower_in_dev if {
	severities := {f.severity | some f in policy.deny} with input as fixture.plan([_domain({_enabled: "ENABLED"})])
		with data.plangate.config as {"environment": "dev"}
	severities == {"low"}
}

_address := "aws_sagemaker_domain.this"

_enabled := "enable_docker_access"

_accounts := "vpc_only_trusted_accounts"

_at := ["domain_settings", 0, "docker_settings", 0]

_domain(settings) := fixture.known(_address, {"domain_settings": [{"docker_settings": [settings]}]})

_unknown(known, unknown, expressions) := fixture.resource(
	_address,
	{"domain_settings": [{"docker_settings": [known]}]},
	{"domain_settings": [{"docker_settings": [unknown]}]},
	{"domain_settings": [{"docker_settings": [expressions]}]},
)

_denied := {"deny": {[_address, array.concat(_at, [_accounts])]}, "undecided": set()}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
