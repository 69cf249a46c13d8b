# METADATA
# title: token vault does not use a customer managed key
# description: >-
#   The token vault keeps the OAuth tokens and API keys with which agents act for people. Under a key of the service
#   its owner cannot see who decrypts them, nor shut them off when an agent is taken over.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_SetTokenVaultCMK.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrockagentcore_token_vault_cmk
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     set `key_type = "CustomerManagedKey"` and `kms_key_arn = aws_kms_key.<name>.arn` in `kms_configuration`
#   resource_types: [aws_bedrockagentcore_token_vault_cmk]
#   frameworks:
#     nist_800_53: [SC-12, SC-28]
#     mitre_atlas: [AML.T0055, AML.T0098]
#     soc_2: [CC6.1]
#   aliases: [AC-010]
package plangate.policies.agents.token_vault_key

import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.plan

deny contains finding.new(_policy, vault, _type) if {
	some vault in plan.resources.aws_bedrockagentcore_token_vault_cmk
	_key_of_service(vault)
}

deny contains finding.new(_policy, vault, _key) if {
	some vault in plan.resources.aws_bedrockagentcore_token_vault_cmk
	not _key_of_service(vault)
	kms.missing(vault, _key)
}

undecided contains finding.undecided(_policy, vault, _type) if {
	some vault in plan.resources.aws_bedrockagentcore_token_vault_cmk
	plan.unknown(vault, _type)
	not kms.missing(vault, _key)
}

undecided contains finding.undecided(_policy, vault, _key) if {
	some vault in plan.resources.aws_bedrockagentcore_token_vault_cmk
	not _key_of_service(vault)
	not plan.unknown(vault, _type)
	kms.undecided(vault, _key)
}

_key_of_service(vault) if plan.known(vault, _type) == "ServiceManagedKey"

_type := ["kms_configuration", 0, "key_type"]

_key := ["kms_configuration", 0, "kms_key_arn"]

_policy := finding.policy(rego.metadata.chain())
