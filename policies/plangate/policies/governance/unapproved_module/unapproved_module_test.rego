package plangate.policies.governance.unapproved_module_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.governance.unapproved_module as policy

test_deny_source if {
	every source in [
		"terraform-aws-modules/sagemaker-endpoint/aws",
		"app.terraform.io/acme-labs/endpoint/aws",
		"git::https://github.com/acme/endpoint.git?ref=v1",
		"github.com/acme/endpoint",
		"https://modules.example/endpoint.zip",
		"evil.example/app.terraform.io/acme/endpoint/aws",
		"app.terraform.io/acme/../evil/endpoint/aws",
	] {
		_denied({"m": _call(source, "1.2.3", [_model])}) == {["module.m", ["source"]]}
	}
}

test_deny_version if {
	every version in [">= 2.0", "~> 2.3", "> 1.0.0", "!= 1.0.0", "< 3.0", ">= 1.0, < 2.0", "1.x", "latest", ""] {
		_denied({"m": _call(_golden, version, [_model])}) == {["module.m", ["version"]]}
	}
	_denied({"m": object.remove(_call(_golden, "", [_model]), ["version_constraint"])}) == {["module.m", ["version"]]}
}

test_allow_exact_version if {
	every version in ["2.3.1", "= 2.3.1", "=2.3.1", " 2.3.1 ", "v2.3.1", "2.3.1-rc.1", "2.3.1+build.7", "2.3", ">= 2.0.0, 2.3.1"] {
		_denied({"m": _call(_golden, version, [_model])}) == set()
	}
}

test_allow_part_of_a_golden_module if {
	_denied({"m": _call(concat("", [_golden, "//modules/serverless"]), "1.2.3", [_model])}) == set()
}

test_a_source_without_host_is_of_the_public_registry if {
	_denied({"m": _call("northwind/endpoint/aws", "1.2.3", [_model])}) == set()
	_denied({"m": _call("northwind/endpoint/aws//modules/a", "1.2.3", [_model])}) == set()
	_denied({"m": _call("northwind-labs/endpoint/aws", "1.2.3", [_model])}) == {["module.m", ["source"]]}
	_denied({"m": _call("northwind/endpoint", "1.2.3", [_model])}) == {["module.m", ["source"]]}
}

test_a_repository_is_pinned_by_a_commit if {
	every rest in ["?ref=6f1ed002ab5595859014ebf0951522d9", "?ref=v1.2.3", "?ref=main", "", concat("", ["?ref=", _commit, "0"])] {
		_denied({"m": _call(concat("", ["git::https://git.acme.example/endpoint", rest]), "", [_model])}) == {["module.m", ["version"]]}
	}
	every rest in [concat("", ["?ref=", _commit]), concat("", ["?depth=1&ref=", _commit]), concat("", ["?ref=", _commit, "&depth=1"])] {
		_denied({"m": _call(concat("", ["git::https://git.acme.example/endpoint", rest]), "", [_model])}) == set()
	}
}

test_allow_modules_without_ai if {
	_denied({"m": _call("github.com/acme/queue", "", [fixture.known("aws_sqs_queue.this", {})])}) == set()
	_denied({"m": _call("github.com/acme/lookup", "", [fixture.known("data.aws_sagemaker_prebuilt_ecr_image.this", {})])}) == set()
	_denied({}) == set()
}

test_folders_are_looked_through if {
	inner := {"b": _call("github.com/acme/endpoint", "", [_model])}
	every source in ["./modules/a", "../a"] {
		_denied({"a": _call(source, "", [_model])}) == set()
		_denied({"a": object.union(_call(source, "", []), {"module": {"module_calls": inner}})}) == {["module.a.module.b", ["source"]]}
	}
}

# Deeper, the module from elsewhere is answered for by its call.
test_what_comes_with_a_module_is_its_own if {
	calls := {"b": _call("./b", "", [])}
	deep := object.union_n([calls.b, {"module": {"module_calls": {"c": _call("github.com/acme/c", "", [_model])}}}])
	_denied({"a": object.union(_call(_golden, "1.2.3", []), {"module": {"module_calls": {"b": deep}}})}) == set()
	_denied({"a": object.union(_call("github.com/acme/a", "", []), {"module": {"module_calls": {"b": deep}}})}) == {[
		"module.a",
		["source"],
	]}
	_denied({"a": object.union(_call("./a", "", []), {"module": {"module_calls": {"b": deep}}})}) == {[
		"module.a.module.b.module.c",
		["source"],
	]}
}

test_inactive_without_a_list if {
	_judged({"m": _call("github.com/acme/endpoint", "", [_model])}) == set()
	_judged({"m": _call(_golden, "", [_model])}) == set()
}

_golden := "app.terraform.io/acme/endpoint/aws"

_commit := "6f1ed002ab5595859014ebf0951522d9a1b2c3d4"

_model := fixture.known("aws_sagemaker_model.this", {})

_call(source, version, resources) := object.union(
	fixture.call({}, resources, {}),
	{"source": source, "version_constraint": version},
)

_denied(calls) := paths if {
	paths := _judged(calls) with data.plangate.config as {"parameters": {"PL-006": {"golden_registries": [
		"app.terraform.io/acme",
		"registry.terraform.io/northwind",
		"git::https://git.acme.example/*",
	]}}}
}

_judged(calls) := paths if {
	paths := {[f.address, f.path] | some f in policy.deny} with input as fixture.plan_with_modules([], calls, [])
}
