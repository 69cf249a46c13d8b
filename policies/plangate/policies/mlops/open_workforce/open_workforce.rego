# METADATA
# title: private workforce can work from any address
# description: >-
#   Workers see the data that they label or review in a portal on the internet. Unless the workforce is bound to address
#   ranges or to a VPC, a stolen password is enough to read it, and to poison labels.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/sms-workforce-management-private-api-cidr.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_WorkforceVpcConfigRequest.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_workforce
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     add `source_ip_config { cidrs = ["<office or VPN range>"] }` or a `workforce_vpc_config` block to the
#     `aws_sagemaker_workforce`
#   resource_types: [aws_sagemaker_workforce]
#   frameworks:
#     nist_800_53: [AC-3, SC-7]
#     mitre_atlas: [AML.T0020]
#     owasp_llm: ["LLM04:2025"]
#   aliases: [SM-039]
package plangate.policies.mlops.open_workforce

import data.plangate.lib.finding
import data.plangate.lib.network
import data.plangate.lib.plan

deny contains finding.new(_policy, workforce, path) if {
	some workforce in plan.resources.aws_sagemaker_workforce
	some path in _open(workforce)
	not _may_be_in_vpc(workforce)
}

undecided contains finding.undecided(_policy, workforce, _vpc) if {
	some workforce in plan.resources.aws_sagemaker_workforce
	count(_open(workforce)) > 0
	_may_be_in_vpc(workforce)
	not _in_vpc(workforce)
}

# The provider computes the block where it is left out, so that looks like a dynamic block over an unknown collection.
undecided contains finding.undecided(_policy, workforce, _sources) if {
	some workforce in plan.resources.aws_sagemaker_workforce
	network.reach(workforce, _cidrs) == "unknown"
	not _in_vpc(workforce)
}

_open(workforce) := [_cidrs] if {
	network.reach(workforce, _cidrs) == "world"
} else := [_sources] if {
	count(plan.blocks(workforce, _sources)) == 0
	not plan.computed(workforce, _sources)
} else := [_cidrs] if {
	_empty(workforce)
} else := []

# A list without entries restricts nobody; it is planned as null.
_empty(workforce) if {
	count(plan.blocks(workforce, _sources)) > 0
	not plan.computed(workforce, _cidrs)
	not _ranges(workforce)
}

_ranges(workforce) if count(plan.known(workforce, _cidrs)) > 0

_in_vpc(workforce) if {
	some block in plan.blocks(workforce, _vpc)
	some name in ["vpc_id", "subnets"]
	not plan.absent(workforce, array.concat(block.path, [name]))
}

_may_be_in_vpc(workforce) if _in_vpc(workforce)

_may_be_in_vpc(workforce) if plan.computed(workforce, _vpc)

_sources := ["source_ip_config"]

_cidrs := ["source_ip_config", 0, "cidrs"]

_vpc := ["workforce_vpc_config"]

_policy := finding.policy(rego.metadata.chain())
