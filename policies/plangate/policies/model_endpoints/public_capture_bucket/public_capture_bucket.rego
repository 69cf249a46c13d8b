# METADATA
# title: captured inference data goes to a public bucket
# description: >-
#   The plan opens the bucket that captured requests and responses go to, by an ACL for everybody that no public access
#   block takes back. What people ask the model then lies open.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_acl
# custom:
#   severity: medium
#   remediation: >-
#     remove the public ACL from the bucket of `destination_s3_uri` and add an `aws_s3_bucket_public_access_block` with
#     `block_public_acls = true` and `ignore_public_acls = true`
#   resource_types: [aws_sagemaker_endpoint_configuration]
#   frameworks:
#     nist_800_53: [AC-3, AC-4, SC-7]
#     mitre_atlas: [AML.T0025, AML.T0036]
#     owasp_llm: ["LLM02:2025"]
#     soc_2: [CC6.1]
#   aliases: [SM-004]
package plangate.policies.model_endpoints.public_capture_bucket

import data.plangate.lib.capture
import data.plangate.lib.finding
import data.plangate.lib.plan
import data.plangate.lib.s3.exposure
import data.plangate.lib.s3.location

deny contains finding.new(_policy, config, path) if {
	count(exposure.public) > 0
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.certain(config, "destination_s3_uri")
	_public(config, path)
}

undecided contains finding.undecided(_policy, config, path) if {
	count(exposure.public) > 0
	some config in plan.resources.aws_sagemaker_endpoint_configuration
	some path in capture.uncertain(config, "destination_s3_uri")
	_public(config, path)
}

_public(config, path) if exposure.public_names[location.bucket(plan.known(config, path))]

_public(config, path) if {
	plan.settled(config, path, {"aws_s3_bucket"})
	targets := plan.targets(config, path, "aws_s3_bucket")
	count(targets) > 0
	every address in targets {
		exposure.public[address]
	}
}

_policy := finding.policy(rego.metadata.chain())
