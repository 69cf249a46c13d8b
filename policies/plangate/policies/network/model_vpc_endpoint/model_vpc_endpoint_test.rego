package plangate.policies.network.model_vpc_endpoint_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.network.model_vpc_endpoint as policy

test_deny_no_policy if {
	every policy_text in [null, ""] {
		_answers([_endpoint({"policy": policy_text})]) == _denied
	}
	_answers([_computed({})]) == _denied
	_answers([_computed({"policy": {"constant_value": null}})]) == _denied
}

test_deny_services_of_models if {
	every service in [
		"com.amazonaws.eu-west-1.bedrock", "com.amazonaws.eu-west-1.bedrock-agent-runtime", "com.amazonaws.us-gov-west-1.bedrock-runtime-fips",
		"com.amazonaws.eu-west-1.sagemaker.api", "com.amazonaws.eu-west-1.sagemaker.runtime", "aws.sagemaker.eu-west-1.notebook",
	] {
		_answers([_endpoint({"service_name": service, "policy": null})]) == _denied
	}
	every service in ["com.amazonaws.eu-west-1.s3", "com.amazonaws.eu-west-1.ecr.api", "com.amazonaws.vpce.eu-west-1.vpce-svc-bedrock", "bedrock"] {
		_answers([_endpoint({"service_name": service, "policy": null, "private_dns_enabled": false})]) == _passed
	}
}

test_deny_full_access if {
	every change in [
		{}, {"Principal": {"AWS": "*"}}, {"Principal": {"AWS": ["*"]}}, {"Action": ["*"]}, {"Action": "bedrock:*"}, {"Action": "bedrock-agent:*"},
		{"Resource": ["arn:aws:s3:::a", "*"]}, {"Condition": {}},
	] {
		_answers([_with([_statement(change)])]) == _denied
	}
}

