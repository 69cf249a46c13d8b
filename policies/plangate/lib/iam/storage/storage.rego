# METADATA
# title: What statements allow on buckets
# description: Tells which statements reach every bucket, and which the buckets that hold the models of the plan.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-arn-format.html
package plangate.lib.iam.storage

import data.plangate.lib.iam
import data.plangate.lib.iam.conditions
import data.plangate.lib.iam.denials
import data.plangate.lib.plan
import data.plangate.lib.plan.configuration

# METADATA
# description: Whether a statement reaches every bucket, or every bucket but some.
everywhere(statement) if {
	some resource in statement.resources
	regex.match(`^(\*|arn:[a-z*-]+:s3:[^:]*:[^:]*:\*(/.*)?)$`, resource)
}

everywhere(statement) if count(statement.not_resources) > 0

# METADATA
# description: Whether a condition of a statement says which buckets or objects it is about.
tied(statement) if {
	some condition in statement.conditions
	regex.match(`^(s3:existingobjecttag/|s3:dataaccesspointarn$|s3:dataaccesspointaccount$|[a-z0-9]+:resourcetag/)`, condition.key)
	conditions.narrows(condition)
}

# METADATA
# description: Whether a statement reaches a bucket from which a model of the plan is loaded.
on_models(statement) if everywhere(statement)

on_models(statement) if {
	some resource in statement.resources
	pattern := regex.find_all_string_submatch_n(`^arn:[a-z*-]+:s3:[^:]*:[^:]*:([^/]+)`, resource, 1)[0][1]
	some name in _model_buckets.names
	glob.match(pattern, null, name)
}

on_models(statement) if {
	some bucket in configuration.instances(statement.source, array.concat(statement.at, ["resources"]), "aws_s3_bucket")
	_is_model_bucket(bucket)
}

# METADATA
# description: Whether Deny statements take an action back on all buckets from which models of the plan are loaded.
kept_off_models(denied, action) if {
	forbidding := [denial | some denial in denied; denials.forbids(denial, action)]
	count(forbidding) > 0
	count(_model_buckets.names) > 0
	every bucket in _referred {
		plan.known(bucket, ["bucket"])
	}
	every name in _model_buckets.names {
		_kept_off(forbidding, _of_bucket(action, name))
	}
}

_of_bucket("s3:putbucketpolicy", name) := concat("", ["arn:aws:s3:::", name])

_of_bucket(action, name) := concat("", ["arn:aws:s3:::", name, "/*"]) if action != "s3:putbucketpolicy"

_kept_off(forbidding, objects) if {
	some denial in forbidding
	some pattern in denial.resources
	iam.within(objects, pattern)
}

# METADATA
# description: >-
#   Whether all that a policy which nobody sees before the apply refers to are buckets, keys, tables and the like, so that
#   it speaks of what those hold.
about_stores(r, path) if {
	ends := configuration.ends(r, path)
	count(ends) > 0
	every end in ends {
		regex.match(_stores, end.type)
	}
}

_stores := concat("", [
	`^(data\.)?aws_((s3|kms|dynamodb|rds|sqs|sns|ecr|efs|fsx|kinesis|glue|athena|cloudwatch)(_|$)`,
	`|(secretsmanager_secret|caller_identity|partition|region)$)`,
])

_is_model_bucket(bucket) if bucket.address in _model_buckets.addresses

_is_model_bucket(bucket) if plan.known(bucket, ["bucket"]) in _model_buckets.names

_model_buckets := {
	"names": (_literal_names | {name | some bucket in _referred; name := plan.known(bucket, ["bucket"])}),
	"addresses": {bucket.address | some bucket in _referred},
}

_literal_names := {name |
	some model in plan.resources.aws_sagemaker_model
	some place in _artefacts(model)
	uri := plan.known(model, place)
	name := regex.find_all_string_submatch_n(`^s3://([^/]+)`, uri, 1)[0][1]
}

_referred := {bucket |
	some model in plan.resources.aws_sagemaker_model
	some place in _artefacts(model)
	some bucket in configuration.instances(model, place, "aws_s3_bucket")
}

_artefacts(model) := [array.concat(container.path, place) |
	some name in ["primary_container", "container"]
	some container in plan.blocks(model, [name])
	some place in [["model_data_url"], ["model_data_source", 0, "s3_data_source", 0, "s3_uri"]]
]
