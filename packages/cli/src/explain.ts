import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type Environment, maskCredentials, wrap } from '@plangate/sdk'
import type { CacheFlag } from './cache.ts'
import { type Listed, filtered, listed } from './catalogue.ts'
import { loadConfig } from './config.ts'
import { exitCodes } from './exit.ts'
import { frameworks } from './frameworks.ts'
import { openGates } from './gates.ts'
import { painted } from './layout.ts'
import { markdownLines } from './markdown.ts'
import { type Style, outputStyle } from './terminal.ts'

/** The flags of `plangate explain`. */
export interface ExplainOptions {
  readonly policy?: readonly string[]
  readonly cache?: CacheFlag
  readonly env?: string
  readonly config?: string
  readonly output: string
  readonly color: boolean
}

/** Prints the page of each policy that a name means, and returns the exit code. */
export async function explain(names: readonly string[], options: ExplainOptions): Promise<number> {
  const { env, policy = ['builtin'], cache, color } = options
  const config = await loadConfig(options.config, process.cwd(), env === undefined ? {} : { env })
  const gates = await openGates({ color, cache, policy })
  const all = listed(
    gates.flatMap(({ catalogue }) => catalogue),
    config,
  )
  const policies = filtered(all, { names: names.flatMap(equivalent) }, config.environment ?? 'prod')
  const pages = policies.map((entry) => ({ entry, readme: readmeOf(entry.id) }))
  const text =
    options.output === 'json'
      ? JSON.stringify(
          pages.map(({ entry, readme }) => ({ ...entry, readme })),
          null,
          2,
        )
      : pages.map(({ entry, readme }) => page(entry, readme, outputStyle(color))).join('\n\n\n')
  process.stdout.write(`${maskCredentials(text)}\n`)
  return exitCodes.pass
}

/** The folder of the library's package. */
const home = () => dirname(createRequire(import.meta.url).resolve('@plangate/policies/package.json'))

/** The policies that a check of a tool is told to be like whose ids are no aliases; the name itself for all others. */
function equivalent(name: string): readonly string[] {
  // `as`: the package has the same version, and a test of the repository proves its shape
  const tools = JSON.parse(readFileSync(join(home(), 'equivalents.json'), 'utf8')) as Readonly<
    Record<string, Readonly<Record<string, readonly string[]>>>
  >
  const found = Object.values(tools).flatMap((ids) => (Object.hasOwn(ids, name) ? (ids[name] ?? []) : []))
  return found.length === 0 ? [name] : found
}

/** What the README of a policy of the library says, without its title; empty for one of somebody else's. */
function readmeOf(id: string): string {
  const path = join(home(), 'plangate', 'policies', ...id.split('/'), 'README.md')
  return existsSync(path) ? readFileSync(path, 'utf8').replace(/^# .*\n+/, '') : ''
}

/** The page of a policy as text. */
export function page(entry: Listed, readme: string, { color, columns }: Style): string {
  const width = Math.min(columns, 100)
  const names = ['dev', 'stage', 'prod'] as const
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['fix', wrap(entry.remediation, width - 14)],
    ['in', names.map((name) => `${name.padEnd(5)}  ${stands(entry, name)}`)],
    ['ids', wrap(entry.aliases.join(', ') || 'none', width - 14)],
    ['judges', wrap(entry.resource_types.join(', '), width - 14)],
    ['parameters', parameters(entry, width - 14)],
    ['frameworks', controls(entry, width - 14)],
    ['sources', entry.source],
  ]
  return [
    `${painted(entry.severity.toUpperCase(), entry.severity, color)} ${color.bold(entry.id)}`,
    ...wrap(entry.title, width).map((line) => color.bold(line)),
    '',
    ...wrap(entry.description, width),
    '',
    ...rows
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([label, lines]) =>
        lines.map((line, at) => `${color.dim((at === 0 ? label : '').padEnd(12))}  ${line}`.trimEnd()),
      ),
    ...(readme === '' ? [] : ['', ...markdownLines(readme, width, color)]),
  ].join('\n')
}

function stands({ profiles, severity_by_environment: severity }: Listed, environment: Environment): string {
  const effect = profiles[environment]
  return effect === 'off' ? 'does not hold' : `${severity[environment]}, ${effect === 'fail' ? 'fails' : 'warns'}`
}

function parameters(entry: Listed, width: number): readonly string[] {
  return Object.entries(entry.parameters).flatMap(([name, { type, description, default: value, given }]) => {
    const kind = type === 'array' ? 'list of strings' : type
    const said = given ? 'given' : value === undefined ? 'inactive until given' : `default ${JSON.stringify(value)}`
    return [`${name}: ${kind}, ${said}`, ...wrap(description, width - 2).map((line) => `  ${line}`)]
  })
}

function controls({ frameworks: asked }: Listed, width: number): readonly string[] {
  const published = frameworks()
  return Object.entries(asked).flatMap(([name, ids = []]) => {
    const { name: called = name, ids: titles = {} } = published[name] ?? {}
    const told = ids.map((id) => [id, ...(titles[id] === undefined ? [] : [titles[id]])].join(' '))
    return wrap(`${called}: ${told.join('; ')}`, width)
  })
}
