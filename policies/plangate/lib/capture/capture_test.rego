package plangate.lib.capture_test

import data.plangate.lib.capture
import data.plangate.lib.fixture_test as fixture

test_on if {
	_answers(_known([{"enable_capture": true}])) == {"certain": {_path}, "uncertain": set(), "unseen": false}
}

test_off if {
	every blocks in [null, [], [{}], [{"enable_capture": null}], [{"enable_capture": false}]] {
		_answers(_known(blocks)) == _nothing
	}
	_answers(_switch({})) == _nothing
}

test_unknown_switch if {
	_answers(_switch({"enable_capture": fixture.refers(["terraform_data.a.output"])})) == {
		"certain": set(),
		"uncertain": {_path},
		"unseen": false,
	}
}

test_unknown_block if {
	_answers(fixture.resource(_address, {}, {"data_capture_config": true}, {})) == {
		"certain": set(),
		"uncertain": set(),
		"unseen": true,
	}
}

_address := "aws_sagemaker_endpoint_configuration.this"

_path := ["data_capture_config", 0, "kms_key_id"]

_nothing := {"certain": set(), "uncertain": set(), "unseen": false}

_known(blocks) := fixture.known(_address, {"data_capture_config": blocks})

_switch(expressions) := fixture.resource(
	_address,
	{"data_capture_config": [{}]},
	{"data_capture_config": [{"enable_capture": true}]},
	{"data_capture_config": [expressions]},
)

_answers(r) := answers if {
	answers := {
		"certain": capture.certain(r.change, "kms_key_id"),
		"uncertain": capture.uncertain(r.change, "kms_key_id"),
		"unseen": count({1 | capture.unseen(r.change)}) == 1,
	} with input as fixture.plan([r])
}
