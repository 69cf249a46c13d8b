package plangate.lib.guardrail_filters_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.guardrail_filters

test_filters_of_a_policy if {
	r := fixture.known(_address, {
		"content_policy_config": [{"filters_config": [{"type": "HATE"}, {"type": "SEXUAL"}]}],
		"contextual_grounding_policy_config": [{"filters_config": [{"type": "GROUNDING"}]}],
	})
	guardrail_filters.filters(r.change, "content_policy_config", "filters_config") == [
		{"path": ["content_policy_config", 0, "filters_config", 0], "value": {"type": "HATE"}},
		{"path": ["content_policy_config", 0, "filters_config", 1], "value": {"type": "SEXUAL"}},
	]
}

test_no_filters if {
	every after in [{}, {"p": []}, {"p": null}, {"p": [{"f": []}]}, {"p": [{"f": null}]}] {
		r := fixture.known(_address, after)
		guardrail_filters.filters(r.change, "p", "f") == []
		not guardrail_filters.open(r.change, "p", "f")
	}
}

test_open_filters if {
	every unknown in [{"p": true}, {"p": [{"f": true}]}] {
		r := fixture.resource(_address, {"p": [{}]}, unknown, {"p": [{}]})
		guardrail_filters.open(r.change, "p", "f")
	}
	other := fixture.resource(_address, {"p": [{"f": [{}]}]}, {"p": [{"f": [{"strength": true}], "tier_config": true}]}, {})
	not guardrail_filters.open(other.change, "p", "f")
}

test_may_be if {
	known := _filter({"type": "HATE"}, {}, {})
	_may_be(known, "HATE")
	not _may_be(known, "SEXUAL")
	_may_be(_filter({}, {"type": true}, {"type": fixture.refers(["a.b.c"])}), "SEXUAL")
	not _may_be(_filter({"type": null}, {}, {}), "SEXUAL")
	not _may_be(_filter({}, {"type": true}, {"type": {"constant_value": null}}), "SEXUAL")
}

test_acts_unless_told_otherwise if {
	every settings in [{}, {"input_enabled": true}, {"input_action": "BLOCK"}, {"input_action": null, "input_enabled": null}] {
		_effect(_filter(settings, {}, {}), "input") == "acts"
	}
	every settings in [{"output_enabled": false}, {"output_action": "NONE"}] {
		_effect(_filter(settings, {}, {}), "input") == "acts"
	}
}

test_turned_off_does_nothing if {
	every settings in [
		{"input_enabled": false}, {"input_action": "NONE"},
		{"input_enabled": false, "input_action": "BLOCK"}, {"input_enabled": true, "input_action": "NONE"},
		{"action": "BLOCK", "input_action": "NONE"}, {"action": "BLOCK", "input_enabled": false},
		{"action": "NONE"}, {"action": "NONE", "input_enabled": true},
	] {
		_effect(_filter(settings, {}, {}), "input") == "nothing"
	}
}

test_directions_before_the_action_of_the_filter if {
	filter := _filter({"action": "NONE", "input_action": "BLOCK", "output_action": "ANONYMIZE"}, {}, {})
	_effect(filter, "input") == "acts"
	_effect(filter, "output") == "acts"
	_effect(_filter({"action": "ANONYMIZE"}, {}, {}), "output") == "acts"
}

test_open_setting if {
	every name in ["input_enabled", "input_action", "action"] {
		_effect(_filter({}, {name: true}, {name: fixture.refers(["a.b.c"])}), "input") == "open"
	}
	filter := _filter({"action": "BLOCK"}, {"input_action": true}, {"input_action": fixture.refers(["local.action"])})
	_effect(filter, "input") == "open"
	_effect(filter, "output") == "acts"
}

test_open_setting_of_what_is_turned_off if {
	_effect(_filter({"input_enabled": false}, {"input_action": true}, {"input_action": fixture.refers(["a.b.c"])}), "input") == "nothing"
	_effect(_filter({"input_action": "NONE"}, {"input_enabled": true}, {"input_enabled": fixture.refers(["a.b.c"])}), "input") == "nothing"
}

test_open_action_behind_a_known_direction if {
	_effect(_filter({"input_action": "BLOCK"}, {"action": true}, {"action": fixture.refers(["a.b.c"])}), "input") == "acts"
	_effect(_filter({"input_action": "NONE"}, {"action": true}, {"action": fixture.refers(["a.b.c"])}), "input") == "nothing"
}

test_computed_though_not_set if {
	computed := {"input_enabled": true, "input_action": true}
	_effect(_filter({"action": "BLOCK"}, computed, {}), "input") == "acts"
	_effect(_filter({"action": "NONE"}, computed, {}), "input") == "nothing"
}

test_computed_in_a_dynamic_block if {
	computed := {"input_enabled": true, "input_action": true}
	_effect(_dynamic({"action": "BLOCK"}, computed), "input") == "acts"
	_effect(_dynamic({"action": "NONE"}, computed), "input") == "nothing"
	_effect(_dynamic({}, object.union(computed, {"action": true})), "input") == "open"
	_effect(_dynamic({}, {"input_action": true}), "input") == "open"
}

_address := "aws_bedrock_guardrail.this"

_filter(after, unknown, expressions) := fixture.resource(
	_address,
	{"p": [{"f": [after]}]},
	{"p": [{"f": [unknown]}]},
	{"p": [{"f": [expressions]}]},
)

_dynamic(after, unknown) := fixture.resource(_address, {"p": [{"f": [after]}]}, {"p": [{"f": [unknown]}]}, {"p": [{}]})

_effect(r, direction) := effect if {
	effect := guardrail_filters.effect(r.change, guardrail_filters.filters(r.change, "p", "f")[0], direction) with input as fixture.plan([r])
}

_may_be(r, type) if {
	guardrail_filters.may_be(r.change, guardrail_filters.filters(r.change, "p", "f")[0], "type", type) with input as fixture.plan([r])
}
