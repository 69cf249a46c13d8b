# METADATA
# title: launch template gives GPU instances no required tag
# description: >-
#   Tags for owner and lifetime are how forgotten GPU instances are found and ended. Tags of the template itself and of
#   volumes do not reach the instances.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-launch-template.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template#tag-specifications
# custom:
#   severity: medium
#   remediation: >-
#     add `tag_specifications` with `resource_type = "instance"` and the required tags to the `aws_launch_template`
#   resource_types: [aws_launch_template]
#   frameworks:
#     nist_800_53: [CM-8, SC-6]
#     mitre_atlas: [AML.T0034]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [CP-005]
#   parameters:
#     required_tags:
#       type: array
#       description: Tag keys, or globs over them, that instances must have, such as `owner`.
package plangate.policies.training_clusters.instance_tags

import data.plangate.lib.config
import data.plangate.lib.finding
import data.plangate.lib.gpu
import data.plangate.lib.plan

deny contains finding.new(_policy, launched.template, _specifications) if {
	some launched in gpu.templates
	launched.certain
	_lacking(launched.template)
	not _unclear(launched.template)
}

undecided contains finding.undecided(_policy, launched.template, _specifications) if {
	some launched in gpu.templates
	_lacking(launched.template)
	not launched.certain
}

undecided contains finding.undecided(_policy, launched.template, _specifications) if {
	some launched in gpu.templates
	_lacking(launched.template)
	_unclear(launched.template)
}

_lacking(template) if {
	some required in config.parameter(_policy, "required_tags")
	not _tagged(template, required)
}

_tagged(template, required) if {
	some block in plan.blocks(template, _specifications)
	plan.known(template, array.concat(block.path, ["resource_type"])) == "instance"
	some key in _keys(template, array.concat(block.path, ["tags"]))
	glob.match(required, [], key)
}

# A tag whose value only the apply knows is there all the same.
_keys(template, path) := object.keys(object.union(
	_map(object.get(template.change.after, path, {})),
	_map(object.get(template.change.after_unknown, path, {})),
))

_map(value) := value if {
	is_object(value)
} else := {}

_unclear(template) if plan.computed(template, _specifications)

_unclear(template) if {
	some block in plan.blocks(template, _specifications)
	some name in ["resource_type", "tags"]
	plan.unknown(template, array.concat(block.path, [name]))
}

_specifications := ["tag_specifications"]

_policy := finding.policy(rego.metadata.chain())
