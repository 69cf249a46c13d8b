# METADATA
# title: pod carries a credential in its environment or command
# description: >-
#   Whoever may read the workload reads the key, in the manifest, in `kubectl describe` and in every rollout that the
#   cluster keeps. A key of a model provider is money: it is used from elsewhere within hours.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/
#   - ref: https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1
# custom:
#   severity: critical
#   remediation: >-
#     replace `value` by `value_from { secret_key_ref { name = "provider-keys", key = "openai" } }`, fill that secret outside
#     of Terraform, and replace the credential
#   resource_types:
#     - kubernetes_deployment_v1
#     - kubernetes_deployment
#     - kubernetes_stateful_set_v1
#     - kubernetes_stateful_set
#     - kubernetes_daemon_set_v1
#     - kubernetes_daemonset
#     - kubernetes_job_v1
#     - kubernetes_job
#     - kubernetes_cron_job_v1
#     - kubernetes_cron_job
#     - kubernetes_pod_v1
#     - kubernetes_pod
#   frameworks:
#     nist_800_53: [IA-5(7)]
#     mitre_atlas: [AML.T0055]
#     owasp_llm: ["LLM02:2025"]
#   aliases: [KU-006, PL-001, CKV_K8S_35]
package plangate.policies.secrets.pod_environment

import data.plangate.lib.environment
import data.plangate.lib.finding
import data.plangate.lib.plan

deny contains finding.new(_policy, container.workload, path) if {
	some container in _containers
	some path in environment.in_blocks(container.workload, array.concat(container.path, ["env"]))
}

deny contains finding.new(_policy, container.workload, path) if {
	some container in _containers
	some name in ["command", "args"]
	path := array.concat(container.path, [name])
	environment.started(plan.known(container.workload, path))
}

undecided contains finding.undecided(_policy, container.workload, path) if {
	some container in _containers
	some path in environment.open_blocks(container.workload, array.concat(container.path, ["env"]))
}

_containers := [{"workload": workload, "path": container.path} |
	some type, templates in _templates
	some workload in plan.resources[type]
	some template in _nested(workload, templates)
	some name in ["container", "init_container"]
	some container in plan.blocks(workload, array.concat(template, [name]))
]

# Blocks within blocks of which there is one each.
_nested(workload, names) := [path |
	path := [part | some name in names; some part in [name, 0]]
	is_object(object.get(workload.change.after, path, null))
]

_templates := {
	"kubernetes_deployment_v1": _in_template,
	"kubernetes_deployment": _in_template,
	"kubernetes_stateful_set_v1": _in_template,
	"kubernetes_stateful_set": _in_template,
	"kubernetes_daemon_set_v1": _in_template,
	"kubernetes_daemonset": _in_template,
	"kubernetes_job_v1": _in_template,
	"kubernetes_job": _in_template,
	"kubernetes_cron_job_v1": _in_job_template,
	"kubernetes_cron_job": _in_job_template,
	"kubernetes_pod_v1": ["spec"],
	"kubernetes_pod": ["spec"],
}

_in_template := ["spec", "template", "spec"]

_in_job_template := ["spec", "job_template", "spec", "template", "spec"]

_policy := finding.policy(rego.metadata.chain())
