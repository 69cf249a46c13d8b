# METADATA
# title: parameter holds a secret without a customer managed key
# description: >-
#   A `String` parameter is read in clear by everyone who may call `GetParameter`. A `SecureString` under the key of AWS is
#   decrypted for the same people; only a customer managed key lets its owner decide who reads it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ssm_parameter
# custom:
#   severity: high
#   remediation: >-
#     set `type = "SecureString"` and `key_id = aws_kms_key.<name>.arn`, pass the value through `value_wo`, and replace a
#     credential that was stored in clear
#   resource_types: [aws_ssm_parameter]
#   frameworks:
#     nist_800_53: [SC-28, IA-5(7)]
#     mitre_atlas: [AML.T0055]
#   aliases: [SE-003, CKV_AWS_337]
package plangate.policies.secrets.plaintext_parameter

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.kms
import data.plangate.lib.origin
import data.plangate.lib.plan

deny contains finding.new(_policy, parameter, ["type"]) if {
	some parameter in plan.resources.aws_ssm_parameter
	_plain(parameter)
	_secret(parameter)
}

deny contains finding.new(_policy, parameter, _key) if {
	some parameter in plan.resources.aws_ssm_parameter
	plan.known(parameter, ["type"]) == "SecureString"
	kms.missing(parameter, _key)
}

undecided contains finding.undecided(_policy, parameter, ["type"]) if {
	some parameter in plan.resources.aws_ssm_parameter
	plan.unknown(parameter, ["type"])
}

undecided contains finding.undecided(_policy, parameter, [name]) if {
	some parameter in plan.resources.aws_ssm_parameter
	_plain(parameter)
	not _secret(parameter)
	some name in ["value", "insecure_value"]
	plan.unknown(parameter, [name])
	not origin.resources(parameter, [name])
	not _named_harmless(parameter)
}

undecided contains finding.undecided(_policy, parameter, _key) if {
	some parameter in plan.resources.aws_ssm_parameter
	plan.known(parameter, ["type"]) == "SecureString"
	kms.undecided(parameter, _key)
}

_plain(parameter) if plan.known(parameter, ["type"]) in {"String", "StringList"}

_secret(parameter) if {
	some name in ["value", "insecure_value"]
	credentials.text(plan.known(parameter, [name]))
}

_secret(parameter) if {
	credentials.secret_name(_name(parameter))
	not _harmless(parameter)
}

_secret(parameter) if {
	some name in _values
	origin.secret(parameter, [name])
}

_secret(parameter) if {
	some name in _values
	origin.sensitive_variable(parameter, [name])
}

# Nobody keeps a value out of the state that may be read by all.
_secret(parameter) if origin.configured(parameter, ["value_wo"])

# Where the secret is, not the secret: an ARN, a path, a URL; or a number or a switch.
_harmless(parameter) if {
	some name in ["value", "insecure_value"]
	regex.match(`^(arn:|/|[a-z][a-z0-9+.-]*://|[0-9.]+$|true$|false$)`, plan.known(parameter, [name]))
}

# What a parameter with such a name holds is no secret, whatever it turns out to be.
_named_harmless(parameter) if regex.match(`(?i)(arn|id|name|url|uri|endpoint|host|port|region|version|count|size)s?$`, _name(parameter))

# Tokens of a language model, not of an account.
_harmless(parameter) if regex.match(`(?i)(^|[^a-z])(eos|bos|pad|unk|sep|cls|mask|stop)_?tokens?$`, _name(parameter))

_name(parameter) := plan.known(parameter, ["name"])

_name(parameter) := parameter.name if not plan.known(parameter, ["name"])

_values := ["value", "insecure_value", "value_wo"]

_key := ["key_id"]

_policy := finding.policy(rego.metadata.chain())
