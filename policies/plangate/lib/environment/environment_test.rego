package plangate.lib.environment_test

import data.plangate.lib.environment
import data.plangate.lib.fixture_test as fixture

test_map_of_known_values if {
	every case in [
		[{}, []],
		[{"LOG_LEVEL": "info", "HF_TOKEN": ""}, []],
		[{"HF_TOKEN": _token, "LOG_LEVEL": "info", "OTHER": _token}, ["HF_TOKEN", "OTHER"]],
	] {
		_in_map(_map(case[0], {}, {}, [])) == {["env", name] | some name in case[1]}
	}
	_in_map(fixture.known(_address, {})) == set()
	_in_map(_map(null, {}, {}, [])) == set()
	_in_map(_map("text", {}, {}, [])) == set()
}

test_map_of_marked_values if {
	_in_map(_map({"A": "plain", "B": "plain"}, {}, {"A": true}, [])) == {["env", "A"]}
	_in_map(_map({"A": "", "B": "plain"}, {}, {"A": true}, [])) == set()
	_in_map(_map({"A": null}, {}, {"A": true}, [])) == set()
	_in_map(_map({"A": "plain"}, {}, true, [])) == {["env"]}
	_in_map(_map("text", {}, true, [])) == {["env"]}
	_in_map(_map("", {}, true, [])) == set()
	_in_map(_map({"A": "plain"}, {}, true, ["data.aws_ssm_parameter.version.value"])) == set()
}

test_map_marked_beside_parameters if {
	marked := _map({"A": "7"}, {}, {"A": true}, ["aws_ssm_parameter.version.value"])
	every case in [["String", set()], ["StringList", set()], ["SecureString", {["env", "A"]}]] {
		_in_map_beside(marked, case[0]) == case[1]
	}
	_in_map(_map({"A": "7"}, {}, {"A": true}, ["data.aws_ssm_parameter.version.value"])) == set()
	_in_map(_map({"HF_TOKEN": _token}, {}, {"HF_TOKEN": true}, ["data.aws_ssm_parameter.version.value"])) == {["env", "HF_TOKEN"]}
	_in_map(_map({"A": "7"}, {}, {"A": true}, ["data.aws_region.here.name"])) == {["env", "A"]}
}

test_map_that_the_apply_knows if {
	secret := "aws_iam_access_key.puller.secret"
	plain := "terraform_data.x.output"
	arn := "aws_s3_bucket.a.arn"
	value := "aws_ssm_parameter.a.value"
	every case in [
		[null, true, [secret], {["env"]}, false], [null, true, [plain], set(), true], [null, true, [arn], set(), true],
		[{"A": "a"}, {"B": true}, [secret], {["env"]}, false], [{"A": "a"}, {"B": true}, [plain], set(), true],
		[{"A": "a"}, {"B": true}, [arn], set(), false], [{"A": "a"}, {"B": true}, [arn, plain], set(), true],
		[{"A": "a"}, {"B": true}, [value], set(), true], [{"A": "a"}, {"B": true}, [], set(), true],
		[{"A": "a"}, {"B": false}, [secret], set(), false], [{"A": "a"}, {}, [plain], set(), false],
		[{"A": _token}, {"B": true}, [plain], {["env", "A"]}, false],
		[{"A": _token}, {"B": true}, [secret], {["env"], ["env", "A"]}, false],
	] {
		r := _map(case[0], case[1], {}, case[2])
		_in_map(r) == case[3]
		_open_map(r) == case[4]
	}
}

test_blocks_of_known_values if {
	_in_blocks(_blocks([{"name": "HF_TOKEN", "value": _token}, {"name": "A", "value": "a"}], [], [], [])) == {["env", "HF_TOKEN"]}
	_in_blocks(_blocks([{"name": "A", "value": "a"}, {"name": "", "value": _token}, {"name": null, "value": _token}], [], [], [])) == {
		["env", 1],
		["env", 2],
	}
	_in_blocks(_blocks([{"name": "HF_TOKEN"}, {"name": "A", "value": null}, {"value": ""}], [], [], [])) == set()
}

test_blocks_of_marked_values if {
	blocks := [{"name": "A", "value": "plain"}, {"name": "B", "value": "plain"}]
	_in_blocks(_blocks(blocks, [], [{}, {"value": true}], [])) == {["env", "B"]}
	_in_blocks(_blocks(blocks, [], [{}, {"value": true}], ["data.aws_ssm_parameter.version.value"])) == set()
	_in_blocks(_blocks([{"name": "A", "value": ""}], [], [{"value": true}], [])) == set()
	_in_blocks(_blocks([{"name": "A", "value": null}], [], [{"value": true}], [])) == set()
}

