# METADATA
# title: VPC endpoint of a model service does not limit who calls what
# description: >-
#   The endpoint's own policy is the one place that also holds for credentials which somebody brought into the VPC: with
#   full access they send what they find there to an account of their own. Without private DNS clients don't use it at all.
# related_resources:
#   - ref: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/interface-vpc-endpoint.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint
# custom:
#   severity: low
#   environments: [stage, prod]
#   remediation: >-
#     set `private_dns_enabled = true` and a `policy` on the `aws_vpc_endpoint` that names principals, actions and models,
#     or your organisation in `aws:PrincipalOrgID`
#   resource_types: [aws_vpc_endpoint, aws_vpc_endpoint_policy]
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0040]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [NW-001]
package plangate.policies.network.model_vpc_endpoint

import data.plangate.lib.finding
import data.plangate.lib.group
import data.plangate.lib.iam
import data.plangate.lib.iam.denials
import data.plangate.lib.iam.principals
import data.plangate.lib.plan

deny contains finding.new(_policy, endpoint, _dns) if {
	some endpoint in _endpoints
	_without_dns(endpoint)
}

deny contains finding.new(_policy, endpoint, _document) if {
	some endpoint in _endpoints
	plan.absent(endpoint, _document)
	not _elsewhere[endpoint.address]
	not _stray
}

deny contains finding.new(_policy, part, _document) if {
	some part in _policies
	_full_access(part)
}

undecided contains finding.undecided(_policy, endpoint, _dns) if {
	some endpoint in _endpoints
	plan.unknown(endpoint, _dns)
}

undecided contains finding.undecided(_policy, endpoint, _document) if {
	some endpoint in _endpoints
	plan.absent(endpoint, _document)
	not _elsewhere[endpoint.address]
	_stray
}

undecided contains finding.undecided(_policy, part, _document) if {
	some part in _policies
	not _full_access(part)
	_open(part)
}

_endpoints := [endpoint |
	some endpoint in plan.resources.aws_vpc_endpoint
	_of_models(plan.known(endpoint, ["service_name"]))
]

# Policies of those endpoints, as an attribute or as a resource of their own.
_policies := array.concat(
	[endpoint | some endpoint in _endpoints; not plan.absent(endpoint, _document)],
	[part | some endpoint in _endpoints; some part in _elsewhere[endpoint.address]],
)

_of_models(service) if regex.match(`^(com\.amazonaws\.[a-z0-9-]+\.(bedrock|sagemaker)([.-]|$)|aws\.sagemaker\.)`, service)

_without_dns(endpoint) if plan.absent(endpoint, _dns)

_without_dns(endpoint) if plan.known(endpoint, _dns) == false

# One statement for everybody on everything, and none that takes it back.
_full_access(part) if {
	some statement in _wide(part)
	_all_actions(statement)
	"*" in statement.resources
	some grant in principals.grants(part, _document)
	_same(statement, grant)
	grant.everybody
	not _narrowed(grant)
}

_open(part) if iam.open(part, _document)

_open(part) if {
	some statement in _wide(part)
	_may_be_all(statement)
	some grant in principals.grants(part, _document)
	_same(statement, grant)
	_may_be_everybody(grant)
}

_wide(part) := [statement |
	count(denials.statements(part, _document)) == 0
	some statement in iam.allowed(part, _document)
	count(statement.conditions) == 0
]

_all_actions(statement) if {
	some action in statement.actions
	regex.match(`(?i)^(\*|(bedrock|sagemaker)[a-z-]*:\*)$`, action)
}

_may_be_all(statement) if {
	_all_actions(statement)
	"*" in statement.resources
}

_may_be_all(statement) if count(statement.open) > 0

_may_be_everybody(grant) if grant.everybody

_may_be_everybody(grant) if grant.unknown.principals

_narrowed(grant) if grant.unknown.condition

_narrowed(grant) if grant.unknown.effect

# The same statement of the JSON or of the data source.
_same(statement, grant) if object.get(statement, "at", statement.path) == object.get(grant, "at", grant.path)

_elsewhere := group.by_key([[address, part] |
	some part in plan.resources.aws_vpc_endpoint_policy
	some address in plan.targets(part, ["vpc_endpoint_id"], "aws_vpc_endpoint")
])

_stray if {
	some part in plan.resources.aws_vpc_endpoint_policy
	plan.unknown(part, ["vpc_endpoint_id"])
	count(plan.targets(part, ["vpc_endpoint_id"], "aws_vpc_endpoint")) == 0
}

_dns := ["private_dns_enabled"]

_document := ["policy"]

_policy := finding.policy(rego.metadata.chain())
