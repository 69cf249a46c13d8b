import {
  type Config,
  type Environment,
  type PolicyEntry,
  type Severity,
  missingParameters,
  nearest,
  parseConfig,
} from '@plangate/sdk'
import { frameworkNamed } from './frameworks.ts'
import { usageError } from './usage.ts'

const environments = ['dev', 'stage', 'prod'] as const

/** The severities, worst first. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low']

/** What a finding of a policy does in an environment; `off` where the policy does not hold there. */
export type Effect = 'fail' | 'warn' | 'off'

/** A policy with what a config makes of it. */
export interface Listed extends PolicyEntry {
  readonly severity_by_environment: Readonly<Record<Environment, Severity>>
  readonly environments: Environment[]
  /** What a finding does in each environment. */
  readonly profiles: Readonly<Record<Environment, Effect>>
  readonly parameters: Readonly<Record<string, PolicyEntry['parameters'][string] & { readonly given: boolean }>>
  /** Inactive without its `missing` parameters, or in this environment. */
  readonly active: boolean
  readonly missing: readonly string[]
}

/** Which policies are asked for; all of what is said has to hold. */
export interface Filters {
  /** Ids and aliases, whole categories, and globs of these. */
  readonly names: readonly string[]
  readonly severity?: readonly string[]
  readonly framework?: readonly string[]
  readonly service?: readonly string[]
}

/**
 * The policies with what `config` makes of them.
 *
 * Throws `ERR_CONFIG_INVALID` where it names a policy or a parameter that is not there.
 */
export function listed(catalogue: readonly PolicyEntry[], config: Config): readonly Listed[] {
  parseConfig(config, catalogue)
  return catalogue.map((entry) => {
    const missing = missingParameters(entry, config)
    const given = [entry.id, ...entry.aliases].map((name) => config.parameters?.[name] ?? {})
    const holds = entry.environments ?? [...environments]
    const severity = (environment: Environment) => entry.severity_by_environment?.[environment] ?? entry.severity
    const effect = (environment: Environment): Effect => {
      if (!holds.includes(environment)) return 'off'
      const least = config.fail_on ?? (environment === 'dev' ? 'high' : 'medium')
      return severities.indexOf(severity(environment)) <= severities.indexOf(least) ? 'fail' : 'warn'
    }
    const parameters = Object.entries(entry.parameters).map(
      ([name, parameter]) =>
        [name, { ...parameter, given: given.some((values) => Object.hasOwn(values, name)) }] as const,
    )
    return {
      ...entry,
      severity_by_environment: { dev: severity('dev'), stage: severity('stage'), prod: severity('prod') },
      environments: [...holds],
      profiles: { dev: effect('dev'), stage: effect('stage'), prod: effect('prod') },
      parameters: Object.fromEntries(parameters),
      active: missing.length === 0 && holds.includes(config.environment ?? 'prod'),
      missing,
    }
  })
}

/**
 * Those of the policies that fit the filters; `severity` is that of `environment`.
 *
 * Throws `ERR_USAGE` for a name that no policy has, and for a framework that none is asked for by.
 */
export function filtered(policies: readonly Listed[], filters: Filters, environment: Environment): readonly Listed[] {
  const { names, severity, framework, service } = filters
  for (const name of names) checkName(policies, name)
  for (const name of severity ?? []) checkSeverity(name)
  const controls = framework?.map((name) => controlOf(name))
  return policies.filter(
    (policy) =>
      (names.length === 0 || names.some((name) => isNamed(policy, name))) &&
      (severity === undefined ||
        severity.some((each) => each.toLowerCase() === policy.severity_by_environment[environment])) &&
      (controls === undefined || controls.some((isAsked) => isAsked(policy))) &&
      (service === undefined || service.some((each) => policy.resource_types.some((type) => isOf(type, each)))),
  )
}

/** Whether a policy has the id or the alias, lies in the category, or fits the glob. */
function isNamed({ id, aliases }: PolicyEntry, name: string): boolean {
  const fits = glob(name)
  return [id, id.split('/')[0] ?? '', ...aliases].some((each) => fits.test(each))
}

function checkName(policies: readonly Listed[], name: string): void {
  if (policies.some((policy) => isNamed(policy, name))) return
  const known = policies.flatMap(({ id, aliases }) => [id, id.split('/')[0] ?? '', ...aliases])
  const near = nearest(name, known)
  throw usageError(
    `there is no policy \`${name}\``,
    near === undefined ? '`plangate list` shows ids and aliases; `*` stands for any text' : `did you mean \`${near}\`?`,
  )
}

function checkSeverity(name: string): void {
  if (severities.some((each) => each === name.toLowerCase())) return
  throw usageError(
    `there is no severity \`${name}\``,
    `severities are ${severities.map((each) => `\`${each}\``).join(', ')}`,
  )
}

/** Whether a policy is asked for by the framework of `name`, or `name:id`, where the id may be a glob. */
function controlOf(name: string): (policy: PolicyEntry) => boolean {
  const [first = '', ...rest] = name.split(':')
  const framework = frameworkNamed(first)
  const fits = glob(rest.length === 0 ? '*' : rest.join(':'))
  return ({ frameworks }) => (frameworks[framework] ?? []).some((id) => fits.test(id))
}

/** Whether a resource type is `service`, fits it as a glob, or begins with it behind its provider: `sagemaker`, `bedrock`. */
function isOf(type: string, service: string): boolean {
  return (
    glob(service).test(type) || glob(`*_${service}`).test(type) || type.slice(type.indexOf('_') + 1).startsWith(service)
  )
}

/** `*` stands for any text; the case of letters does not matter. */
function glob(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'is')
}
