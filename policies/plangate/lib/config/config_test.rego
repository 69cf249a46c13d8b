package plangate.lib.config_test

import data.plangate.lib.config

test_defaults if {
	_config({}) == {"environment": "prod", "fail_on": "medium", "undecided": "warn", "waivers": []}
}

test_strictest_without_a_config if {
	[config.environment, config.fail_on, config.undecided] == ["prod", "medium", "warn"]
	every given in [null, "x", []] {
		answers := [config.environment, config.fail_on, config.undecided] with data.plangate.config as given
		answers == ["prod", "medium", "warn"]
	}
}

test_environment if {
	every environment in ["prod", "stage", "dev"] {
		_config({"environment": environment}).environment == environment
	}
	every environment in ["production", "DEV", "", null, 7, ["dev"]] {
		_config({"environment": environment}).environment == "prod"
	}
}

test_fail_on_by_environment if {
	every environment, fail_on in {"prod": "medium", "stage": "medium", "dev": "high", "other": "medium"} {
		_config({"environment": environment}).fail_on == fail_on
	}
}

test_fail_on if {
	every environment in ["prod", "stage", "dev"] {
		every severity in ["low", "medium", "high", "critical"] {
			_config({"environment": environment, "fail_on": severity}).fail_on == severity
		}
	}
	every severity in ["none", "HIGH", "", null, 3] {
		_config({"fail_on": severity}).fail_on == "medium"
	}
}

test_fails if {
	every fail_on, severities in {
		"low": {"low", "medium", "high", "critical"},
		"medium": {"medium", "high", "critical"},
		"high": {"high", "critical"},
		"critical": {"critical"},
	} {
		failing := {s | some s in ["low", "medium", "high", "critical", "other"]; config.fails(s)} with data.plangate.config as {"fail_on": fail_on}
		failing == severities
	}
}

test_undecided if {
	every undecided in ["warn", "fail", "ignore"] {
		_config({"undecided": undecided}).undecided == undecided
	}
	every undecided in ["pass", "", null, false] {
		_config({"undecided": undecided}).undecided == "warn"
	}
}

test_waivers_as_given if {
	_config({"waivers": [{"policy": "a/b"}]}).waivers == [{"policy": "a/b"}]
}

test_today if {
	config.today == "2026-06-30" with data.plangate.config as {"today": "2026-06-30"}
	not config.today with data.plangate.config as {}
	not config.today
}

test_parameter_by_id_and_alias if {
	every key in ["a/b", "AB-1", "CKV_1"] {
		_parameter({key: {"limit": 7}}) == 7
	}
}

test_parameter_by_id_comes_first if {
	_parameter({"CKV_1": {"limit": 1}, "a/b": {"limit": 2}, "AB-1": {"limit": 3}}) == 2
	_parameter({"CKV_1": {"limit": 1}, "AB-1": {"limit": 3}}) == 3
}

test_parameter_default if {
	every given in [{}, null, {"a/b": {}}, {"a/b": {"other": 7}}, {"a/c": {"limit": 7}}] {
		_parameter(given) == 4
	}
}

test_parameter_falsy if {
	every value in [false, 0, "", [], null] {
		_parameter({"a/b": {"limit": value}}) == value
	}
}

test_parameter_without_default_is_undefined if {
	not config.parameter(_policy, "list") with data.plangate.config as {}
	not config.parameter(_policy, "unheard_of") with data.plangate.config as {}
	config.parameter(_policy, "list") == ["x"] with data.plangate.config as {"parameters": {"a/b": {"list": ["x"]}}}
}

_policy := {"id": "a/b", "aliases": ["AB-1", "CKV_1"], "parameters": {"limit": {"default": 4}, "list": {}}}

_config(given) := answers if {
	answers := {
		"environment": config.environment,
		"fail_on": config.fail_on,
		"undecided": config.undecided,
		"waivers": config.waivers,
	} with data.plangate.config as given
}

_parameter(parameters) := value if {
	value := config.parameter(_policy, "limit") with data.plangate.config as {"parameters": parameters}
}
