package plangate.lib.kms_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.kms

test_missing if {
	every value in [null, "", "alias/aws/s3", "arn:aws:kms:eu-west-1:111122223333:alias/aws/sagemaker"] {
		_known(value) == {"missing": true, "undecided": false}
	}
	_answers(fixture.known("aws_x.this", {})) == {"missing": true, "undecided": false}
	_answers(fixture.resource("aws_x.this", {}, {"key": true}, {})) == {"missing": true, "undecided": false}
}

test_customer_key if {
	every value in [
		"arn:aws:kms:eu-west-1:111122223333:key/1111",
		"alias/models",
		"arn:aws:kms:eu-west-1:111122223333:alias/models",
		"alias/awsome",
		"1111-2222",
		7,
	] {
		_known(value) == {"missing": false, "undecided": false}
	}
}

test_key_of_this_plan if {
	every type in [
		"aws_kms_key", "aws_kms_alias", "aws_kms_external_key",
		"aws_kms_replica_key", "aws_kms_replica_external_key",
	] {
		_refers([concat(".", [type, "this", "arn"])]) == {"missing": false, "undecided": false}
	}
}

test_undecided if {
	every references in [
		["local.key"],
		["data.aws_kms_key.this.arn"],
		["data.aws_kms_alias.this.target_key_arn"],
		["aws_kms_ciphertext.this.id"],
		["aws_kms_key.this.arn", "local.key"],
		["module.gone.arn"],
	] {
		_refers(references) == {"missing": false, "undecided": true}
	}
}

test_key_that_the_apply_looks_up if {
	every lookup in [["data.aws_kms_key.this", "key_id", "arn"], ["data.aws_kms_alias.this", "name", "target_key_arn"]] {
		_looked_up(lookup, {lookup[1]: "alias/models"}, {}, []) == {"missing": false, "undecided": false}
		_looked_up(lookup, {}, {lookup[1]: true}, ["aws_kms_alias.this.name"]) == {"missing": false, "undecided": false}
		_looked_up(lookup, {}, {lookup[1]: true}, ["terraform_data.this.output"]) == {"missing": false, "undecided": true}
		_looked_up(lookup, {lookup[1]: "alias/aws/s3"}, {}, []) == {"missing": false, "undecided": true}
	}
}

_looked_up([data_source, name, attribute], after, unknown, references) := answers if {
	r := fixture.resource("aws_x.this", {}, {"key": true}, {"key": fixture.refers([concat(".", [data_source, attribute])])})
	source := fixture.resource(data_source, after, unknown, {name: fixture.refers(references)})
	answers := {
		"missing": count({1 | kms.missing(r.change, ["key"])}) == 1,
		"undecided": count({1 | kms.undecided(r.change, ["key"])}) == 1,
	} with input as fixture.plan([r, source])
}

_known(value) := _answers(fixture.known("aws_x.this", {"key": value}))

_refers(references) := _answers(fixture.resource(
	"aws_x.this", {},
	{"key": true},
	{"key": fixture.refers(references)},
))

_answers(r) := answers if {
	answers := {
		"missing": count({1 | kms.missing(r.change, ["key"])}) == 1,
		"undecided": count({1 | kms.undecided(r.change, ["key"])}) == 1,
	} with input as fixture.plan([r])
}
