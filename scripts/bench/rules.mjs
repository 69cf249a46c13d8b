/**
 * Writes policies as people write them for conftest: each walks `input.resource_changes` and says its type, in one of the
 * ways that published policies do. `node scripts/bench/rules.mjs <count> <folder>`
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Types with what a rule may ask of them: an attribute that has to be there, and a text that has to be one of some. */
const types = [
  ['aws_s3_bucket', 'force_destroy', 'bucket'],
  ['aws_sagemaker_endpoint_configuration', 'kms_key_arn', 'name'],
  ['aws_sagemaker_model', 'enable_network_isolation', 'execution_role_arn'],
  ['aws_kms_key', 'enable_key_rotation', 'key_usage'],
  ['aws_security_group', 'vpc_id', 'description'],
  ['aws_subnet', 'map_public_ip_on_launch', 'availability_zone'],
  ['aws_vpc_endpoint', 'private_dns_enabled', 'vpc_endpoint_type'],
  ['aws_iam_role', 'permissions_boundary', 'name'],
  ['aws_cloudwatch_log_group', 'kms_key_id', 'log_group_class'],
  ['aws_db_instance', 'storage_encrypted', 'engine'],
  ['aws_eks_cluster', 'enabled_cluster_log_types', 'name'],
  ['aws_eks_node_group', 'labels', 'capacity_type'],
  ['aws_launch_template', 'ebs_optimized', 'name'],
  ['aws_fsx_lustre_file_system', 'kms_key_id', 'deployment_type'],
  ['aws_flow_log', 'log_destination', 'traffic_type'],
  ['aws_opensearch_domain', 'encrypt_at_rest', 'engine_version'],
  ['aws_ecr_repository', 'image_scanning_configuration', 'image_tag_mutability'],
  ['aws_batch_compute_environment', 'service_role', 'type'],
  ['aws_sagemaker_notebook_instance', 'kms_key_id', 'instance_type'],
  ['aws_secretsmanager_secret', 'kms_key_id', 'name'],
]

const tags = ['owner', 'environment', 'managed-by', 'owner', 'environment', 'Name']
const environments = ['prod', 'stage', 'dev']

/** How people write a rule. Each says `deny`; `n` is its number, so that no two are the same. */
const shapes = [
  ({ n, type, attribute }) => `deny contains msg if {
	some resource in input.resource_changes
	resource.type == "${type}"
	not resource.change.after.${attribute}
	not resource.change.after_unknown.${attribute}
	not accepted_${n}(resource)
	msg := sprintf("R${n}: %s has no ${attribute}", [resource.address])
}

accepted_${n}(r) if regex.match(\`^module\\.[a-z-]+_(prod|hardened)\\[\`, r.address)`,
  ({ n, type, attribute }) => `deny contains msg if {
	r := input.resource_changes[_]
	r.type == "${type}"
	r.mode == "managed"
	some action in r.change.actions
	action in ["create", "update"]
	object.get(r.change.after, "${attribute}", null) == null
	not accepted_${n}(r.address)
	msg := sprintf("R${n}: \`%v\` must set ${attribute}", [r.address])
}

accepted_${n}(address) if startswith(address, "module.model-endpoint_prod")

accepted_${n}(address) if startswith(address, "module.training-cluster_hardened")`,
  ({ n, type, tag }) => `deny contains msg if {
	resource := input.resource_changes[_]
	resource.type == "${type}"
	tags := object.get(resource.change.after, "tags_all", {})
	missing := {"managed-by", "${tag}"} - {key | some key, _ in tags}
	count(missing) > 0
	msg := sprintf("R${n}: %s lacks tags %v", [resource.address, concat(", ", sort(missing))])
}`,
  ({ n, type, text }) => `deny contains msg if {
	some i
	input.resource_changes[i].type == "${type}"
	value := input.resource_changes[i].change.after.${text}
	is_string(value)
	not regex.match(\`^[a-z0-9][A-Za-z0-9./:_-]{1,${60 + (n % 60)}}$\`, value)
	msg := sprintf("R${n}: %s: ${text} \`%s\` is not allowed", [input.resource_changes[i].address, value])
}`,
  ({
    n,
    type,
    attribute,
  }) => `resources_${n} := [r | some r in input.resource_changes; r.type == "${type}"; not is_delete_${n}(r)]

is_delete_${n}(r) if r.change.actions == ["delete"]

deny contains msg if {
	some r in resources_${n}
	not r.change.after.${attribute}
	not r.change.after_unknown.${attribute}
	msg := sprintf("R${n}: %s: set ${attribute}", [r.address])
}`,
  ({ n, type, other }) => `deny contains msg if {
	some r in input.resource_changes
	r.type in {"${type}", "${other}"}
	"delete" in r.change.actions
	not startswith(r.address, "module.scratch_${n}")
	msg := sprintf("R${n}: %s would be destroyed", [r.address])
}`,
  ({ n }) => `allowed_ports_${n} := {80, 443, ${1024 + n}}

deny contains msg if {
	some r in input.resource_changes
	r.type == "aws_vpc_security_group_ingress_rule"
	r.change.after.cidr_ipv4 == "0.0.0.0/0"
	not r.change.after.from_port in allowed_ports_${n}
	msg := sprintf("R${n}: %s opens port %v to the world", [r.address, r.change.after.from_port])
}`,
  ({ n }) => `deny contains msg if {
	some r in input.resource_changes
	r.type == "aws_iam_role_policy"
	policy := json.unmarshal(r.change.after.policy)
	some statement in policy.Statement
	statement.Effect == "Allow"
	wildcard_${n}(statement.Action)
	msg := sprintf("R${n}: %s allows too much", [r.address])
}

wildcard_${n}(action) if action == "s3:${['*', 'Put*', 'Delete*'][n % 3]}"

wildcard_${n}(action) if "*" in action`,
  ({ n, type }) => `deny contains msg if {
	bucket := input.resource_changes[_]
	bucket.type == "${type}"
	bucket.change.after != null
	not described_${n}(bucket)
	msg := sprintf("R${n}: %s stands in no module of ours", [bucket.address])
}

described_${n}(r) if r.module_address

described_${n}(r) if contains(r.name, "legacy_${n}")`,
  ({ n, type, environment }) => `deny contains msg if {
	environment_${n} == "${environment}"
	some r in input.resource_changes
	r.type == "${type}"
	count(object.get(r.change.after, "tags", {})) < ${1 + (n % 3)}
	msg := sprintf("R${n}: %s has too few tags for ${environment}", [r.address])
}

environment_${n} := object.get(input, ["variables", "environment", "value"], "${environment}")`,
]

