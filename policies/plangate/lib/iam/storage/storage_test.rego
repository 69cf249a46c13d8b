package plangate.lib.iam.storage_test

import data.plangate.lib.fixture_test as fixture
import data.plangate.lib.iam.storage

test_about_stores if {
	every references in [
		["aws_s3_bucket.a.arn"], ["data.aws_s3_bucket.a.arn", "aws_kms_key.b.arn"], ["aws_dynamodb_table.a.arn", "data.aws_caller_identity.current.account_id"],
		["aws_secretsmanager_secret.a.arn"], ["aws_sqs_queue.a.arn", "var.name"],
	] {
		_about_stores(references)
	}
	every references in [
		["aws_iam_role.a.arn"], ["aws_s3_bucket.a.arn", "aws_iam_role.b.arn"], ["terraform_data.a.output"], ["local.a"], ["var.name"], [],
		["aws_secretsmanager_secret_version.a.secret_string"], ["data.aws_iam_policy_document.a.json"], ["aws_bedrock_guardrail.a.guardrail_arn"],
		["data.aws_regions.a.names"],
	] {
		not _about_stores(references)
	}
}

_about_stores(references) if {
	r := fixture.resource("aws_iam_policy.this", {}, {"policy": true}, {"policy": fixture.refers(references)})
	storage.about_stores(r.change, ["policy"]) with input as object.union(fixture.plan([r]), {"variables": {"name": {"value": "x"}}})
}
