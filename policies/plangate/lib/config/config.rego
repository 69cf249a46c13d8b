# METADATA
# title: What the caller asked for
# description: The only reader of `data.plangate.config`. Where nothing is said, the strictest holds.
package plangate.lib.config

# METADATA
# description: Severities and their order.
severities := {"low": 1, "medium": 2, "high": 3, "critical": 4}

# METADATA
# description: The environment whose profile holds, `prod` when none or an unknown one is stated.
environment := _config.environment if {
	_config.environment in {"dev", "stage"}
} else := "prod"

# METADATA
# description: The lowest severity that fails; what lies below it warns.
fail_on := _config.fail_on if {
	severities[_config.fail_on]
} else := "high" if {
	environment == "dev"
} else := "medium"

# METADATA
# description: What an undecided finding does, `warn`, `fail` or `ignore`.
undecided := _config.undecided if {
	_config.undecided in {"fail", "ignore"}
} else := "warn"

# METADATA
# description: The accepted findings, as the caller gave them.
waivers := object.get(_config, "waivers", [])

# METADATA
# description: Whether only what the plan changes counts.
only_changed if _config.only_changed == true

# METADATA
# description: The policies that the caller asks, as `[category, name]`. Undefined where all are asked.
policies := {split(id, "/") | some id in _config.policies} if is_array(_config.policies)

# METADATA
# description: The day of the decision as YYYY-MM-DD. Undefined where nobody says it, since the library has no clock.
today := _config.today

# METADATA
# description: >-
#   The parameter of a policy, given by the policy's id or by one of its aliases, else its default in METADATA.
#   Undefined when there is neither, and then the policy is inactive.
parameter(policy, name) := value if {
	given := [v |
		some key in array.concat([policy.id], policy.aliases)
		v := _config.parameters[key][name]
	]
	value := array.concat(given, [d | d := policy.parameters[name].default])[0]
}

# METADATA
# description: Whether a severity is at or above the lowest one that fails.
fails(severity) if severities[severity] >= severities[fail_on]

_config := data.plangate.config
