package plangate.lib.variants_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.variants

test_shells if {
	_shells(_known([{"enable_ssm_access": true}])) == {"wrong": {_at(0, ["enable_ssm_access"])}, "open": set()}
	_shells(_known([{"enable_ssm_access": false}, {"enable_ssm_access": true}])) == {
		"wrong": {_at(1, ["enable_ssm_access"])},
		"open": set(),
	}
}

test_no_shells if {
	every variants in [null, [], [{}], [{"enable_ssm_access": null}], [{"enable_ssm_access": false}], [{"serverless_config": [{}]}]] {
		_shells(_known(variants)) == _nothing
	}
	_shells(fixture.known(_address, {"other_variants": [{"enable_ssm_access": true}]})) == _nothing
}

test_shells_that_only_the_apply_knows if {
	_shells(_unknown({"enable_ssm_access": true}, {"enable_ssm_access": fixture.refers(["terraform_data.a.output"])})) == {
		"wrong": set(),
		"open": {_at(0, ["enable_ssm_access"])},
	}
	_shells(_unseen) == _all_open
	_shells(_unseen_element) == {"wrong": set(), "open": {_at(0, ["enable_ssm_access"])}}
}

test_dumps if {
	every key in [null, "", "alias/aws/s3", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3"] {
		_dumps(_known([{"core_dump_config": [{"kms_key_id": key}]}])) == {"wrong": {_key(0)}, "open": set()}
	}
	_dumps(_known([{"core_dump_config": [{"kms_key_id": _customer}]}, {"core_dump_config": [{}]}])) == {
		"wrong": {_key(1)},
		"open": set(),
	}
}

test_no_dumps if {
	every variants in [
		null, [], [{}],
		[{"core_dump_config": []}],
		[{"core_dump_config": null}],
		[{"core_dump_config": [{"kms_key_id": _customer}]}],
	] {
		_dumps(_known(variants)) == _nothing
	}
	_dumps(_with_key(["aws_kms_key.this.arn"])) == _nothing
}

test_dumps_that_only_the_apply_knows if {
	_dumps(_with_key(["terraform_data.a.output"])) == {"wrong": set(), "open": {_key(0)}}
	_dumps(_unknown({"core_dump_config": true}, {})) == {"wrong": set(), "open": {_at(0, ["core_dump_config"])}}
	_dumps(_unseen) == _all_open
	_dumps(_unseen_element) == {"wrong": set(), "open": {_at(0, ["core_dump_config"])}}
}

test_types if {
	_types(_known([{"instance_type": "ml.m5.xlarge"}, {"instance_type": "ml.p5.48xlarge"}])) == {
		"wrong": {_at(1, ["instance_type"])},
		"open": set(),
	}
}

test_approved_types if {
	every variants in [
		null, [], [{}],
		[{"instance_type": null}],
		[{"instance_type": "ml.m5.xlarge"}, {"instance_type": "ml.g5.12xlarge"}],
	] {
		_types(_known(variants)) == _nothing
	}
}

test_types_that_only_the_apply_knows if {
	_types(_unknown({"instance_type": true}, {"instance_type": fixture.refers(["terraform_data.a.output"])})) == {
		"wrong": set(),
		"open": {_at(0, ["instance_type"])},
	}
	_types(_unseen) == _all_open
	_types(_unseen_element) == {"wrong": set(), "open": {_at(0, ["instance_type"])}}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_customer := "arn:aws:kms:eu-west-1:111122223333:key/1111"

_nothing := {"wrong": set(), "open": set()}

_all_open := {"wrong": set(), "open": {["variants"]}}

_at(i, rest) := array.concat(["variants", i], rest)

_key(i) := _at(i, ["core_dump_config", 0, "kms_key_id"])

_known(variants) := fixture.known(_address, {"variants": variants})

_unknown(unknown, expressions) := fixture.resource(
	_address,
	{"variants": [{}]},
	{"variants": [unknown]},
	{"variants": [expressions]},
)

_with_key(references) := fixture.resource(
	_address,
	{"variants": [{"core_dump_config": [{}]}]},
	{"variants": [{"core_dump_config": [{"kms_key_id": true}]}]},
	{"variants": [{"core_dump_config": [{"kms_key_id": fixture.refers(references)}]}]},
)

_unseen := fixture.resource(_address, {}, {"variants": true}, {})

_unseen_element := fixture.resource(_address, {"variants": [null]}, {"variants": [true]}, {})

_shells(r) := answers if {
	answers := variants.shells(r.change, "variants") with input as fixture.plan([r])
}

_dumps(r) := answers if {
	answers := variants.dumps(r.change, "variants") with input as fixture.plan([r])
}

_types(r) := answers if {
	answers := variants.types(r.change, "variants", ["ml.m5.xlarge", "ml.g5.*"]) with input as fixture.plan([r])
}
