# METADATA
# title: user profile has a broader role than its domain
# description: >-
#   The execution role of a domain is what was agreed for its users. A profile that names another one takes its user, and
#   every notebook and job of theirs, out of that agreement without a trace in the domain.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_user_profile#execution_role
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     leave `user_settings` out of the `aws_sagemaker_user_profile`, or set `execution_role` to the role of its domain
#     (`aws_sagemaker_domain.<name>.default_user_settings[0].execution_role`)
#   resource_types: [aws_sagemaker_user_profile]
#   frameworks:
#     nist_800_53: [AC-6]
#     mitre_atlas: [AML.T0012]
#     soc_2: [CC6.3]
#   aliases: [SM-033]
package plangate.policies.notebooks.profile_role

import data.plangate.lib.finding
import data.plangate.lib.group
import data.plangate.lib.iam.roles
import data.plangate.lib.iam.roles.rights
import data.plangate.lib.origin
import data.plangate.lib.plan

deny contains finding.new(_policy, profile, _own) if {
	some profile in plan.resources.aws_sagemaker_user_profile
	_verdict(profile) == "fail"
}

undecided contains finding.undecided(_policy, profile, _own) if {
	some profile in plan.resources.aws_sagemaker_user_profile
	_verdict(profile) == "undecided"
}

_verdict(profile) := "pass" if {
	plan.absent(profile, _own)
} else := "pass" if {
	_handed_on(profile)
} else := "undecided" if {
	not _identified(profile, _own)
} else := _alone(profile) if {
	count(_domains(profile)) == 0
} else := "undecided" if {
	some domain in _domains(profile)
	not _identified(domain, _default)
} else := "pass" if {
	some domain in _domains(profile)
	_same(profile, domain)
} else := rights.compared(roles.named(profile, _own), base) if {
	base := union({roles.named(domain, _default) | some domain in _domains(profile)})
}

# Whatever the role of the domain is, the profile has it too.
_handed_on(profile) if {
	plan.settled(profile, _own, {"aws_sagemaker_domain"})
	plan.targets(profile, _own, "aws_sagemaker_domain") == plan.targets(profile, _domain, "aws_sagemaker_domain")
}

_handed_on(profile) if {
	plan.computed(profile, _own)
	references := origin.references(profile, _own)
	count(references) > 0
	some domain in _domains(profile)
	object.get(profile, "module_address", "") == object.get(domain, "module_address", "")
	references == origin.references(domain, _default)
	every reference in references {
		not _of_iteration(reference)
	}
}

_of_iteration(reference) if startswith(reference, "each.")

_of_iteration(reference) if startswith(reference, "count.")

# The domain is in another plan, so there is nothing to compare with.
_alone(profile) := "fail" if {
	some role in roles.named(profile, _own)
	rights.administrators[role]
} else := "undecided" if {
	plan.unknown(profile, _domain)
} else := "pass"

_identified(r, path) if plan.known(r, path)

_identified(r, path) if {
	plan.settled(r, path, {"aws_iam_role"})
	count(roles.named(r, path)) == 1
}

_same(profile, domain) if plan.known(profile, _own) == plan.known(domain, _default)

# A role that is made in this plan has no ARN yet.
_same(profile, domain) if {
	some place in [[profile, _own], [domain, _default]]
	plan.computed(place[0], place[1])
	roles.named(profile, _own) == roles.named(domain, _default)
}

_domains(profile) := {_by_address[address] |
	some address in (plan.targets(profile, _domain, "aws_sagemaker_domain") | _of_id(profile))
}

_of_id(profile) := {address | some address in _by_id[plan.known(profile, _domain)]}

_by_address := {domain.address: domain | some domain in plan.resources.aws_sagemaker_domain}

_by_id := group.by_key([[id, domain.address] |
	some domain in plan.resources.aws_sagemaker_domain
	id := plan.known(domain, ["id"])
])

_own := ["user_settings", 0, "execution_role"]

_default := ["default_user_settings", 0, "execution_role"]

_domain := ["domain_id"]

_policy := finding.policy(rego.metadata.chain())
