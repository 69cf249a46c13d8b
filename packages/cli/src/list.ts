import type { Config, PolicyEntry } from '@plangate/sdk'
import type { CacheFlag } from './cache.ts'
import { loadConfig } from './config.ts'
import { openGates } from './gates.ts'
import { exitCodes } from './exit.ts'
import { type Style, outputStyle } from './terminal.ts'

/** The flags of `plangate list`. */
export interface ListOptions {
  readonly policy?: readonly string[]
  readonly cache?: CacheFlag
  readonly env?: string
  readonly config?: string
  readonly output: string
  readonly color: boolean
}

/** A policy with what the config makes of it: inactive without its `missing` parameters, or in this environment. */
export interface Listed extends PolicyEntry {
  readonly active: boolean
  readonly missing: readonly string[]
}

/** Prints the policies, as a table or as a JSON array, and returns the exit code. */
export async function list(options: ListOptions): Promise<number> {
  const { env } = options
  const config = await loadConfig(options.config, process.cwd(), env === undefined ? {} : { env })
  const gates = await openGates({
    color: options.color,
    cache: options.cache,
    ...(options.policy === undefined ? {} : { policy: options.policy }),
  })
  const policies = gates.flatMap(({ catalogue }) => catalogue.map((entry) => listed(entry, config)))
  const text =
    options.output === 'json' ? JSON.stringify(policies, null, 2) : table(policies, outputStyle(options.color))
  process.stdout.write(`${text}\n`)
  return exitCodes.pass
}

/** What `config` makes of a policy. A parameter is given under the id of its policy or one of its aliases. */
export function listed(entry: PolicyEntry, config: Config): Listed {
  const given = [entry.id, ...entry.aliases].map((name) => config.parameters?.[name] ?? {})
  const missing = Object.entries(entry.parameters)
    .filter(
      ([name, parameter]) => parameter.default === undefined && !given.some((values) => Object.hasOwn(values, name)),
    )
    .map(([name]) => name)
  const here = entry.environments?.includes(config.environment ?? 'prod') ?? true
  return { ...entry, active: missing.length === 0 && here, missing }
}

function table(policies: readonly Listed[], { color }: Style): string {
  const rows = policies.map(({ id, aliases, severity, title }) => [id, aliases[0] ?? '', severity, title])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  const lines = policies.map((policy, index) => {
    const cells = (rows[index] ?? []).map((cell, column) => cell.padEnd(widths[column] ?? 0))
    return `${cells.join('  ')}${policy.active ? '' : color.yellow(`  (inactive: ${inactive(policy)})`)}`
  })
  const off = policies.filter(({ active }) => !active).length
  return [...lines, '', `${policies.length} policies${off === 0 ? '' : `, ${off} inactive`}`].join('\n')
}

function inactive({ missing, environments }: Listed): string {
  if (missing.length > 0) return `needs ${missing.map((name) => `\`${name}\``).join(', ')}`
  return `holds in ${environments?.join(' and ') ?? 'no environment'} only`
}
