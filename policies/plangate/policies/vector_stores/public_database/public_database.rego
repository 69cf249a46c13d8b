# METADATA
# title: database behind a knowledge base is on the internet
# description: >-
#   The knowledge base reads its Aurora cluster through the Data API and needs no address for it. A public one leaves a
#   password between strangers and every passage and embedding of the documents.
# related_resources:
#   - ref: https://docs.aws.amazon.com/bedrock/latest/userguide/knowledge-base-setup.html
#   - ref: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/rds_cluster_instance
# custom:
#   severity: high
#   severity_by_environment:
#     dev: medium
#   remediation: set `publicly_accessible = false` on the `aws_rds_cluster_instance`
#   resource_types: [aws_rds_cluster_instance, aws_rds_cluster, aws_bedrockagent_knowledge_base]
#   frameworks:
#     nist_800_53: [SC-7]
#     mitre_atlas: [AML.T0085.000]
#     owasp_llm: ["LLM08:2025"]
#   aliases: [CKV_AWS_17, AWS-0180]
package plangate.policies.vector_stores.public_database

import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, instance, _path) if {
	some instance in _instances
	plan.known(instance, _path) == true
}

undecided contains finding.undecided(_policy, instance, _path) if {
	some instance in _instances
	plan.unknown(instance, _path)
}

_instances := [instance |
	count(_clusters) > 0
	some instance in plan.resources.aws_rds_cluster_instance
	count(plan.targets(instance, ["cluster_identifier"], "aws_rds_cluster") & _clusters) > 0
]

# The clusters in which knowledge bases of the plan keep their vectors.
_clusters := {cluster |
	some base in plan.resources.aws_bedrockagent_knowledge_base
	some storage in plan.blocks(base, ["storage_configuration"])
	some database in plan.blocks(base, array.concat(storage.path, ["rds_configuration"]))
	some cluster in plan.targets(base, array.concat(database.path, ["resource_arn"]), "aws_rds_cluster")
}

_path := ["publicly_accessible"]

_policy := finding.policy(rego.metadata.chain())
