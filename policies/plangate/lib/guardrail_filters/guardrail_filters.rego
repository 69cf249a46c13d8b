# METADATA
# title: What the filters of a guardrail do
# description: >-
#   A guardrail of Bedrock looks at what users ask and at what models answer. In each of these directions a filter may be
#   turned off or told only to report, so that it stands there and does nothing.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateGuardrail.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/bedrock_guardrail
package plangate.lib.guardrail_filters

import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: The filters, blocks of this name inside the block of a policy such as `content_policy_config`, with their paths.
filters(r, policy, name) := [filter |
	some outer in plan.blocks(r, [policy])
	some filter in plan.blocks(r, array.concat(outer.path, [name]))
]

# METADATA
# description: >-
#   Whether only the apply tells which filters there are: they, or the block around them, are written by a dynamic block
#   over a collection that the plan does not know.
open(r, policy, _) if plan.computed(r, [policy])

open(r, policy, name) if {
	some outer in plan.blocks(r, [policy])
	plan.computed(r, array.concat(outer.path, [name]))
}

# METADATA
# description: Whether an attribute of a filter has this value, or may have it once the plan is applied.
may_be(r, filter, name, value) if plan.known(r, _at(filter, name)) == value

may_be(r, filter, name, _) if plan.unknown(r, _at(filter, name))

# METADATA
# description: >-
#   What a filter does in a direction, `input` or `output`: it `acts`, that is blocks or masks, it does `nothing` but
#   report, or it is `open` which of them. A direction without an action of its own takes the one of the filter, and a
#   filter without any blocks.
effect(r, filter, direction) := "nothing" if {
	plan.known(r, _at(filter, concat("", [direction, "_enabled"]))) == false
} else := "nothing" if {
	plan.known(r, _at(filter, concat("", [direction, "_action"]))) == "NONE"
} else := "open" if {
	some setting in ["_enabled", "_action"]
	_open(r, filter, _at(filter, concat("", [direction, setting])))
} else := "acts" if {
	plan.known(r, _at(filter, concat("", [direction, "_action"])))
} else := "nothing" if {
	plan.known(r, _at(filter, "action")) == "NONE"
} else := "open" if {
	plan.unknown(r, _at(filter, "action"))
} else := "acts"

_open(r, filter, path) if {
	plan.unknown(r, path)
	not _filled_in(r, filter, path)
}

# The provider computes the directions of filters that have an action of their own. Where those stand in a dynamic block,
# what nobody sets looks like what is not known yet; it is taken as not set.
_filled_in(r, filter, path) if {
	filter.value.action
	count(configuration.ends(r, path)) == 0
}

_at(filter, name) := array.concat(filter.path, [name])