test_allow_less if {
	every change in [
		{"Effect": "Deny"},
		{"Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}},
		{"Action": "bedrock:InvokeModel"},
		{"Resource": "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0"},
		{"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}},
		{"Condition": {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}},
	] {
		_answers([_with([_statement(change)])]) == _passed
	}
	_answers([_with([_statement({}), {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {
		"aws:PrincipalOrgID": "o-a1b2c3d4e5",
	}}}])]) == _passed
}

test_full_access_is_one_statement if {
	_answers([_with([
		_statement({"Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}}),
		_statement({"Action": "bedrock:InvokeModel", "Resource": "arn:aws:bedrock:eu-west-1::foundation-model/a"}),
	])]) == _passed
}

test_deny_without_private_dns if {
	every enabled in [false, null] {
		_answers([_endpoint({"private_dns_enabled": enabled})]) == {
			"deny": {["aws_vpc_endpoint.this", ["private_dns_enabled"]]},
			"undecided": set(),
		}
	}
}

test_policy_of_its_own if {
	_answers([_endpoint({"policy": null}), _part("aws_vpc_endpoint.this.id", _narrow)]) == _passed
	_answers([_endpoint({"policy": null}), _part("aws_vpc_endpoint.this.id", _wide)]) == {
		"deny": {["aws_vpc_endpoint_policy.this", ["policy"]]},
		"undecided": set(),
	}
	_answers([_endpoint({"policy": null}), _part("aws_vpc_endpoint.other.id", _narrow), _other]) == _denied
	_answers([_part("aws_vpc_endpoint.other.id", _wide), _other]) == _passed
}

test_undecided_whose_policy_it_is if {
	_answers([_endpoint({"policy": null}), _part("local.endpoint", _narrow)]) == _open
	_answers([_endpoint({}), _part("local.endpoint", _narrow)]) == _passed
	stray := fixture.resource(
		"aws_vpc_endpoint_policy.stray", {"policy": _narrow}, {"vpc_endpoint_id": true},
		{"vpc_endpoint_id": fixture.refers(["local.endpoint"])},
	)
	_answers([_endpoint({"policy": null}), _part("aws_vpc_endpoint.this.id", _narrow), stray]) == _passed
	elsewhere := fixture.known("aws_vpc_endpoint_policy.this", {"policy": _narrow, "vpc_endpoint_id": "vpce-1a2b3c4d"})
	_answers([_endpoint({"policy": null}), elsewhere]) == _denied
}

test_undecided_policy_that_nobody_sees if {
	_answers([_unknown("terraform_data.handoff.output")]) == _open
	_answers([_unknown("aws_iam_role.app.arn")]) == _open
}

test_undecided_private_dns if {
	_answers([fixture.resource(
		"aws_vpc_endpoint.this", {"service_name": _bedrock, "policy": _narrow}, {"private_dns_enabled": true},
		{"private_dns_enabled": fixture.refers(["terraform_data.dns.output"])},
	)]) == {"deny": set(), "undecided": {["aws_vpc_endpoint.this", ["private_dns_enabled"]]}}
}

test_document if {
	_made([_block({})], []) == _denied
	_made([_block({"effect": null})], [{"sid": true}]) == _denied
	_made([_block({"actions": ["bedrock:InvokeModel"], "principals": [_someone]})], [{"principals": [{"identifiers": [true]}]}]) == _passed
	_made([_block({"actions": ["bedrock:InvokeModel"]}), _block({"principals": [{"type": "AWS", "identifiers": ["111122223333"]}]})], []) == _passed
}

test_document_whose_parts_come_with_the_apply if {
	_made([_block({"principals": [_someone]})], [{"principals": [{"identifiers": [true]}]}]) == _open
	_made([_block({"resources": [null]})], [{"resources": [true]}]) == _open
	_made([_block({})], [{"condition": true}]) == _open
	_made([object.remove(_block({}), ["effect"])], [{"effect": true}]) == _open
}

test_dev_is_left_out if {
	answers := _answers([_endpoint({"policy": null})]) with data.plangate.config as {"environment": "dev"}
	answers == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted("aws_vpc_endpoint.this", {"service_name": _bedrock})]) == _passed
}

_bedrock := "com.amazonaws.eu-west-1.bedrock-runtime"

_statement(change) := object.union(
	object.remove({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}, object.keys(change)),
	change,
)

_text(statements) := json.marshal({"Version": "2012-10-17", "Statement": statements})

_wide := _text([_statement({})])

_narrow := _text([_statement({"Action": "bedrock:InvokeModel"})])

_endpoint(attributes) := fixture.known("aws_vpc_endpoint.this", object.union(
	{"service_name": _bedrock, "private_dns_enabled": true, "policy": _narrow},
	attributes,
))

_with(statements) := _endpoint({"policy": _text(statements)})

# As the provider shows an endpoint of which nobody wrote down a policy.
_computed(expressions) := fixture.resource(
	"aws_vpc_endpoint.this", {"service_name": _bedrock, "private_dns_enabled": true},
	{"policy": true}, expressions,
)

_unknown(reference) := _computed({"policy": fixture.refers([reference])})

_other := fixture.known("aws_vpc_endpoint.other", {"service_name": "com.amazonaws.eu-west-1.s3"})

_part(reference, text) := fixture.resource(
	"aws_vpc_endpoint_policy.this", {"policy": text}, {"vpc_endpoint_id": true},
	{"vpc_endpoint_id": fixture.refers([reference])},
)

_someone := {"type": "AWS", "identifiers": [null]}

_block(change) := object.union(
	{"effect": "Allow", "actions": ["*"], "resources": ["*"], "condition": [], "principals": [{"type": "*", "identifiers": ["*"]}]},
	change,
)

_made(blocks, unknown) := _answers([_unknown("data.aws_iam_policy_document.this.json"), fixture.resource(
	"data.aws_iam_policy_document.this", {"statement": blocks}, {"json": true, "statement": unknown},
	{"statement": [{"principals": [{"identifiers": fixture.refers(["terraform_data.x.output"])}], "resources": fixture.refers(["terraform_data.x.output"])}]},
)])

_denied := {"deny": {["aws_vpc_endpoint.this", ["policy"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {["aws_vpc_endpoint.this", ["policy"]]}}

_passed := {"deny": set(), "undecided": set()}

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
