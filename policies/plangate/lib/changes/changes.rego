# METADATA
# title: What a plan changes
# description: >-
#   Tells what the plan leaves as it is from what it creates, updates, replaces, imports or destroys, and from what has
#   drifted. A move alone changes nothing.
# related_resources:
#   - ref: https://developer.hashicorp.com/terraform/internals/json-format#change-representation
package plangate.lib.changes

import data.plangate.lib.plan

# METADATA
# description: >-
#   The addresses of managed resources that the plan leaves as they are, as an object with `true` for each. One to which
#   something that changes is tied by name, as a bucket to the block of public access that the plan destroys, is not
#   among them: what is wrong with it may be the work of this plan.
untouched := {r.address: true |
	some r in plan.document.resource_changes
	_is_still(r)
	not _moving[r.address]
	not _is_tied(r)
}

_is_still(r) if {
	r.mode == "managed"
	r.change.actions == ["no-op"]
	not r.change.importing
}

# A deposed object has the address of the resource that replaced it.
_moving := {r.address |
	some r in plan.document.resource_changes
	not _is_still(r)
} | {drift.address |
	some drift in plan.document.resource_drift
	drift.change.actions != ["no-op"]
}

_is_tied(r) if _ties[r.change.before.id]

_is_tied(r) if _ties[r.change.before.arn]

_is_tied(r) if _ties[r.change.before.name]

# By what resources of a type usually name another, before and after the change.
_ties := {name |
	some r in plan.document.resource_changes
	r.mode == "managed"
	not _is_still(r)
	some state in [r.change.before, r.change.after]
	is_object(state)
	some name in [
		object.get(state, "agent_id", null),
		object.get(state, "api_id", null),
		object.get(state, "bucket", null),
		object.get(state, "cluster_name", null),
		object.get(state, "domain_name", null),
		object.get(state, "endpoint_config_name", null),
		object.get(state, "file_system_id", null),
		object.get(state, "function_name", null),
		object.get(state, "group_id", null),
		object.get(state, "guardrail_arn", null),
		object.get(state, "instance", null),
		object.get(state, "key_id", null),
		object.get(state, "knowledge_base_id", null),
		object.get(state, "load_balancer_arn", null),
		object.get(state, "log_group_name", null),
		object.get(state, "model_package_group_name", null),
		object.get(state, "policy_arn", null),
		object.get(state, "repository", null),
		object.get(state, "repository_name", null),
		object.get(state, "resource_arn", null),
		object.get(state, "rest_api_id", null),
		object.get(state, "role", null),
		object.get(state, "route_table_id", null),
		object.get(state, "secret_arn", null),
		object.get(state, "secret_id", null),
		object.get(state, "security_group_id", null),
		object.get(state, "subnet_id", null),
		object.get(state, "target_key_id", null),
		object.get(state, "user_pool_id", null),
		object.get(state, "vector_bucket_arn", null),
		object.get(state, "vpc_id", null),
	]
}
