import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'

/** The folder of the package. */
export const home = fileURLToPath(new URL('..', import.meta.url))

const environments = ['dev', 'stage', 'prod']
const severities = ['critical', 'high', 'medium', 'low']
/** The lowest severity that fails, unless a configuration says something else. */
const failOn = { dev: 'high', stage: 'medium', prod: 'medium' }

const compare = (a, b) => (a === b ? 0 : a < b ? -1 : 1)
const json = (path) => JSON.parse(readFileSync(path, 'utf8'))

/**
 * What is known of the library without compiling it: its policies in the order of their ids, as the catalogue of a bundle has
 * them and with the text of their README, the frameworks, and what of other tools has no id that METADATA could hold.
 */
export function readLibrary(folder = home) {
  const root = join(folder, 'plangate', 'policies')
  const policies = readdirSync(root).flatMap((category) =>
    readdirSync(join(root, category)).map((name) => readPolicy(join(root, category, name), category, name)),
  )
  return {
    policies: policies.sort((a, b) => compare(a.id, b.id)),
    frameworks: json(join(folder, 'frameworks.json')),
    equivalents: json(join(folder, 'equivalents.json')),
  }
}

function readPolicy(folder, category, name) {
  const { title, description, related_resources = [], custom } = metadata(join(folder, `${name}.rego`))
  const readme = join(folder, 'README.md')
  const entry = { frameworks: {}, aliases: [], parameters: {}, ...custom }
  return {
    id: `${category}/${name}`,
    category,
    name,
    title,
    description,
    ...entry,
    source: related_resources.map(({ ref }) => ref),
    profiles: Object.fromEntries(environments.map((environment) => [environment, profile(entry, environment)])),
    readme: existsSync(readme) ? readFileSync(readme, 'utf8') : '',
  }
}

/** The annotation that a file opens with: YAML in comments, up to the package. */
function metadata(path) {
  const text = readFileSync(path, 'utf8')
  const comment = /^# METADATA\n((?:#.*\n)+)package /m.exec(text)?.[1]
  if (comment === undefined) throw new Error(`${path}: the package has no METADATA`)
  return load(comment.replaceAll(/^# ?/gm, ''))
}

/** Which severity a policy has in an environment, and what a finding does there. */
function profile({ severity, severity_by_environment = {}, environments: holds = environments }, environment) {
  const here = severity_by_environment[environment] ?? severity
  const fails = severities.indexOf(here) <= severities.indexOf(failOn[environment])
  return { severity: here, effect: !holds.includes(environment) ? 'off' : fails ? 'fail' : 'warn' }
}

/** The tool that an id of a policy's aliases is from; `plangate` for the rows of our own catalogue. */
export function toolOf(alias) {
  if (/^CKV2?_/.test(alias)) return 'checkov'
  if (/^(AWS|AZU|GCP|KSV)-\d{4}$/.test(alias)) return 'trivy'
  if (alias.startsWith('AC_')) return 'terrascan'
  return 'plangate'
}

/** What the tools call themselves. */
export const tools = {
  checkov: 'Checkov',
  trivy: 'Trivy',
  terrascan: 'Terrascan',
  kics: 'KICS',
  prowler: 'Prowler',
  plangate: 'Catalogue row',
}

/** Ids of other tools, each with the policies that look at the same: `{checkov: {CKV_AWS_22: [policy]}}`. */
export function moving({ policies, equivalents }) {
  const found = Object.fromEntries(Object.keys(tools).map((tool) => [tool, new Map()]))
  const add = (tool, id, policy) => found[tool].set(id, [...(found[tool].get(id) ?? []), policy])
  for (const policy of policies) for (const alias of policy.aliases) add(toolOf(alias), alias, policy)
  for (const [tool, ids] of Object.entries(equivalents)) {
    for (const [id, names] of Object.entries(ids)) {
      for (const name of names) {
        const policy = policies.find((each) => each.id === name)
        if (policy === undefined) throw new Error(`equivalents.json: there is no policy \`${name}\``)
        add(tool, id, policy)
      }
    }
  }
  const natural = new Intl.Collator('en', { numeric: true }).compare
  return Object.fromEntries(
    Object.entries(found).map(([tool, ids]) => [tool, [...ids].sort(([a], [b]) => natural(a, b))]),
  )
}

const services = {
  apigatewayv2: 'API Gateway',
  autoscaling: 'EC2 Auto Scaling',
  batch: 'Batch',
  bedrock: 'Bedrock',
  bedrockagent: 'Bedrock Agents',
  bedrockagentcore: 'Bedrock AgentCore',
  ecr: 'ECR',
  ecs: 'ECS',
  eks: 'EKS',
  fsx: 'FSx',
  iam: 'IAM',
  kendra: 'Kendra',
  kms: 'KMS',
  lambda: 'Lambda',
  opensearch: 'OpenSearch',
  opensearchserverless: 'OpenSearch Serverless',
  qbusiness: 'Q Business',
  s3: 'S3',
  s3vectors: 'S3 Vectors',
  sagemaker: 'SageMaker',
  secretsmanager: 'Secrets Manager',
  ssm: 'Systems Manager',
}
const ec2 = /^aws_(default_|ebs_|instance$|launch_|network_|placement_|security_group|spot_|subnet$|volume_|vpc)/

/** The cloud services whose resources a policy judges, as people call them. */
export function servicesOf({ resource_types }) {
  const names = resource_types.map((type) => {
    if (ec2.test(type)) return 'EC2 and VPC'
    if (type.startsWith('kubernetes_')) return 'Kubernetes'
    if (type.startsWith('helm_')) return 'Helm'
    const [provider, service] = type.split('_')
    if (service === undefined) return 'the plan itself'
    return services[service] ?? (provider === 'aws' ? service : provider)
  })
  return [...new Set(names)].sort(compare)
}
