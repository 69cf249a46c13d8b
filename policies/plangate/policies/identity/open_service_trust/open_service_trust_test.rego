package plangate.policies.identity.open_service_trust_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.identity.open_service_trust as policy

test_deny_services_of_models if {
	every service in ["sagemaker.amazonaws.com", "bedrock.amazonaws.com", "bedrock-agentcore.amazonaws.com"] {
		_under(service, {}) == _denied
		_under(["lambda.amazonaws.com", service], {}) == _denied
	}
}

test_deny_condition_that_binds_nothing if {
	every condition in [
		{"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
		{"ArnLike": {"aws:SourceArn": "*"}},
		{"ArnLike": {"aws:SourceArn": "arn:aws:bedrock:*:*:agent/*"}},
		{"StringLike": {"aws:SourceAccount": ["111122223333", "*"]}},
		{"StringNotEquals": {"aws:SourceAccount": "111122223333"}},
		{"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}},
		{"Null": {"aws:SourceArn": "false"}},
		{"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
	] {
		_under("bedrock.amazonaws.com", condition) == _denied
	}
}

test_deny_second_statement if {
	_answers([_role(json.marshal({"Statement": [
		_trust("bedrock.amazonaws.com", {"StringEquals": {"aws:SourceAccount": "111122223333"}}),
		_trust("sagemaker.amazonaws.com", {}),
	]}))]) == {"deny": {["aws_iam_role.this", ["assume_role_policy", "Statement", 1]]}, "undecided": set()}
}

test_allow_bound if {
	every condition in [
		{"StringEquals": {"aws:SourceAccount": "111122223333"}},
		{"StringEquals": {"aws:sourceaccount": ["111122223333", "444455556666"]}},
		{"ArnLike": {"aws:SourceArn": "arn:aws:bedrock:eu-west-1:111122223333:knowledge-base/*"}},
		{"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}},
		{"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-a1b2c3d4e5/*"}},
	] {
		_under("bedrock.amazonaws.com", condition) == _passed
	}
}

test_allow_others if {
	_under("lambda.amazonaws.com", {}) == _passed
	_under("mysagemaker.example", {}) == _passed
	_answers([_role(json.marshal({"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}}}))]) == _passed
	_answers([_role(json.marshal({"Statement": object.union(_trust("sagemaker.amazonaws.com", {}), {"Effect": "Deny"})}))]) == _passed
}

test_dev_is_left_out if {
	answers := _under("sagemaker.amazonaws.com", {}) with data.plangate.config as {"environment": "dev"}
	answers == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_iam_role.this", {"assume_role_policy": json.marshal({"Statement": _trust("sagemaker.amazonaws.com", {})})})]) == _passed
}

test_undecided_trust_that_nobody_sees if {
	_answers([_unknown("terraform_data.handoff.output")]) == _open
	_answers([_unknown("aws_iam_role.other.arn")]) == _open
}

test_allow_trust_in_identities_outside_of_aws if {
	every type in ["aws_eks_cluster", "aws_iam_openid_connect_provider", "aws_iam_saml_provider"] {
		_answers([_unknown(concat(".", [type, "x", "arn"]))]) == _passed
		_answers([_unknown(concat(".", ["data", type, "x", "arn"]))]) == _passed
	}
}

test_document_without_a_condition if {
	_made(_block([_services]), {}, []) == _denied_document
	_made(object.union(_block([_services]), {"condition": [_source(["*"])]}), {}, []) == _denied_document
}

test_document_bound if {
	_made(object.union(_block([_services]), {"condition": [_source(["arn:aws:bedrock:eu-west-1:111122223333:agent/*"])]}), {}, []) == _passed
	unknown := {"condition": [{"values": [true]}]}
	_made(object.union(_block([_services]), {"condition": [_source([null])]}), unknown, []) == _passed
}

test_document_parts_that_come_with_the_apply if {
	_made(_block([_services]), {"condition": true}, []) == _open
	_made(object.remove(_block([_services]), ["effect"]), {"effect": true}, []) == _open
	someone := _block([{"type": "Service", "identifiers": [null]}])
	unknown := {"principals": [{"identifiers": [true]}]}
	_made(someone, unknown, ["terraform_data.handoff.output"]) == _open
	_made(object.union(someone, {"condition": [_source(["arn:aws:bedrock:eu-west-1:111122223333:*"])]}), unknown, ["terraform_data.x.output"]) == _passed
	_made(_block([_services, {"type": "AWS", "identifiers": [null]}]), {"principals": [{}, {"identifiers": [true]}]}, ["terraform_data.x.output"]) == _denied_document
	_made(_block([{"type": "AWS", "identifiers": [null]}]), unknown, ["terraform_data.handoff.output"]) == _passed
	_made(_block([{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}]), {"condition": true}, []) == _passed
}

_role(text) := fixture.known("aws_iam_role.this", {"name": "inference", "assume_role_policy": text})

_trust(service, condition) := {
	"Effect": "Allow",
	"Action": "sts:AssumeRole",
	"Principal": {"Service": service},
	"Condition": condition,
}

_under(service, condition) := _answers([_role(json.marshal({"Statement": [_trust(service, condition)]}))])

_unknown(reference) := fixture.resource(
	"aws_iam_role.this", {"name": "inference"}, {"assume_role_policy": true},
	{"assume_role_policy": fixture.refers([reference])},
)

_services := {"type": "Service", "identifiers": ["sagemaker.amazonaws.com"]}

_source(values) := {"test": "ArnLike", "variable": "aws:SourceArn", "values": values}

_block(names) := {"effect": "Allow", "actions": ["sts:AssumeRole"], "principals": names, "condition": []}

_made(block, unknown, references) := _answers([_unknown("data.aws_iam_policy_document.this.json"), fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": [block]}, {"json": true, "statement": [unknown]},
	{"statement": [{"principals": [{"identifiers": fixture.refers(references)}]}]},
)])

_denied := {"deny": {["aws_iam_role.this", ["assume_role_policy", "Statement", 0]]}, "undecided": set()}

_denied_document := {"deny": {["aws_iam_role.this", ["assume_role_policy"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_iam_role.this", ["assume_role_policy"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
