package plangate.policies.training_clusters.unrestricted_egress_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.unrestricted_egress as policy

test_deny_the_three_writings if {
	_answers([
		fixture.known("aws_vpc_security_group_egress_rule.this", {"ip_protocol": "-1", "cidr_ipv6": "::/0"}),
		fixture.known("aws_security_group_rule.this", {
			"type": "egress", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"],
		}),
		fixture.known("aws_security_group.this", {"egress": [{
			"protocol": "-1", "from_port": 0, "to_port": 0,
			"cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"], "ipv6_cidr_blocks": [],
		}]}),
	]) == {
		"deny": {
			["aws_vpc_security_group_egress_rule.this", ["cidr_ipv6"]],
			["aws_security_group_rule.this", ["cidr_blocks"]],
			["aws_security_group.this", ["egress", 0, "cidr_blocks"]],
		},
		"undecided": set(),
	}
}

test_deny_every_tcp_port if {
	_answers([fixture.known(_address, _rule("tcp", 0, 65535, "0.0.0.0/0"))]) == _denied
}

test_allow_one_port if {
	_answers([fixture.known(_address, _rule("tcp", 443, 443, "0.0.0.0/0"))]) == _passed
}

test_allow_private_range if {
	_answers([fixture.known(_address, _rule("-1", null, null, "10.0.0.0/8"))]) == _passed
}

test_allow_no_range if {
	_answers([fixture.known(_address, {
		"ip_protocol": "-1",
		"cidr_ipv4": null, "cidr_ipv6": "", "prefix_list_id": "pl-1",
	})]) == _passed
}

test_allow_ingress if {
	_answers([
		fixture.known("aws_vpc_security_group_ingress_rule.this", _rule("-1", null, null, "0.0.0.0/0")),
		fixture.known("aws_security_group_rule.this", {"type": "ingress", "protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}),
	]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, _rule("-1", null, null, "0.0.0.0/0"))]) == _passed
}

test_undecided_unknown_range if {
	_answers([_unknown(["terraform_data.range.output"])]) == _open
}

test_allow_range_of_the_vpc if {
	_answers([_unknown(["aws_vpc.this.cidr_block"])]) == _passed
}

test_undecided_unknown_protocol if {
	_answers([fixture.resource(_address, {"cidr_ipv4": "0.0.0.0/0"}, {"ip_protocol": true}, {})]) == _open
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/unrestricted_egress",
		"severity": "high",
		"title": "security group lets all traffic out to the internet",
		"msg": concat(" ", [
			"aws_vpc_security_group_egress_rule.this:",
			"security group lets all traffic out to the internet (cidr_ipv4)",
		]),
		"remediation": concat(" ", [
			"name what the nodes call: `prefix_list_id` for S3, `referenced_security_group_id` for VPC",
			"endpoints and each other, `cidr_ipv4 = aws_vpc.<name>.cidr_block`, or single ports such as 443",
		]),
		"address": _address,
		"path": ["cidr_ipv4"],
		"frameworks": {
			"nist_800_53": ["SC-7(5)", "AC-4"],
			"mitre_atlas": ["AML.T0025"],
			"owasp_llm": ["LLM02:2025"],
		},
		"aliases": ["CP-007", "CKV_AWS_382", "AWS-0104"],
	}} with input as fixture.plan([fixture.known(_address, _rule("-1", null, null, "0.0.0.0/0"))])
}

_address := "aws_vpc_security_group_egress_rule.this"

_denied := {"deny": {[_address, ["cidr_ipv4"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["cidr_ipv4"]]}}

_passed := {"deny": set(), "undecided": set()}

_rule(protocol, from, to, range) := {"ip_protocol": protocol, "from_port": from, "to_port": to, "cidr_ipv4": range}

_unknown(references) := fixture.resource(
	_address, {"ip_protocol": "-1"},
	{"cidr_ipv4": true},
	{"cidr_ipv4": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
