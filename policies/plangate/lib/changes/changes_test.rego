package plangate.lib.changes_test

import data.plangate.lib.changes

test_what_is_left_alone if {
	_untouched([_one("aws_x.a", ["no-op"], {}), _one("aws_x.b", ["update"], {})]) == {"aws_x.a"}
	_untouched([object.union(_one("aws_x.moved", ["no-op"], {}), {"previous_address": "aws_x.old"})]) == {"aws_x.moved"}
}

test_what_changes if {
	every actions in [["create"], ["update"], ["delete"], ["delete", "create"], ["create", "delete"], ["forget"], ["read"]] {
		_untouched([_one("aws_x.a", actions, {})]) == set()
	}
}

test_an_import_changes_what_is_managed if {
	imported := _one("aws_x.a", ["no-op"], {})
	change := object.union(imported.change, {"importing": {"id": "i-1"}})
	_untouched([object.union(imported, {"change": change})]) == set()
}

test_a_data_source_is_no_resource if {
	_untouched([object.union(_one("data.aws_x.a", ["no-op"], {}), {"mode": "data"})]) == set()
}

test_what_shares_its_address_with_a_deposed_object if {
	_untouched([_one("aws_x.a", ["no-op"], {}), object.union(_one("aws_x.a", ["delete"], {}), {"deposed": "00000001"})]) == set()
}

test_drift_changes if {
	resources := [_one("aws_x.a", ["no-op"], {}), _one("aws_x.b", ["no-op"], {})]
	drift := [_one("aws_x.a", ["update"], {}), _one("aws_x.b", ["no-op"], {})]
	found := changes.untouched with input as {"resource_changes": resources, "resource_drift": drift}
	found == {"aws_x.b": true}
}

test_what_a_change_is_tied_to if {
	every state in [{"id": "models"}, {"arn": "models"}, {"name": "models"}] {
		bucket := _one("aws_s3_bucket.models", ["no-op"], state)
		every tie in [
			"agent_id",
			"api_id",
			"bucket",
			"cluster_name",
			"domain_name",
			"endpoint_config_name",
			"file_system_id",
			"function_name",
			"group_id",
			"guardrail_arn",
			"instance",
			"key_id",
			"knowledge_base_id",
			"load_balancer_arn",
			"log_group_name",
			"model_package_group_name",
			"policy_arn",
			"repository",
			"repository_name",
			"resource_arn",
			"rest_api_id",
			"role",
			"route_table_id",
			"secret_arn",
			"secret_id",
			"security_group_id",
			"subnet_id",
			"target_key_id",
			"user_pool_id",
			"vector_bucket_arn",
			"vpc_id",
		] {
			_untouched([bucket, _one("aws_y.z", ["delete"], {tie: "models"})]) == set()
			_untouched([bucket, _one("aws_y.z", ["update"], {tie: "models"})]) == set()
			_untouched([bucket, _one("aws_y.z", ["delete"], {tie: "others"})]) == {"aws_s3_bucket.models"}
			_untouched([bucket, _one("aws_y.z", ["no-op"], {tie: "models"})]) == {"aws_s3_bucket.models", "aws_y.z"}
		}
	}
	created := {"address": "aws_y.z", "mode": "managed", "type": "aws_y", "change": {"actions": ["create"], "before": null, "after": {"bucket": "models"}}}
	_untouched([_one("aws_s3_bucket.models", ["no-op"], {"id": "models"}), created]) == set()
	read := object.union(created, {"mode": "data", "change": {"actions": ["read"]}})
	_untouched([_one("aws_s3_bucket.models", ["no-op"], {"id": "models"}), read]) == {"aws_s3_bucket.models"}
}

_one(address, actions, state) := {
	"address": address,
	"mode": "managed",
	"type": "aws_x",
	"change": {"actions": actions, "before": state, "after": null},
}

_untouched(resources) := {address | some address, _ in found} if {
	found := changes.untouched with input as {"resource_changes": resources}
}
