package plangate.policies.mlops.workforce_client_secret_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.workforce_client_secret as policy

test_deny_literal if {
	_denied([fixture.known(_address, {"oidc_config": [{"client_secret": _value}]})]) == _found
}

test_deny_known_behind_anything_else if {
	every reference in ["local.secret", "var.secret", "aws_secretsmanager_secret_version.this.secret_string", "terraform_data.x.output"] {
		_denied([_known(fixture.refers([reference]))]) == _found
	}
	_denied([_known({})]) == _found
	_denied([_known(fixture.refers(["aws_cognito_user_pool_client.this.client_secret", "local.secret"]))]) == _found
}

test_allow_what_was_issued_before if {
	every reference in [
		"data.aws_secretsmanager_secret_version.this.secret_string",
		"data.aws_secretsmanager_random_password.this.random_password",
		"data.aws_ssm_parameter.this.value",
		"aws_cognito_user_pool_client.this.client_secret",
		"data.aws_cognito_user_pool_client.this.client_secret",
		"random_password.this.result",
		"okta_app_oauth.this.client_secret",
		"auth0_client_credentials.this.client_secret",
		"azuread_application_password.this.value",
		"keycloak_openid_client.this.client_secret",
		"data.vault_kv_secret_v2.this.data",
		"data.vault_generic_secret.this.data",
	] {
		_denied([_known(fixture.refers([reference]))]) == set()
	}
}

test_allow_unknown if {
	_denied([fixture.resource(
		_address,
		{"oidc_config": [{}]},
		{"oidc_config": [{"client_secret": true}]},
		{"oidc_config": [{"client_secret": fixture.refers(["terraform_data.x.output"])}]},
	)]) == set()
}

test_allow_without_oidc if {
	_denied([fixture.known(_address, {"oidc_config": []})]) == set()
	_denied([fixture.known(_address, {"oidc_config": [{"client_secret": null}]})]) == set()
}

test_allow_deleted if {
	_denied([fixture.deleted(_address, {"oidc_config": [{"client_secret": _value}]})]) == set()
}

_address := "aws_sagemaker_workforce.this"

_found := {[_address, ["oidc_config", 0, "client_secret"]]}

# Put together from parts, so that no whole secret stands in the sources.
_value := concat("", ["9sT2~vLkXq7", ".WmRbYzN4fCjHg"])

_known(expression) := fixture.resource(
	_address,
	{"oidc_config": [{"client_secret": _value}]}, {},
	{"oidc_config": [{"client_secret": expression}]},
)

_denied(resources) := addresses if {
	addresses := {[f.address, f.path] | some f in policy.deny} with input as fixture.plan(resources)
}