test_blocks_that_the_apply_knows if {
	secret := "aws_iam_access_key.puller.secret"
	plain := "terraform_data.x.output"
	arn := "aws_s3_bucket.a.arn"
	unknown := {"value": true}
	every case in [
		[[unknown], [secret], {"A"}, set()], [[unknown], [plain], set(), {"A"}], [[unknown], [arn], set(), set()],
		[[unknown, unknown], [secret], set(), {"A", "B"}], [[unknown, unknown], [arn], set(), set()],
		[[{}, unknown], [secret], {"B"}, set()], [[{}, unknown], [secret, arn], {"B"}, set()],
	] {
		r := _blocks([{"name": ["A", "B"][i]} | some i, _ in case[0]], case[0], [], case[1])
		_in_blocks(r) == {["env", name] | some name in case[2]}
		_open_blocks(r) == {["env", name] | some name in case[3]}
	}
	nameless := _blocks([{}], [{"name": true, "value": true}], [], [plain])
	_open_blocks(nameless) == {["env", 0]}
	_open_blocks(fixture.resource(_address, {}, {"env": true}, {})) == {["env"]}
	_open_blocks(_blocks([{"name": "A", "value": "a"}], [], [], [plain])) == set()
}

test_json if {
	every case in [[`{"a": 1}`, [{"a": 1}]], ["[]", [[]]], ["{", []], [null, []], [7, []], ["", []]] {
		[document | document := environment.json_at(fixture.known(_address, {"text": case[0]}).change, ["text"])] == case[1]
	}
	[document | document := environment.json_at(fixture.resource(_address, {}, {"text": true}, {}).change, ["text"])] == []
}

test_containers if {
	every case in [
		[{}, []], [{"environment": null, "command": null}, []], [{"environment": {"HF_TOKEN": _token}}, []],
		[{"environment": [{"name": "HF_TOKEN", "value": _token}, {"name": "A", "value": "a"}, {"name": "HF_TOKEN"}]}, [["environment", "HF_TOKEN"]]],
		[{"environment": [{"name": 1, "value": _token}]}, [["environment", ""]]],
		[{"command": ["serve", "--token", _token]}, [["command"]]], [{"entryPoint": ["sh", _token]}, [["entryPoint"]]],
		[{"command": _token}, []], [{"command": ["serve"], "entryPoint": ["sh"]}, []],
		[{"secrets": [{"name": "HF_TOKEN", "valueFrom": _token}]}, []],
		[{"dockerLabels": {"a": _token, "b": "b"}}, [["dockerLabels", "a"]]],
		[{"logConfiguration": {"options": {"splunk-token": _token}}}, [["logConfiguration", "options", "splunk-token"]]],
	] {
		environment.in_containers([{"path": ["containers", 0], "value": case[0]}]) == {array.concat(["containers", 0], path) |
			some path in case[1]
		}
	}
	environment.in_containers([
		{"path": [0], "value": {"command": [_token]}},
		{"path": [1], "value": {"environment": [{"name": "KEY", "value": _token}], "labels": {"a": _token}}},
	]) == {[0, "command"], [1, "environment", "KEY"], [1, "labels", "a"]}
}

test_started if {
	every words in [[_token], ["serve", "--hf-token", _token], [7, null, _token]] {
		environment.started(words)
	}
	every words in [[], ["serve"], null, _token, {"a": _token}] {
		not environment.started(words)
	}
}

test_marked if {
	every case in [["plain", true, [], true], ["plain", false, [], false], ["", true, [], false], [null, true, [], false]] {
		_marked(case[0], case[1], case[2]) == case[3]
	}
	not _marked("plain", true, ["data.aws_ssm_parameter.a.value"])
	_marked("plain", true, ["data.aws_region.here.name"])
}

# Put together from parts, so that no whole token stands in the sources.
_token := concat("", ["hf_", "qtVRavvfhfqfhGaqDSpQDYiDMfilYCHQzD"])

_address := "aws_x.this"

_map(values, unknown, marks, references) := _sensitive(
	fixture.resource(_address, {"env": values}, {"env": unknown}, {"env": fixture.refers(references)}),
	{"env": marks},
)

_blocks(values, unknown, marks, references) := _sensitive(
	fixture.resource(
		_address, {"env": values}, {"env": unknown},
		{"env": [{"value": fixture.refers(references)}]},
	),
	{"env": marks},
)

_sensitive(r, marks) := object.union(r, {"change": {"change": {"after_sensitive": marks}}})

_in_map(r) := paths if {
	paths := environment.in_map(r.change, ["env"]) with input as fixture.plan([r])
}

_in_map_beside(r, type) := paths if {
	parameter := fixture.known("aws_ssm_parameter.version", {"type": type})
	paths := environment.in_map(r.change, ["env"]) with input as fixture.plan([r, parameter])
}

_open_map(r) if {
	environment.open_map(r.change, ["env"]) with input as fixture.plan([r])
} else := false

_in_blocks(r) := paths if {
	paths := environment.in_blocks(r.change, ["env"]) with input as fixture.plan([r])
}

_open_blocks(r) := paths if {
	paths := environment.open_blocks(r.change, ["env"]) with input as fixture.plan([r])
}

_marked(value, mark, references) if {
	r := _sensitive(
		fixture.resource(_address, {"text": value}, {}, {"text": fixture.refers(references)}),
		{"text": mark},
	)
	environment.marked(r.change, ["text"]) with input as fixture.plan([r])
} else := false
