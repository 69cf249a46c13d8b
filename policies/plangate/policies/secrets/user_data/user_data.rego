# METADATA
# title: user data carries a credential
# description: >-
#   User data is no secret: everyone who may describe the instance or its launch template reads it, and so does every
#   process on the machine through the metadata service, with or without base64.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#user_data
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#user_data
# custom:
#   severity: critical
#   remediation: >-
#     fetch the credential at boot with the role of the instance (`aws secretsmanager get-secret-value --secret-id …`) and
#     replace it
#   resource_types: [aws_launch_template, aws_instance, aws_spot_instance_request, aws_launch_configuration]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [CP-004, PL-001, CKV_AWS_46, AWS-0029, AWS-0129]
package plangate.policies.secrets.user_data

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

deny contains finding.new(_policy, place.machine, place.path) if {
	some place in _places
	_carries(place)
}

undecided contains finding.undecided(_policy, place.machine, place.path) if {
	some place in _places
	_closed(place)
}

_carries(place) if credentials.text(plan.known(place.machine, place.path))

_carries(place) if credentials.text(credentials.decoded(plan.known(place.machine, place.path)))

# Before version 6 the provider plans a hash in place of plain user data. What is written as a literal is still there.
_carries(place) if {
	some literal in configuration.literals(place.machine, place.path)
	credentials.text(literal)
}

# No provider hides user data: a mark came with a sensitive variable or attribute.
_carries(place) if {
	plan.known(place.machine, place.path)
	credentials.sensitive(place.machine, place.path)
}

_closed(place) if plan.unknown(place.machine, place.path)

_closed(place) if {
	credentials.compressed(plan.known(place.machine, place.path))
	not credentials.sensitive(place.machine, place.path)
}

_closed(place) if {
	regex.match(`^[0-9a-f]{40}$`, plan.known(place.machine, place.path))
	count(configuration.literals(place.machine, place.path)) == 0
}

_closed(place) if {
	credentials.compressed_within(credentials.decoded(plan.known(place.machine, place.path)))
	not _carries(place)
}

_closed(place) if {
	credentials.compressed_within(plan.known(place.machine, place.path))
	not _carries(place)
}

_places := [{"machine": machine, "path": [name]} |
	some type, names in _attributes
	some machine in plan.resources[type]
	some name in names
]

_attributes := {
	"aws_launch_template": ["user_data"],
	"aws_instance": ["user_data", "user_data_base64"],
	"aws_spot_instance_request": ["user_data", "user_data_base64"],
	"aws_launch_configuration": ["user_data", "user_data_base64"],
}

_policy := finding.policy(rego.metadata.chain())
