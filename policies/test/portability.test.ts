import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { cases, stacks } from '@plangate/test-plans'
import { gate, oracle, sources } from './library.ts'

/**
 * The library is plain Rego: stock `opa` and stock `conftest` on its sources, with the same data, make exactly the
 * findings that plangate makes. Both are built by `npm test`; plangate never uses them.
 */
const run = promisify(execFile)
const opa = oracle('opa')
const conftest = oracle('conftest')
const full = process.env['PLANGATE_TEST_FULL'] !== undefined
const folder = mkdtempSync(join(tmpdir(), 'plangate-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Lists {
  readonly deny: readonly string[]
  readonly warn: readonly string[]
  readonly undecided: readonly string[]
}

const plans = [
  ...stacks().map(({ stack, plan, path, environment }) => ({ name: `${stack}/${plan}`, path, environment })),
  ...cases().map(({ id, planPath, expected }) => ({
    name: `case ${id}`,
    path: planPath,
    environment: expected.environment ?? ('prod' as const),
  })),
]

/** Findings as sorted canonical texts: both sides are sets. */
function canonical(findings: readonly object[]): string[] {
  return findings.map((finding) => JSON.stringify(sorted(finding))).sort()
}

function without(value: object, name: string): object {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

async function ours(path: string, environment: 'dev' | 'stage' | 'prod'): Promise<Lists> {
  const { findings, undecided } = await gate.evaluate(path, { config: { environment } })
  const of = (wanted: 'fail' | 'warn') =>
    canonical(findings.filter(({ status }) => status === wanted).map((finding) => without(finding, 'status')))
  return { deny: of('fail'), warn: of('warn'), undecided: canonical(undecided) }
}

/** A data file that says which environment holds, as any OPA reads it. */
function dataFile(environment: string): string {
  const path = join(folder, `${environment}.json`)
  writeFileSync(path, JSON.stringify({ plangate: { config: { environment } } }))
  return path
}

const query = '{name: list | some name in ["deny", "warn", "undecided"]; list := data.plangate.main[name]'

interface Found {
  readonly deny: readonly object[]
  readonly warn: readonly object[]
  readonly undecided: readonly object[]
}

const listsOf = ({ deny, warn, undecided }: Found): Lists => ({
  deny: canonical(deny),
  warn: canonical(warn),
  undecided: canonical(undecided),
})

async function byOpa(binary: string, path: string, environment: string): Promise<Lists> {
  const args = ['eval', '-d', sources, '-d', dataFile(environment), '-i', path, '-f', 'raw', `${query}}`]
  const { stdout } = await run(binary, args, { maxBuffer: 1 << 28 })
  return listsOf(JSON.parse(stdout))
}

/** One process for all plans of an environment, which stand in `data.plans`: opa compiles the library each time. */
async function allByOpa(binary: string): Promise<ReadonlyMap<string, Lists>> {
  const lists = new Map<string, Lists>()
  for (const environment of new Set(plans.map((plan) => plan.environment))) {
    const paths = plans.filter((plan) => plan.environment === environment).map(({ path }) => path)
    const loaded = paths.flatMap((path, at) => ['-d', `plans.p${at}:${path}`])
    const each = `{plan: lists | some plan, document in data.plans; lists := ${query} with input as document}}`
    const args = ['eval', '-d', sources, '-d', dataFile(environment), ...loaded, '-f', 'raw', each]
    const { stdout } = await run(binary, args, { maxBuffer: 1 << 30 })
    const found: Readonly<Record<string, Found>> = JSON.parse(stdout)
    for (const [at, path] of paths.entries()) {
      const answer = found[`p${at}`]
      if (answer !== undefined) lists.set(path, listsOf(answer))
    }
  }
  return lists
}

interface ConftestResult {
  readonly msg: string
  readonly metadata: { readonly query: string } & Readonly<Record<string, unknown>>
}

/** Conftest takes many plans at once and compiles the library once for each environment. */
async function byConftest(binary: string): Promise<ReadonlyMap<string, Lists>> {
  const lists = new Map<string, Lists>()
  for (const environment of new Set(plans.map((plan) => plan.environment))) {
    const paths = plans.filter((plan) => plan.environment === environment).map(({ path }) => path)
    const flags = ['-p', sources, '-d', dataFile(environment), '-n', 'plangate.main', '-o', 'json', '--no-fail']
    const { stdout } = await run(binary, ['test', ...flags, ...paths], { maxBuffer: 1 << 30 })
    for (const { filename, failures = [], warnings = [] } of JSON.parse(stdout)) {
      lists.set(filename, {
        deny: resultsOf('deny', failures),
        warn: resultsOf('warn', warnings),
        undecided: resultsOf('warn_undecided', warnings),
      })
    }
  }
  return lists
}

/** The findings behind conftest's results for one rule: conftest moves all but the message into `metadata`. */
function resultsOf(rule: string, results: readonly ConftestResult[]): string[] {
  return canonical(
    results
      .filter(({ metadata }) => metadata.query === `data.plangate.main.${rule}`)
      .map(({ msg, metadata }) => ({ ...without(metadata, 'query'), msg })),
  )
}

test('opa and conftest are there, built by the test command', () => {
  expect([opa, conftest].filter((path) => path === '')).toEqual([])
})

describe('opa eval finds what plangate finds', () => {
  let theirs: ReadonlyMap<string, Lists>
  beforeAll(async () => {
    theirs = await allByOpa(opa)
  }, 300_000)

  test.each(plans)('$name', async ({ path, environment }) => {
    expect(theirs.get(path)).toEqual(await ours(path, environment))
  })

  // With the plan as its input, as people call it.
  test.each(plans.filter((_, at) => full || at % 20 === 0))('$name by itself', async ({ path, environment }) => {
    expect(await byOpa(opa, path, environment)).toEqual(theirs.get(path))
  })
})

describe('conftest finds what plangate finds', () => {
  let theirs: ReadonlyMap<string, Lists>
  beforeAll(async () => {
    theirs = await byConftest(conftest)
  }, 300_000)

  test.each(plans)('$name', async ({ path, environment }) => {
    expect(theirs.get(path)).toEqual(await ours(path, environment))
  })
})
