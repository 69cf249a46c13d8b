# METADATA
# title: Guardrails of agents and flows
# description: >-
#   Tells whether a `guardrail_configuration` names a guardrail. The provider takes the one of an agent as a list of objects
#   as well as a block, and then the configuration lists the references of the whole.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_GuardrailConfiguration.html
package plangate.lib.guardrails

import data.plangate.lib.plan

# METADATA
# description: Whether the `guardrail_configuration` at `path` certainly names no guardrail.
missing(r, path) if {
	not plan.computed(r, path)
	count(plan.blocks(r, path)) == 0
}

missing(r, path) if {
	some block in plan.blocks(r, path)
	plan.absent(r, _identifier(block))
}

# METADATA
# description: >-
#   Whether only the apply tells: the whole or the identifier in it is unknown, and does not come from guardrails of this
#   plan alone.
undecided(r, path) if plan.computed(r, path)

undecided(r, path) if {
	some block in plan.blocks(r, path)
	plan.unknown(r, _identifier(block))
	not plan.settled(r, _identifier(block), {"aws_bedrock_guardrail", "aws_bedrock_guardrail_version"})
}

_identifier(block) := array.concat(block.path, ["guardrail_identifier"])
