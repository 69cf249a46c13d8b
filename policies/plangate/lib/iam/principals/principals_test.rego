package plangate.lib.iam.principals_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.principals

test_public_everybody if {
	every principal in ["*", {"AWS": "*"}, {"AWS": ["*"]}, {"AWS": [_root, "*"]}, {"*": "*"}, {"AWS": "arn:aws:iam::*:root"}] {
		_of({"Effect": "Allow", "Principal": principal}) == _public
	}
}

test_public_everybody_but if {
	_of({"Effect": "Allow", "NotPrincipal": {"AWS": _root}}) == _public
}

test_public_in_a_single_statement if {
	resource := _written({"Statement": {"Effect": "Allow", "Principal": "*"}})
	_answers([resource]) == _public
}

test_public_names_the_statement if {
	resource := _written({"Statement": [
		{"Effect": "Allow", "Principal": {"AWS": _root}},
		{"Effect": "Deny", "Principal": "*", "Action": "kms:Encrypt"},
		{"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt"},
	]})
	_answers([resource]).public == {["policy", "Statement", 2]}
}

test_closed_others if {
	every principal in [
		{"AWS": _root}, {"AWS": ["111122223333", "arn:aws:iam::111122223333:role/*"]},
		{"Service": "sagemaker.amazonaws.com"}, {"Service": "*"}, {"CanonicalUser": "79a59df9"}, {}, [],
	] {
		_of({"Effect": "Allow", "Principal": principal}) == _closed
	}
	_of({"Effect": "Deny", "Principal": "*"}) == _closed
	_of({"Principal": "*"}) == _closed
	_of({"Effect": "Allow"}) == _closed
}

test_closed_without_a_policy if {
	every text in [null, "", "{", "[]", "7", `{"Statement": [1]}`] {
		_answers([fixture.known(_address, {"policy": text})]) == _closed
	}
	_answers([fixture.resource(_address, {}, {"policy": true}, {})]) == _closed
}

