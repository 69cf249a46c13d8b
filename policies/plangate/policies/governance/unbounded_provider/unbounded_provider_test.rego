package plangate.policies.governance.unbounded_provider_test

import data.plangate.policies.governance.unbounded_provider as policy

test_deny_unbounded if {
	every constraint in [">= 5.0", "> 5.0.0", "!= 5.99.0", ">= 5.0.0, != 5.99.0", ""] {
		_denied({"aws": _provider(constraint)}) == {["provider.aws", ["version"]]}
	}
	_denied({"aws": object.remove(_provider(""), ["version_constraint"])}) == {["provider.aws", ["version"]]}
}

test_allow_bounded if {
	every constraint in ["~> 5.0", "~> 5.0.1", "5.100.0", "= 5.100.0", "< 6.0", "<= 5.100.0", ">= 5.0.0, < 6.0.0", ">= 5.0, ~> 5.1", "v5.1.0"] {
		_denied({"aws": _provider(constraint)}) == set()
	}
}

test_one_bound_holds_for_all if {
	_denied({"aws": _provider("~> 5.0"), "aws.two": _provider(""), "module.m:aws": _provider(">= 4.0")}) == set()
	_denied({"aws": _provider(""), "aws.two": _provider(""), "module.m:aws": _provider(">= 4.0")}) == {
		["provider.aws", ["version"]],
		["provider.aws.two", ["version"]],
		["provider.module.m:aws", ["version"]],
	}
}

test_a_bound_holds_for_no_other_provider if {
	fork := object.union(_provider(">= 5.0"), {"full_name": "registry.terraform.io/acme/aws"})
	_denied({"aws": _provider("~> 5.0"), "fork": fork}) == {["provider.fork", ["version"]]}
}

test_names_stand_in_for_full_names if {
	_denied({"aws": {"name": "aws", "version_constraint": "~> 5.0"}, "aws.two": {"name": "aws"}}) == set()
	_denied({"aws": {"name": "aws"}}) == {["provider.aws", ["version"]]}
}

test_allow_part_of_terraform if {
	_denied({"terraform": {"name": "terraform", "full_name": "terraform.io/builtin/terraform"}}) == set()
}

test_severity_is_lower_in_dev if {
	findings := policy.deny with input as {"configuration": {"provider_config": {"aws": _provider("")}}}
		with data.plangate.config as {"environment": "dev"}
	{f.severity | some f in findings} == {"low"}
}

_provider(constraint) := {
	"name": "aws",
	"full_name": "registry.terraform.io/hashicorp/aws",
	"version_constraint": constraint,
}

_denied(providers) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as {"configuration": {"provider_config": providers}}
}
