package plangate.policies.training_clusters.open_ports_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.policies.training_clusters.open_ports as policy

test_deny_the_three_writings if {
	_answers([
		fixture.known("aws_vpc_security_group_ingress_rule.this", _rule(8888, 8888, "0.0.0.0/0")),
		fixture.known("aws_security_group_rule.this", {
			"type": "ingress", "protocol": "tcp", "from_port": 8888, "to_port": 8888, "cidr_blocks": ["0.0.0.0/0"],
		}),
		fixture.known("aws_security_group.this", {"ingress": [{
			"protocol": "tcp", "from_port": 8888, "to_port": 8888, "ipv6_cidr_blocks": ["::/0"],
		}]}),
	]) == {
		"deny": {
			["aws_vpc_security_group_ingress_rule.this", ["cidr_ipv4"]],
			["aws_security_group_rule.this", ["cidr_blocks"]],
			["aws_security_group.this", ["ingress", 0, "ipv6_cidr_blocks"]],
		},
		"undecided": set(),
	}
}

test_deny_range_that_holds_a_port if {
	_answers([fixture.known(_address, _rule(8883, 8893, "0.0.0.0/0"))]) == _denied
}

test_deny_every_protocol if {
	_answers([fixture.known(_address, {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"})]) == _denied
}

test_deny_each_port if {
	every port in [8000, 8001, 8002, 8080, 8265, 8500, 8501, 8888, 11434] {
		_answers([fixture.known(_address, _rule(port, port, "0.0.0.0/0"))]) == _denied
	}
}

test_allow_other_port if {
	_answers([fixture.known(_address, _rule(443, 443, "0.0.0.0/0"))]) == _passed
}

test_allow_private_range if {
	_answers([fixture.known(_address, _rule(8888, 8888, "10.0.0.0/8"))]) == _passed
}

test_allow_no_range if {
	_answers([fixture.known(_address, {
		"ip_protocol": "-1",
		"cidr_ipv4": null, "cidr_ipv6": null, "referenced_security_group_id": "sg-1",
	})]) == _passed
}

test_allow_egress if {
	_answers([
		fixture.known("aws_vpc_security_group_egress_rule.this", _rule(8888, 8888, "0.0.0.0/0")),
		fixture.known("aws_security_group_rule.this", {
			"type": "egress", "protocol": "tcp", "from_port": 8888, "to_port": 8888, "cidr_blocks": ["0.0.0.0/0"],
		}),
	]) == _passed
}

test_allow_deleted if {
	_answers([fixture.deleted(_address, _rule(8888, 8888, "0.0.0.0/0"))]) == _passed
}

test_undecided_unknown_range if {
	_answers([_unknown(["terraform_data.range.output"])]) == _open
}

test_allow_range_of_the_vpc if {
	_answers([_unknown(["aws_vpc.this.cidr_block"])]) == _passed
}

test_undecided_unknown_port if {
	_answers([fixture.resource(
		_address,
		{"ip_protocol": "tcp", "cidr_ipv4": "0.0.0.0/0"},
		{"from_port": true, "to_port": true},
		{},
	)]) == _open
}

test_finding_says_what_why_where_and_how if {
	policy.deny == {{
		"id": "training_clusters/open_ports",
		"severity": "critical",
		"title": "model server or notebook ports are open to the internet",
		"msg": "aws_vpc_security_group_ingress_rule.this: model server or notebook ports are open to the internet (cidr_ipv4)",
		"remediation": concat(" ", [
			"let in the load balancer or the clients only, `referenced_security_group_id =",
			"aws_security_group.<clients>.id` or `cidr_ipv4 = aws_vpc.<name>.cidr_block`, instead of",
			"`0.0.0.0/0` or `::/0`",
		]),
		"address": _address,
		"path": ["cidr_ipv4"],
		"frameworks": {
			"nist_800_53": ["SC-7", "AC-17"],
			"mitre_atlas": ["AML.T0049", "AML.T0040"],
			"owasp_llm": ["LLM10:2025"],
		},
		"aliases": ["CP-006", "AWS-0107"],
	}} with input as fixture.plan([fixture.known(_address, _rule(8888, 8888, "0.0.0.0/0"))])
}

_address := "aws_vpc_security_group_ingress_rule.this"

_denied := {"deny": {[_address, ["cidr_ipv4"]]}, "undecided": set()}

_open := {"deny": set(), "undecided": {[_address, ["cidr_ipv4"]]}}

_passed := {"deny": set(), "undecided": set()}

_rule(from, to, range) := {"ip_protocol": "tcp", "from_port": from, "to_port": to, "cidr_ipv4": range}

_unknown(references) := fixture.resource(
	_address, {"ip_protocol": "tcp", "from_port": 8888, "to_port": 8888},
	{"cidr_ipv4": true},
	{"cidr_ipv4": fixture.refers(references)},
)

_answers(resources) := answers if {
	answers := {
		"deny": {[f.address, f.path] | some f in policy.deny},
		"undecided": {[f.address, f.path] | some f in policy.undecided},
	} with input as fixture.plan(resources)
}