test_closed_by_a_condition_that_fixes_who_calls if {
	every condition in [
		{"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
		{"StringEquals": {"AWS:PrincipalOrgId": ["o-a1b2c3d4e5", "o-b1b2c3d4e5"]}},
		{"StringEquals": {"aws:SourceAccount": "111122223333"}},
		{"StringEqualsIgnoreCase": {"aws:PrincipalAccount": "111122223333"}},
		{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}},
		{"StringEquals": {"kms:CallerAccount": "111122223333"}},
		{"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
		{"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}},
		{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::models-*"}},
		{"ArnEquals": {"aws:SourceArn": "arn:aws:sagemaker:*:111122223333:*"}},
		{"StringLike": {"aws:userid": "AROAEXAMPLE:*"}},
		{"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}},
		{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}},
		{"Bool": {"aws:PrincipalIsAWSService": "true"}},
		{"Bool": {"elasticfilesystem:AccessedViaMountTarget": true}},
		{"StringEquals": {"aws:PrincipalOrgID": "*"}},
		{"Bool": {"aws:SecureTransport": "true"}, "StringEquals": {"aws:SourceVpc": "vpc-1a2b3c4d"}},
	] {
		_under(condition) == _closed
	}
}

test_closed_by_every_key_that_fixes_who_calls if {
	every key in [
		"aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:userid",
		"aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
		"aws:SourceAccount", "aws:SourceArn", "aws:SourceOwner", "aws:SourceOrgID", "aws:SourceOrgPaths",
		"aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
		"kms:CallerAccount", "kms:ViaService",
		"s3:DataAccessPointAccount", "s3:DataAccessPointArn", "elasticfilesystem:AccessPointArn",
	] {
		_under({"StringEquals": {key: "x"}}) == _closed
		_under({"StringLike": {key: "x"}}) == _closed
		_under({"StringLike": {key: "*x"}}) == _public
	}
}

test_public_under_a_condition_that_does_not if {
	every condition in [
		{},
		{"Bool": {"aws:SecureTransport": "true"}},
		{"StringLike": {"aws:PrincipalOrgID": "*"}},
		{"StringLike": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-*"]}},
		{"StringLike": {"aws:PrincipalArn": "*"}},
		{"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/trainer"}},
		{"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}},
		{"ArnLike": {"aws:SourceArn": "arn:aws:sagemaker:eu-west-1:1111?2223333:*"}},
		{"ArnLike": {"aws:SourceArn": "arn:*"}},
		{"StringLike": {"aws:userid": "*:trainer"}},
		{"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
		{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
		{"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-1/"}},
		{"Null": {"aws:PrincipalOrgID": "false"}},
		{"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
		{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "::/0"]}},
		{"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
		{"Bool": {"aws:PrincipalIsAWSService": "false"}},
		{"StringEquals": {"aws:PrincipalTag/team": "ml"}},
		{"StringLike": {"aws:UserAgent": "acme"}},
	] {
		_under(condition) == _public
	}
}

test_closed_by_a_deny_that_shuts_out_all_others if {
	every denial in [
		{"Principal": "*", "Action": "*", "Resource": "*"},
		{"NotPrincipal": {"AWS": _root}, "Action": "kms:*", "Resource": "*"},
		_unless({"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
		_unless({"StringNotEqualsIfExists": {"aws:SourceAccount": "111122223333"}}),
		_unless({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}),
		_unless({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
		_unless({"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}),
		_unless({"StringNotLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}, "Bool": {"aws:ViaAWSService": "false"}}),
	] {
		_beside(denial) == _closed
	}
}

test_public_beside_a_deny_that_leaves_others if {
	every denial in [
		{"Principal": {"AWS": _root}, "Action": "*", "Resource": "*"},
		{"Principal": "*", "Action": "kms:Encrypt", "Resource": "*"},
		{"Principal": "*", "Action": "*", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/other"},
		_unless({"Bool": {"aws:SecureTransport": "false"}}),
		_unless({"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
		_unless({"StringNotLike": {"aws:PrincipalOrgID": "*"}}),
		_unless({"NotIpAddress": {"aws:SourceIp": "0.0.0.0/0"}}),
		_unless({"StringNotEquals": {"aws:PrincipalTag/team": "ml"}}),
		_unless({"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, "Bool": {"aws:SecureTransport": "false"}}),
		_unless({"Bool": {"aws:PrincipalIsAWSService": "true"}}),
	] {
		_beside(denial) == _public
	}
}

test_document_with_a_deny_that_shuts_out_all_others if {
	denial := object.union(
		_block([_names("*", ["*"])], [_condition("StringNotEquals", ["o-1"])]),
		{"effect": "Deny", "actions": ["kms:*"], "resources": ["*"]},
	)
	_made([_block([_names("*", ["*"])], []), denial], {}, []) == _closed
	_made([_block([_names("*", ["*"])], []), object.union(denial, {"actions": ["s3:*"]})], {}, []) == _public_document
}

test_accounts if {
	resource := _written({"Statement": [{"Effect": "Allow", "Principal": {"AWS": [
		"111122223333",
		"arn:aws:iam::444455556666:role/trainer",
		"arn:aws-cn:sts::777788889999:assumed-role/x/y",
		"AROAEXAMPLE",
		"arn:aws:iam::",
		"arn:aws:s3:::models",
		"*",
	]}}]})
	accounts := {account |
		some grant in principals.grants(resource.change, ["policy"])
		some account in principals.accounts(grant)
	} with input as fixture.plan([resource])
	accounts == {"111122223333", "444455556666", "777788889999"}
}

test_services if {
	every case in [
		[{"Service": "sagemaker.amazonaws.com"}, ["sagemaker.amazonaws.com"]],
		[{"Service": ["a", "b"], "AWS": _root}, ["a", "b"]],
		[{"AWS": _root}, []],
		["*", []],
	] {
		resource := _written({"Statement": [{"Effect": "Allow", "Principal": case[0]}]})
		_services([resource]) == [[case[1], false]]
	}
	_services([_policy, _services_of([_names("AWS", [_root]), _names("Service", ["a", null])], {})]) == [[["a"], false]]
}

test_services_that_come_with_the_apply if {
	unknown := {"principals": [{"identifiers": [true]}]}
	_services([_policy, _services_of([_names("Service", [null])], unknown)]) == [[[], true]]
	_services([_policy, _services_of([{"identifiers": [null]}], unknown)]) == [[[], true]]
	_services([_policy, _services_of([_names("AWS", [null])], unknown)]) == [[[], false]]
	_services([_policy, _services_of([], {"principals": true})]) == [[[], true]]
}

test_place_in_a_document if {
	places := [grant.at | some grant in principals.grants(_policy.change, ["policy"])] with input as fixture.plan([
		_policy,
		_document({"statement": [{"effect": "Deny"}, _block([], [])]}, {}, {}),
	])
	places == [["statement", 1]]
}

test_document_everybody if {
	every principal in [_names("AWS", ["*"]), _names("*", ["*"]), _names("AWS", [_root, "*"])] {
		_made([_block([principal], [])], {}, []) == _public_document
	}
	_made([object.union(_block([], []), {"not_principals": [_names("AWS", [_root])]})], {}, []) == _public_document
	_made([object.union(_block([_names("*", ["*"])], []), {"effect": "Allow"})], {}, []) == _public_document
}

test_document_others if {
	_made([_block([_names("AWS", [_root]), _names("Service", ["*"])], [])], {}, []) == _closed
	_made([object.union(_block([_names("*", ["*"])], []), {"effect": "Deny"})], {}, []) == _closed
	_made([_block([_names("*", ["*"])], [_condition("StringEquals", ["o-1"])])], {}, []) == _closed
}

test_document_condition_that_does_not_fix if {
	_made([_block([_names("*", ["*"])], [_condition("StringLike", ["o-*"])])], {}, []) == _public_document
}

test_document_principal_that_comes_with_the_apply if {
	block := _block([_names("AWS", [null])], [])
	unknown := {"principals": [{"identifiers": [true]}]}
	_made([block], unknown, ["aws_iam_role.trainer.arn"]) == _closed
	_made([block], unknown, ["terraform_data.handoff.output"]) == _open
	_made([_block([{"type": "AWS"}], [])], {"principals": [{"identifiers": true}]}, ["terraform_data.handoff.output"]) == _open
	_made([_block([_names("Service", [null])], [])], unknown, ["terraform_data.handoff.output"]) == _closed
	_made([_block([_names("AWS", [null])], [_condition("StringEquals", ["o-1"])])], unknown, ["terraform_data.handoff.output"]) == _closed
}

test_document_principals_in_a_dynamic_block if {
	every name in ["principals", "not_principals"] {
		_made([object.remove(_block([], []), [name])], {name: true}, []) == _open
	}
}

test_document_effect_that_comes_with_the_apply if {
	_made([object.remove(_block([_names("*", ["*"])], []), ["effect"])], {"effect": true}, []) == _open
	_made([object.remove(_block([_names("AWS", [_root])], []), ["effect"])], {"effect": true}, []) == _closed
	not_fixed := {"test": "Bool", "variable": "aws:SecureTransport", "values": ["true"]}
	_made([object.remove(_block([_names("*", ["*"])], [not_fixed]), ["effect"])], {"effect": true}, []) == _open
}

test_document_condition_that_comes_with_the_apply if {
	everybody := _names("*", ["*"])
	unknown := {"condition": [{"values": [true]}]}
	every operator in ["StringEquals", "StringEqualsIgnoreCase", "ForAnyValue:StringEquals"] {
		_made([_block([everybody], [_condition(operator, [null])])], unknown, []) == _closed
	}
	_made([_block([everybody], [_condition("StringLike", [null])])], unknown, []) == _open
	_made([object.remove(_block([everybody], []), ["condition"])], {"condition": true}, []) == _open
}

test_document_condition_by_reference if {
	document := _document(
		{"statement": [_block([_names("*", ["*"])], [_condition("StringLike", [null])])]},
		{"statement": [{"condition": [{"values": [true]}]}]},
		{"statement": [{"condition": [{"values": fixture.refers(["aws_vpc_endpoint.s3.id"])}]}]},
	)
	_answers([_policy, document]) == _closed
}

test_document_with_sources if {
	everybody := json.marshal({"Statement": [{"Sid": "Any", "Effect": "Allow", "Principal": "*"}]})
	denied := json.marshal({"Statement": [{"Sid": "Any", "Effect": "Deny", "Principal": "*"}]})
	every name in ["source_policy_documents", "override_policy_documents"] {
		_answers([_policy, _document({name: [everybody], "statement": []}, {}, {})]) == _public_document
		_answers([_policy, _document({name: [denied], "statement": []}, {}, {})]) == _closed
	}
	every name in ["source_json", "override_json"] {
		_answers([_policy, _document({name: everybody, "statement": []}, {}, {})]) == _public_document
	}
	_answers([_policy, _document(
		{"source_policy_documents": [everybody], "statement": [object.union(_block([], []), {"sid": "Any"})]},
		{}, {},
	)]) == _closed
	_answers([_policy, _document({"statement": []}, {"source_policy_documents": [true]}, {})]) == _open
}

test_policy_that_nobody_sees if {
	_answers([fixture.resource(_address, {}, {"policy": true}, {"policy": fixture.refers(["terraform_data.x.output"])})]) == _open
	_answers([fixture.resource(_address, {}, {"policy": true}, {"policy": fixture.refers(["aws_iam_role.x.arn"])})]) == _open
}

_address := "aws_kms_key.this"

_root := "arn:aws:iam::111122223333:root"

_public := {"public": {["policy", "Statement", 0]}, "undecided": set()}

_public_document := {"public": {["policy"]}, "undecided": set()}

_closed := {"public": set(), "undecided": set()}

_open := {"public": set(), "undecided": {true}}

_written(document) := fixture.known(_address, {"policy": json.marshal(document)})

_of(statement) := _answers([_written({"Statement": [statement]})])

_under(condition) := _of({"Effect": "Allow", "Principal": {"AWS": "*"}, "Condition": condition})

_unless(condition) := {"Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": condition}

_beside(denial) := _answers([_written({"Statement": [
	{"Effect": "Allow", "Principal": "*", "Action": ["kms:Decrypt", "kms:Describe*"], "Resource": "*"},
	object.union({"Effect": "Deny"}, denial),
]})])

_policy := fixture.resource(_address, {}, {"policy": true}, {"policy": fixture.refers(["data.aws_iam_policy_document.this.json"])})

_document(after, unknown, expressions) := fixture.resource(
	"data.aws_iam_policy_document.this", after, object.union({"json": true}, unknown),
	expressions,
)

_names(type, identifiers) := {"type": type, "identifiers": identifiers}

_condition(test, values) := {"test": test, "variable": "aws:PrincipalOrgID", "values": values}

_block(names, conditions) := {
	"sid": null,
	"effect": null,
	"actions": ["kms:Decrypt"],
	"principals": names,
	"not_principals": [],
	"condition": conditions,
}

_made(blocks, unknown, references) := _answers([_policy, _document(
	{"statement": blocks}, {"statement": [unknown]},
	{"statement": [{"principals": [{"identifiers": fixture.refers(references)}]}]},
)])

_services_of(names, unknown) := _document(
	{"statement": [_block(names, [])]}, {"statement": [unknown]},
	{"statement": [{"principals": [{"identifiers": fixture.refers(["terraform_data.x.output"])}]}]},
)

_services(resources) := services if {
	services := [[grant.services, "services" in grant.unknown] |
		some grant in principals.grants(resources[0].change, ["policy"])
	] with input as fixture.plan(resources)
}

_answers(resources) := answers if {
	r := resources[0].change
	answers := {
		"public": principals.public(r, ["policy"]),
		"undecided": {true | principals.undecided(r, ["policy"])},
	} with input as fixture.plan(resources)
}
