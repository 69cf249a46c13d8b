package plangate.policies.mlops.code_repository_credentials_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.mlops.code_repository_credentials as policy

test_deny_no_secret if {
	every secret in [null, ""] {
		_answers([_known(_github, secret)]) == _denied([_secret])
	}
	_answers([fixture.known(_address, {"git_config": [{"repository_url": _github}]})]) == _denied([_secret])
	_answers([_known("https://example.com/git-codecommit.git", null)]) == _denied([_secret])
}

test_deny_credentials_in_the_url if {
	every user in ["ci:k7lm", "ci:changeme", ":k7lmqyNURNN", _token] {
		_answers([_known(_with_user(user), _arn)]) == _denied([_url])
	}
	_answers([_known(_with_user("ci:k7lm"), null)]) == _denied([_secret, _url])
}

test_allow_secret if {
	_answers([_known(_github, _arn)]) == _passed
	every reference in ["aws_secretsmanager_secret.this.arn", "data.aws_secretsmanager_secret.this.arn", "aws_secretsmanager_secret_version.this.arn"] {
		_answers([_secret_from(reference)]) == _passed
	}
}

test_allow_user_alone if {
	_answers([_known("https://acme@dev.azure.com/acme/ml/_git/notebooks", _arn)]) == _passed
	_answers([_known("https://example.com/a:b@c.git", _arn)]) == _passed
}

test_allow_codecommit if {
	_answers([_known("https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/ml", null)]) == _passed
	_answers([_known("https://git-codecommit-fips.us-east-1.amazonaws.com/v1/repos/ml", null)]) == _passed
	_answers([_url_from("aws_codecommit_repository.this.clone_url_http", null)]) == _passed
	_answers([_url_from("data.aws_codecommit_repository.this.clone_url_http", null)]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, {"git_config": [{"repository_url": _github}]})]) == _passed
}

test_undecided_secret_from_elsewhere if {
	_answers([_secret_from("local.secret")]) == _open([_secret])
	_answers([_secret_from("aws_cloudformation_stack.this.outputs")]) == _open([_secret])
}

test_url_that_comes_with_the_apply if {
	every secret in [null, _arn] {
		_answers([_url_from("local.url", secret)]) == _open([_url])
	}
	every type in [
		"aws_codecommit_repository", "data.aws_codecommit_repository", "github_repository", "data.github_repository",
		"gitlab_project", "data.gitlab_project", "bitbucket_repository", "azuredevops_git_repository",
	] {
		_answers([_url_from(concat("", [type, ".this.url"]), _arn)]) == _passed
	}
}

test_secret_that_comes_with_the_apply_is_none_for_codecommit if {
	_answers([_both_from("https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/ml", "local.url")]) == _passed
	every type in ["aws_codecommit_repository", "data.aws_codecommit_repository"] {
		_answers([_both_from(null, concat("", [type, ".this.clone_url_http"]))]) == _passed
	}
	_answers([_both_from(null, "github_repository.this.http_clone_url")]) == _open([_secret])
	_answers([_both_from(null, "terraform_data.this.output")]) == _open([_secret, _url])
}

_address := "aws_sagemaker_code_repository.this"

_arn := "arn:aws:secretsmanager:eu-west-1:111122223333:secret:AmazonSageMaker-git-a1b2c3"

_github := "https://github.com/acme/notebooks.git"

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["ghp_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD12"])

_with_user(user) := concat("", ["https://", user, "@github.com/acme/notebooks.git"])

_secret := ["git_config", 0, "secret_arn"]

_url := ["git_config", 0, "repository_url"]

_denied(paths) := {"deny": {[_address, path] | some path in paths}, "undecided": set()}

_open(paths) := {"deny": set(), "undecided": {[_address, path] | some path in paths}}

_passed := {"deny": set(), "undecided": set()}

_known(url, secret) := fixture.known(_address, {"git_config": [{"repository_url": url, "secret_arn": secret}]})

_secret_from(reference) := fixture.resource(
	_address,
	{"git_config": [{"repository_url": _github}]},
	{"git_config": [{"secret_arn": true}]},
	{"git_config": [{"repository_url": {"constant_value": _github}, "secret_arn": fixture.refers([reference])}]},
)

_url_from(reference, secret) := fixture.resource(
	_address,
	{"git_config": [{"secret_arn": secret}]},
	{"git_config": [{"repository_url": true}]},
	{"git_config": [{"repository_url": fixture.refers([reference]), "secret_arn": {"constant_value": secret}}]},
)

_both_from(url, reference) := fixture.resource(
	_address,
	{"git_config": [{"repository_url": url}]},
	{"git_config": [{"secret_arn": true, "repository_url": url == null}]},
	{"git_config": [{"secret_arn": fixture.refers(["terraform_data.secret.output"]), "repository_url": fixture.refers([reference])}]},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
