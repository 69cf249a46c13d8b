package plangate.policies.governance.unapproved_provider_test

import data.plangate.policies.governance.unapproved_provider as policy

test_deny_source if {
	every name in [
		"registry.terraform.io/hashicorp-labs/aws",
		"registry.terraform.io/acme/aws",
		"evil.example/hashicorp/aws",
		"app.terraform.io/acme-labs/embed",
		"registry.terraform.io/-/aws",
	] {
		_answers({"x": {"name": "x", "full_name": name}}) == {"deny": {["provider.x", ["source"]]}, "undecided": set()}
	}
}

test_allow_source if {
	every name in [
		"registry.terraform.io/hashicorp/aws",
		"registry.terraform.io/hashicorp/random",
		"app.terraform.io/acme/embed",
		"registry.terraform.io/datadog/datadog",
	] {
		_answers({"x": {"name": "x", "full_name": name}}) == _passed
	}
}

test_every_block_by_its_key if {
	provider := {"name": "x", "full_name": "registry.terraform.io/acme/x"}
	_answers({"x": provider, "x.two": provider, "module.m:x": provider}) == {
		"deny": {["provider.x", ["source"]], ["provider.x.two", ["source"]], ["provider.module.m:x", ["source"]]},
		"undecided": set(),
	}
}

test_allow_part_of_terraform if {
	_answers({"terraform": {"name": "terraform", "full_name": "terraform.io/builtin/terraform"}}) == _passed
}

test_undecided_without_a_full_name if {
	_answers({"aws": {"name": "aws"}}) == {"deny": set(), "undecided": {["provider.aws", ["source"]]}}
}

test_inactive_without_a_list if {
	_judged({"x": {"name": "x", "full_name": "evil.example/hashicorp/aws"}, "y": {"name": "y"}}) == _passed
}

_passed := {"deny": set(), "undecided": set()}

_answers(providers) := answers if {
	answers := _judged(providers) with data.plangate.config as {"parameters": {"PL-007": {"approved_providers": [
		"registry.terraform.io/hashicorp/*",
		"app.terraform.io/acme/*",
		"datadog/datadog",
	]}}}
}

_judged(providers) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as {"configuration": {"provider_config": providers}}
}
