# METADATA
# title: model server or notebook ports are open to the internet
# description: >-
#   Model servers, Ray and Jupyter authenticate nobody by default: whoever reaches the port can query or replace the
#   model, and on Ray and Jupyter run code on the GPU nodes.
# related_resources:
#   - ref: https://docs.ray.io/en/latest/ray-security/index.html
#   - ref: https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/customization_guide/deploy.html
#   - ref: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
# custom:
#   severity: critical
#   remediation: >-
#     let in the load balancer or the clients only, `referenced_security_group_id = aws_security_group.<clients>.id` or
#     `cidr_ipv4 = aws_vpc.<name>.cidr_block`, instead of `0.0.0.0/0` or `::/0`
#   resource_types:
#     - aws_security_group
#     - aws_default_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_ingress_rule
#   frameworks:
#     nist_800_53: [SC-7, AC-17]
#     mitre_atlas: [AML.T0049, AML.T0040]
#     owasp_llm: ["LLM10:2025"]
#   aliases: [CP-006, AWS-0107]
package plangate.policies.training_clusters.open_ports

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

# 8000 to 8002 vLLM and Triton; 8080 TorchServe and SageMaker containers; 8265 Ray's dashboard and jobs; 8500 and 8501
# TensorFlow Serving; 8888 Jupyter; 11434 Ollama.
_ports := [8000, 8001, 8002, 8080, 8265, 8500, 8501, 8888, 11434]

_policy := finding.policy(rego.metadata.chain())
