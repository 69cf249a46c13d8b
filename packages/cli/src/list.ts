import { maskCredentials, wrap } from '@plangate/sdk'
import { type Filters, type Listed, filtered, listed } from './catalogue.ts'
import type { CacheFlag } from './cache.ts'
import { loadConfig } from './config.ts'
import { exitCodes } from './exit.ts'
import { openGates } from './gates.ts'
import { type Style, outputStyle } from './terminal.ts'
import { painted } from './layout.ts'

/** The flags of `plangate list`. */
export interface ListOptions extends Omit<Filters, 'names'> {
  readonly policy?: readonly string[]
  readonly cache?: CacheFlag
  readonly env?: string
  readonly config?: string
  readonly output: string
  readonly color: boolean
}

/** Prints the policies that are asked for, as a table or as a JSON array, and returns the exit code. */
export async function list(names: readonly string[], options: ListOptions): Promise<number> {
  const { env, policy, cache, color } = options
  const config = await loadConfig(options.config, process.cwd(), env === undefined ? {} : { env })
  const gates = await openGates({ color, cache, ...(policy === undefined ? {} : { policy }) })
  const environment = config.environment ?? 'prod'
  const all = listed(
    gates.flatMap(({ catalogue }) => catalogue),
    config,
  )
  const policies = filtered(all, { ...options, names }, environment)
  const text =
    options.output === 'json' ? JSON.stringify(policies, null, 2) : table(policies, environment, outputStyle(color))
  process.stdout.write(`${maskCredentials(text)}\n`)
  return exitCodes.pass
}

type Environment = keyof Listed['profiles']

/** A line for each policy, as `grep` likes it; in a terminal by category, and wrapped. */
export function table(policies: readonly Listed[], environment: Environment, style: Style): string {
  const lines = style.columns === Infinity ? flat(policies, environment, style) : grouped(policies, environment, style)
  const off = policies.filter(({ active }) => !active).length
  const sum = `${policies.length} ${policies.length === 1 ? 'policy' : 'policies'}${off === 0 ? '' : `, ${off} inactive`}`
  return [...lines, ...(lines.length === 0 ? [] : ['']), sum].join('\n')
}

function flat(policies: readonly Listed[], environment: Environment, { color }: Style): readonly string[] {
  const rows = policies.map(({ id, aliases, severity_by_environment, title }) => [
    id,
    aliases[0] ?? '',
    severity_by_environment[environment],
    title,
  ])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return policies.map((policy, index) => {
    const [id = '', alias = '', severity = '', title = ''] = (rows[index] ?? []).map((cell, at) =>
      cell.padEnd(widths[at] ?? 0),
    )
    const line = [id, alias, painted(severity, policy.severity_by_environment[environment], color), title].join('  ')
    return `${line}${policy.active ? '' : color.yellow(`  (inactive: ${inactive(policy)})`)}`
  })
}

function grouped(policies: readonly Listed[], environment: Environment, style: Style): readonly string[] {
  const categories = [...new Set(policies.map(({ id }) => id.split('/')[0] ?? ''))]
  return categories.flatMap((category, at) => [
    ...(at === 0 ? [] : ['']),
    style.color.bold(category),
    ...block(
      policies.filter(({ id }) => id.startsWith(`${category}/`)),
      environment,
      style,
    ),
  ])
}

const short = ({ id }: Listed) => id.split('/')[1] ?? id

/** The policies of one category, with the name and the alias in columns of their own and the title wrapped in the last. */
function block(policies: readonly Listed[], environment: Environment, { color, columns }: Style): readonly string[] {
  const widest = Math.max(...policies.map((policy) => short(policy).length))
  const aliases = Math.max(...policies.map(({ aliases: [first = ''] }) => first.length))
  const indent = 2 + 8 + 2 + aliases + 2 + widest + 2
  const width = Math.max(columns - indent, 24)
  return policies.flatMap((policy) => {
    const severity = policy.severity_by_environment[environment]
    const [first = '', ...more] = wrap(policy.title, width)
    const head = [
      painted(severity.padEnd(8), severity, color),
      color.dim((policy.aliases[0] ?? '').padEnd(aliases)),
      short(policy).padEnd(widest),
      first,
    ].join('  ')
    const why = policy.active ? [] : wrap(`inactive: ${inactive(policy)}`, width).map((line) => color.yellow(line))
    return [`  ${head}`, ...[...more, ...why].map((line) => `${' '.repeat(indent)}${line}`)]
  })
}

function inactive({ missing, environments }: Listed): string {
  if (missing.length > 0) return `needs ${missing.map((name) => `\`${name}\``).join(', ')}`
  return `holds in ${environments.join(' and ')} only`
}
