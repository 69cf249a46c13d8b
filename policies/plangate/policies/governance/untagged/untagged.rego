# METADATA
# title: AI resource does not carry the required tags
# description: >-
#   Tags for the owner, the environment, the class of the data and the model are how an inventory of AI systems is kept, how
#   costs find their team, and how whoever meets the resource in an incident learns what depends on it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#default_tags-configuration-block
# custom:
#   severity: low
#   remediation: >-
#     add the required keys, with values, to `tags` (`labels` with Google) of the resource or to `default_tags`
#     (`default_labels`) of its provider
#   resource_types: ["*"]
#   frameworks:
#     nist_800_53: [CM-8]
#     iso_42001: [A.4.2]
#   aliases: [PL-003]
#   parameters:
#     required_tags:
#       type: array
#       description: Tag keys, or globs over them, that AI resources must have with a value, such as `owner` or `model-id`.
package plangate.policies.governance.untagged

import data.plangate.lib.ai
import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.providers

deny contains finding.new(_policy, r, [name]) if {
	some r in ai.resources
	some name in _taggable(r)
	_lacks(r, name)
	not _unclear(r, name)
}

undecided contains finding.undecided(_policy, r, [name]) if {
	some r in ai.resources
	some name in _taggable(r)
	_lacks(r, name)
	_unclear(r, name)
}

# A resource whose type takes no tags has neither attribute.
_taggable(r) := {name | some name, _ in _totals; _has(r, name)}

_has(r, name) if {
	some attribute in _attributes(name)
	object.get(r.change.after, attribute, "none") != "none"
}

_has(r, name) if {
	some attribute in _attributes(name)
	r.change.after_unknown[attribute]
}

_lacks(r, name) if {
	keys := _keys(r, name)
	some required in config.parameter(_policy, "required_tags")
	not _fits(required, keys)
}

_fits(required, keys) if {
	some key in keys
	glob.match(required, null, key)
}

# A tag whose value only the apply knows is there all the same.
_keys(r, name) := ({key |
	some attribute in _attributes(name)
	some key, value in _map(object.get(r.change.after, attribute, {}))
	not value in {"", null}
} | {key |
	some attribute in _attributes(name)
	some key, unknown in r.change.after_unknown[attribute]
	unknown == true
}) | _defaults(r, name)

_attributes(name) := {name} | _totals[name]

# Cloud Control takes tags as a list of pairs.
_map(value) := value if {
	is_object(value)
} else := {tag.key: tag.value | some tag in value}

# The provider's own tags, where the attribute that they are merged into is not known. References may be written into
# anything.
_defaults(r, name) := {key |
	some expression in _default_expressions(r, name)
	some key, value in expression.constant_value
	not value in {"", null}
} if {
	_hidden(r, name)
} else := set()

_unclear(r, name) if plan.unknown(r, [name])

_unclear(r, name) if {
	_hidden(r, name)
	some expression in _default_expressions(r, name)
	not _written_down(expression)
}

_written_down(expression) if is_object(expression.constant_value)

_hidden(r, name) if {
	some total in _totals[name]
	r.change.after_unknown[total] == true
}

_default_expressions(r, "tags") := {block.tags | some block in providers.arguments(r).default_tags}

_default_expressions(r, "labels") := {expression | expression := providers.arguments(r).default_labels}

# In which attributes the provider merges them with its own.
_totals := {
	"tags": {"tags_all"},
	"labels": {"effective_labels"},
}

_policy := finding.policy(rego.metadata.chain())
