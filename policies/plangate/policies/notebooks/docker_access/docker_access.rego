# METADATA
# title: Studio runs Docker images from any account
# description: >-
#   With Docker in a notebook a user starts any image that the network reaches, outside all that is approved. In a domain that
#   is `VpcOnly` the list of trusted accounts is what says whose registries those may be.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DockerSettings.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-local-get-started.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_domain#docker_settings
# custom:
#   severity: medium
#   severity_by_environment:
#     dev: low
#   remediation: >-
#     list the accounts of approved registries in `vpc_only_trusted_accounts` of `docker_settings`, or set
#     `enable_docker_access = "DISABLED"`
#   resource_types: [aws_sagemaker_domain]
#   frameworks:
#     nist_800_53: [CM-7, SR-3]
#     mitre_atlas: [AML.T0010.004]
#     owasp_llm: ["LLM03:2025"]
#   aliases: [SM-030]
package plangate.policies.notebooks.docker_access

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, domain, _accounts) if {
	some domain in plan.resources.aws_sagemaker_domain
	plan.known(domain, _enabled) == "ENABLED"
	_no_accounts(domain)
}

undecided contains finding.undecided(_policy, domain, _enabled) if {
	some domain in plan.resources.aws_sagemaker_domain
	plan.unknown(domain, _enabled)
	not _lists_accounts(domain)
}

undecided contains finding.undecided(_policy, domain, _accounts) if {
	some domain in plan.resources.aws_sagemaker_domain
	plan.known(domain, _enabled) == "ENABLED"
	plan.unknown(domain, _accounts)
	not _lists_accounts(domain)
}

_no_accounts(domain) if plan.absent(domain, _accounts)

_no_accounts(domain) if count(plan.known(domain, _accounts)) == 0

_lists_accounts(domain) if count(plan.known(domain, _accounts)) > 0

_lists_accounts(domain) if plan.settled(domain, _accounts, {"aws_organizations_account", "data.aws_caller_identity"})

_enabled := ["domain_settings", 0, "docker_settings", 0, "enable_docker_access"]

_accounts := ["domain_settings", 0, "docker_settings", 0, "vpc_only_trusted_accounts"]

_policy := finding.policy(rego.metadata.chain())