/** Types of other things, of which the benchmark's plan has none. */
const elsewhere = [
  ['azurerm_storage_account', 'min_tls_version', 'account_tier'],
  ['azurerm_machine_learning_workspace', 'high_business_impact', 'name'],
  ['google_storage_bucket', 'uniform_bucket_level_access', 'storage_class'],
  ['google_vertex_ai_endpoint', 'encryption_spec', 'name'],
  ['kubernetes_deployment_v1', 'wait_for_rollout', 'name'],
  ['aws_lambda_function', 'kms_key_arn', 'runtime'],
  ['aws_rds_cluster', 'storage_encrypted', 'engine'],
]

/** How many policies find faults where the others are to find none. */
const FAULTY = 30

/** Shapes that find nothing in the benchmark's plan, which deletes nothing, and of which all stands in modules. */
const content = [shapes[5], shapes[8]]
/** Shapes that ask for the type that they are given. */
const asking = shapes.filter((_, at) => at !== 6 && at !== 7)

/**
 * Returns the sources of `count` policies by path, all in `package main`. Each finds its share of faults; where they are
 * calm, only the first 30 do, and of the others one half is about types that the plan has none of, and one half is content.
 */
export const rules = (count, { isCalm = false } = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => {
      const isOther = isCalm && n >= FAULTY
      const among = isOther && n % 2 === 1 ? elsewhere : types
      const ways = !isOther ? shapes : among === types ? content : asking
      const [type, attribute, text] = among[(n * 7) % among.length]
      const [other] = among[(n * 3 + 1) % among.length]
      const tag = tags[n % tags.length]
      const environment = environments[n % environments.length]
      const way = ways[(isOther ? n >> 1 : n) % ways.length]
      const rule = way({ n, type, attribute, text, other, tag, environment })
      return [`rule_${String(n).padStart(3, '0')}.rego`, `package main\n\nimport rego.v1\n\n${rule}\n`]
    }),
  )

/** Writes them into a folder, which it makes. */
export const writeRules = (count, folder, options) => {
  mkdirSync(folder, { recursive: true })
  for (const [path, text] of Object.entries(rules(count, options))) writeFileSync(join(folder, path), text)
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [count, folder] = process.argv.slice(2)
  writeRules(Number(count), folder)
}
