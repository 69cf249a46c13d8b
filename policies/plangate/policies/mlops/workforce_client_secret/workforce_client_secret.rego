# METADATA
# title: client secret of a workforce stands in the plan
# description: >-
#   The secret lets whoever holds it act as the labelling portal towards the identity provider. As a literal it is in the
#   sources, the plan and the state at once, and all of them are read by more people than the secret.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OidcConfig.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_workforce
# custom:
#   severity: critical
#   remediation: >-
#     set `client_secret = data.aws_secretsmanager_secret_version.<name>.secret_string`, or the attribute of the resource that
#     issues it (`aws_cognito_user_pool_client.<name>.client_secret`), and replace the secret
#   resource_types: [aws_sagemaker_workforce]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-040, PL-001]
package plangate.policies.mlops.workforce_client_secret

import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

deny contains finding.new(_policy, workforce, _secret) if {
	some workforce in plan.resources.aws_sagemaker_workforce
	plan.known(workforce, _secret)
	not configuration.settles(workforce, _secret, _issuers)
}

# What makes or looks up a secret. Its value is known, too, once it is there; nobody wrote it down.
_issuers := {
	"data.aws_secretsmanager_secret_version", "data.aws_secretsmanager_random_password", "data.aws_ssm_parameter",
	"aws_cognito_user_pool_client", "data.aws_cognito_user_pool_client", "random_password",
	"okta_app_oauth", "auth0_client_credentials", "azuread_application_password", "keycloak_openid_client",
	"data.vault_kv_secret_v2", "data.vault_generic_secret",
}

_secret := ["oidc_config", 0, "client_secret"]

_policy := finding.policy(rego.metadata.chain())
