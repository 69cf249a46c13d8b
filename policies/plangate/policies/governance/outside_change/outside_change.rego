# METADATA
# title: AI resource was changed outside Terraform
# description: >-
#   What is changed by hand was reviewed by nobody, and the next apply undoes it or builds on it. A model, an endpoint or a
#   guardrail that is not what the code says may serve other weights, without the protections that the code gives it.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/tutorials/state/resource-drift
#   - ref: https://developer.hashicorp.com/terraform/cloud-docs/workspaces/health
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: >-
#     find out who changed it (CloudTrail), then apply so that the code holds again, or write the change into the code; what
#     others are meant to change belongs into `lifecycle { ignore_changes = [...] }`
#   resource_types: ["*"]
#   frameworks:
#     nist_800_53: [CM-3, CM-3(5), SI-7]
#     mitre_atlas: [AML.T0081]
#     nist_ai_rmf: [MANAGE 4.1]
#     soc_2: [CC8.1]
#   aliases: [PL-005]
package plangate.policies.governance.outside_change

import data.plangate.lib.ai
import data.plangate.lib.drift
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3

deny contains finding.new(_policy, entry, []) if {
	some entry in _of_ai
	drift.deleted(entry)
}

deny contains finding.new(_policy, entry, [name]) if {
	some entry in _of_ai
	some name in drift.changed(entry)
	not name in _copies
}

_of_ai contains entry if {
	some entry in drift.entries
	ai.of_service(entry.type)
}

# Buckets of models and datasets, and the resources that protect them.
_of_ai contains entry if {
	some entry in drift.entries
	startswith(entry.type, "aws_s3_bucket")
	_stores(entry)
}

_stores(entry) if s3.was_named(entry)

_stores(entry) if _names[entry.change.before.bucket]

_names := {name |
	some _, bucket in s3.buckets
	name := plan.known(bucket, ["bucket"])
}

# What the provider repeats of other attributes.
_copies := {"tags_all", "effective_labels", "terraform_labels"}

_policy := finding.policy(rego.metadata.chain())
