# METADATA
# title: secret does not rotate
# description: >-
#   A key of an AI provider works until somebody changes it, and nobody notices a copy. Rotation bounds for how long a copied
#   one is worth anything, and shows that it can be replaced at all.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_rotation
# custom:
#   severity: low
#   remediation: >-
#     add an `aws_secretsmanager_secret_rotation` with `secret_id = aws_secretsmanager_secret.<name>.id`, a `rotation_lambda_arn` and
#     `rotation_rules { automatically_after_days = 30 }`
#   resource_types: [aws_secretsmanager_secret, aws_secretsmanager_secret_rotation]
#   frameworks:
#     nist_800_53: [IA-5]
#     mitre_atlas: [AML.T0055]
#   aliases: [SE-001, CKV2_AWS_57]
package plangate.policies.secrets.unrotated_secret

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, secret, []) if {
	some secret in plan.resources.aws_secretsmanager_secret
	not _rotates(secret)
	not _stray
}

undecided contains finding.undecided(_policy, secret, []) if {
	some secret in plan.resources.aws_secretsmanager_secret
	not _rotates(secret)
	_stray
}

_rotates(secret) if _rotated.addresses[secret.address]

_rotates(secret) if {
	some name in ["id", "arn", "name"]
	_rotated.names[plan.known(secret, [name])]
}

_rotated := {
	"addresses": {address |
		some rotation in plan.resources.aws_secretsmanager_secret_rotation
		some address in plan.target(rotation, _secret, "aws_secretsmanager_secret")
	},
	"names": {name |
		some rotation in plan.resources.aws_secretsmanager_secret_rotation
		name := plan.known(rotation, _secret)
	},
}

# Some rotation is of a secret that only the apply knows.
_stray if {
	some rotation in plan.resources.aws_secretsmanager_secret_rotation
	plan.unknown(rotation, _secret)
	count(plan.target(rotation, _secret, "aws_secretsmanager_secret")) == 0
}

_secret := ["secret_id"]

_policy := finding.policy(rego.metadata.chain())
