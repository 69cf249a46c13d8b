# METADATA
# title: production variant can run on fewer than two instances
# description: >-
#   SageMaker spreads the instances of a variant over Availability Zones. With one there is nothing to spread: when its
#   zone or its host fails, or one request exhausts it, the endpoint is down.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-best-practices.html
#   - ref: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantManagedInstanceScaling.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sagemaker_endpoint_configuration
# custom:
#   severity: low
#   environments: [prod]
#   remediation: >-
#     set `initial_instance_count = 2` or more in each `production_variants` block, and `min_instance_count = 2` or more
#     in its `managed_instance_scaling` block
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [CP-10, SC-5]
#     mitre_atlas: [AML.T0029]
#     owasp_llm: ["LLM10:2025"]
#     soc_2: [A1.2]
#   aliases: [SM-006]
package plangate.policies.model_endpoints.single_instance

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some variant in _variants(config)
	floors := _floors(config, variant.path)
	_all_low(config, floors)
	some path in floors
}

undecided contains finding.undecided(_policy, config, path) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some variant in _variants(config)
	floors := _floors(config, variant.path)
	not _all_low(config, floors)
	some path in floors
	not _enough(config, path)
}

# The variants are written by a dynamic block over a collection that only the apply knows.
undecided contains finding.undecided(_policy, config, ["production_variants"]) if {
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	plan.computed(config, ["production_variants"])
}

# Serverless variants have no instances.
_variants(config) := [variant |
	some variant in plan.blocks(config, ["production_variants"])
	count(plan.blocks(config, array.concat(variant.path, ["serverless_config"]))) == 0
]

# The attributes that may say how few instances there can be. Managed scaling goes down to its own minimum.
_floors(config, at) := {_initial(at)} if {
	_fixed(config, at)
} else := {_initial(at), _minimum(at)} if {
	plan.unknown(config, _status(at))
} else := {_minimum(at)}

_fixed(config, at) if plan.absent(config, _minimum(at))

_fixed(config, at) if plan.known(config, _status(at)) == "DISABLED"

_all_low(config, floors) if {
	every path in floors {
		_low(config, path)
	}
}

_enough(config, path) if plan.known(config, path) >= 2

_low(config, path) if plan.known(config, path) < 2

# An endpoint of instances needs a count; one that may turn out to be serverless does not.
_low(config, path) if {
	plan.absent(config, path)
	not plan.computed(config, array.concat(array.slice(path, 0, 2), ["serverless_config"]))
}

_initial(at) := array.concat(at, ["initial_instance_count"])

_minimum(at) := array.concat(at, ["managed_instance_scaling", 0, "min_instance_count"])

_status(at) := array.concat(at, ["managed_instance_scaling", 0, "status"])

_policy := finding.policy(rego.metadata.chain())
