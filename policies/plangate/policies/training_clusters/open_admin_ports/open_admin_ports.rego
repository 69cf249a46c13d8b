# METADATA
# title: ports that administer the cluster are open to the internet
# description: >-
#   SSH, Ray's head and client ports, TensorBoard and TorchServe's management port give a shell, a job or the training
#   data to whoever gets in, and all but SSH ask for no password.
# related_resources:
#   - ref: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13
#   - ref: https://docs.ray.io/en/latest/ray-core/configure.html#ports-configurations
#   - ref: https://docs.pytorch.org/serve/security.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
# custom:
#   severity: critical
#   remediation: >-
#     remove the rule and reach nodes through SSM Session Manager or a VPN; between nodes use
#     `referenced_security_group_id` or `self = true`
#   resource_types:
#     - aws_security_group
#     - aws_default_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_ingress_rule
#   frameworks:
#     nist_800_53: [SC-7, AC-17]
#     mitre_atlas: [AML.T0049]
#   aliases: [CKV_AWS_24]
package plangate.policies.training_clusters.open_admin_ports

import data.plangate.lib.finding
import data.plangate.lib.network

deny contains finding.new(_policy, rule.resource, rule.path) if {
	some rule in network.rules.ingress
	network.opens(rule, _ports)
}

undecided contains finding.undecided(_policy, rule.resource, rule.path) if {
	some rule in network.rules.ingress
	not network.opens(rule, _ports)
	network.may_open(rule, _ports)
}

# 22 SSH; 6006 TensorBoard; 6379 and 10001 Ray's head and client; 8081 TorchServe's management.
_ports := [22, 6006, 6379, 8081, 10001]

_policy := finding.policy(rego.metadata.chain())
