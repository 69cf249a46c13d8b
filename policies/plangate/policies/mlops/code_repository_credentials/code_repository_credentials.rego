# METADATA
# title: credentials of a code repository are not in Secrets Manager
# description: >-
#   Notebooks clone a repository with the credentials of its secret. Without one people put tokens into URLs and notebooks,
#   and a token in the URL stands in the plan, in the state and in every clone's configuration.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_GitConfig.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-git-resource.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_code_repository
# custom:
#   severity: high
#   remediation: >-
#     set `secret_arn = aws_secretsmanager_secret.<name>.arn` in `git_config` of the `aws_sagemaker_code_repository`, take user and
#     password out of `repository_url`, and replace a token that stood there
#   resource_types: [aws_sagemaker_code_repository]
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [SM-042]
package plangate.policies.mlops.code_repository_credentials

import data.plangate.lib.credentials
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, repository, _secret) if {
	some repository in plan.resources.aws_sagemaker_code_repository
	plan.absent(repository, _secret)
	plan.known(repository, _url)
	not _of_codecommit(repository)
}

deny contains finding.new(_policy, repository, _url) if {
	some repository in plan.resources.aws_sagemaker_code_repository
	_carries_credentials(plan.known(repository, _url))
}

undecided contains finding.undecided(_policy, repository, _secret) if {
	some repository in plan.resources.aws_sagemaker_code_repository
	plan.unknown(repository, _secret)
	not plan.settled(repository, _secret, _secrets)
	not _of_codecommit(repository)
}

undecided contains finding.undecided(_policy, repository, _url) if {
	some repository in plan.resources.aws_sagemaker_code_repository
	plan.unknown(repository, _url)
	not plan.settled(repository, _url, _hosts)
}

# The role of the notebook reads from CodeCommit.
_of_codecommit(repository) if {
	some host in ["https://git-codecommit.", "https://git-codecommit-fips."]
	startswith(plan.known(repository, _url), host)
}

_of_codecommit(repository) if plan.settled(repository, _url, {"aws_codecommit_repository", "data.aws_codecommit_repository"})

# A user alone is part of the addresses of some hosts, such as Azure DevOps.
_carries_credentials(url) if regex.match(`^[a-z+]+://[^/@:]*:[^/@]+@`, url)

_carries_credentials(url) if credentials.text(url)

_secrets := {"aws_secretsmanager_secret", "data.aws_secretsmanager_secret", "aws_secretsmanager_secret_version"}

_hosts := {
	"aws_codecommit_repository", "data.aws_codecommit_repository", "github_repository", "data.github_repository",
	"gitlab_project", "data.gitlab_project", "bitbucket_repository", "azuredevops_git_repository",
}

_secret := ["git_config", 0, "secret_arn"]

_url := ["git_config", 0, "repository_url"]

_policy := finding.policy(rego.metadata.chain())
