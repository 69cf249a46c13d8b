import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { closeCompiler, jsonTests, prettyTests, runTests, type TestOptions } from '../src/index.ts'
import { tests } from './tests.ts'

const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? undefined : 'there is no `opa`: `npm test` builds one, PLANGATE_OPA names another'
const guarded = reason === undefined ? test : test.skip
const because = reason === undefined ? '' : ` (${reason})`

const folder = mkdtempSync(join(tmpdir(), 'verify-'))
const here = process.cwd()

beforeAll(() => {
  for (const [path, text] of Object.entries(tests)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  // OPA prints paths as they are given to it
  process.chdir(folder)
})

afterAll(async () => {
  process.chdir(here)
  await closeCompiler()
  rmSync(folder, { recursive: true })
})

const opaTest = (...args: readonly string[]): string =>
  spawnSync(opa, ['test', ...args], { cwd: folder, encoding: 'utf8' }).stdout

/** Durations are their own; so are the numbers of queries in a trace. */
const timeless = (text: string): string =>
  text
    .replace(/\((\d+(\.\d+)?(ns|µs|ms|s|m|h))+\)/g, '(time)')
    .replace(/"duration": \d+/g, '"duration": 0')
    .replace(/"(QueryID|ParentID)": \d+/g, '"$1": 0')

const split = (part: string) =>
  part.split(/\n(?=(?:\S+:\d+:\n)?data\.)|\n(?=\S+:\d+:\ndata\.)/).map((each) => each.trim())

/** OPA lists tests in no order: the blocks of its text, sorted. */
const blocks = (text: string): readonly string[] => {
  const [list = '', ...rest] = timeless(text).split(`${'-'.repeat(80)}\n`)
  return [split(list), ...rest.map(split)].map((parts) => parts.toSorted().join('\n'))
}

const cases: readonly (readonly [name: string, options: Omit<TestOptions, 'sources'>, args: readonly string[]])[] = [
  ['as it is', {}, []],
  ['with what passes', { verbose: true }, ['--verbose']],
  ['with the values of variables', { varValues: true }, ['--var-values']],
  ['with both', { varValues: true, verbose: true }, ['--var-values', '--verbose']],
  ['with a full trace', { explain: 'full' }, ['--explain', 'full']],
  ['with notes', { explain: 'notes' }, ['--explain', 'notes']],
  ['of some names', { run: 'test_(cases|fails)' }, ['--run', 'test_(cases|fails)']],
  ['without ignored files', { ignore: ['other*'] }, ['--ignore', 'other*']],
]

guarded.each(cases)(`text %s${because}`, async (_, options, args) => {
  const { runs } = await runTests({ ...options, sources: 'authz', words: 'pretty' })
  const failures = options.verbose === true || options.varValues === true || options.explain !== undefined
  const ours = runs.map((run) => prettyTests(run, { failures })).join('')
  expect(blocks(ours)).toEqual(blocks(opaTest('authz', ...args)))
})

/** Of an event of a trace what happened where: OPA numbers local variables differently each time. */
const place = (_: string, value: unknown) =>
  isEvent(value) ? `${value.Op} ${value.Location?.file}:${value.Location?.row}` : value

const byName = (text: string): unknown =>
  JSON.parse(timeless(text), place).toSorted((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1))

interface Event {
  readonly Op: string
  readonly Location?: { readonly file: string; readonly row: number }
}

const isEvent = (value: unknown): value is Event => typeof value === 'object' && value !== null && 'Op' in value

guarded.each(cases.filter(([, { explain }]) => explain === undefined))(
  `JSON %s${because}`,
  async (_, options, args) => {
    const { runs } = await runTests({ ...options, sources: 'authz', words: 'json' })
    const ours = runs.map((run) => jsonTests(run)).join('')
    expect(byName(ours)).toEqual(byName(opaTest('authz', '--format', 'json', ...args)))
  },
)

guarded(`coverage is, byte for byte, that of opa${because}`, async () => {
  const { runs } = await runTests({ sources: 'good', coverage: true })
  expect(runs[0]?.coverage?.json).toBe(opaTest('good', '--coverage'))
})

guarded(`a bundle is loaded as opa loads it${because}`, async () => {
  const { runs } = await runTests({ sources: 'packed', bundle: true, words: 'pretty', verbose: true })
  const ours = runs.map((run) => prettyTests(run, { failures: true })).join('')
  expect(blocks(ours)).toEqual(blocks(opaTest('--bundle', 'packed', '--verbose')))
})

test('what does not compile is said with its place', async () => {
  const { diagnostics, error, runs } = await runTests({ sources: { 'a_test.rego': 'package a\n\ntest_x if y == 1\n' } })
  expect({ runs, error, diagnostics }).toEqual({
    runs: [],
    error: '1 error occurred: a_test.rego:3: rego_unsafe_var_error: var y is unsafe',
    diagnostics: [
      {
        code: 'rego_unsafe_var_error',
        severity: 'error',
        message: 'var y is unsafe',
        file: 'a_test.rego',
        line: 3,
        column: 11,
        endLine: 3,
        endColumn: 17,
        hint: 'give the variable a value in the same body, with `:=` or `some … in …`',
      },
    ],
  })
})

test('a test that does not end is ended, and the others are run', async () => {
  const sources = {
    'a_test.rego': `package a

test_endless if {
	xs := numbers.range(1, 5000)
	every x in xs { every y in xs { every z in xs { x + y + z > 0 } } }
}

test_short if 1 == 1
`,
  }
  const { runs } = await runTests({ sources, testTimeoutMs: 200 })
  expect(runs[0]?.results.map(({ name, outcome, error }) => [name, outcome, error?.code])).toEqual([
    ['test_endless', 'error', 'eval_cancel_error'],
    ['test_short', 'pass', undefined],
  ])
})

test('a run that does not end is ended as a whole', async () => {
  const sources = { 'a_test.rego': 'package a\n\ntest_x if count(numbers.range(1, 1000000000)) > 0\n' }
  await expect(runTests({ sources, limits: { timeoutMs: 2000 } })).rejects.toMatchObject({ code: 'ERR_TIME_LIMIT' })
})

const outcomes = async (parallel: number) => {
  const { runs } = await runTests({ sources: ['authz', 'good'], parallel })
  return runs[0]?.results.map(({ file, line, name, outcome }) => ({ file, line, name, outcome }))
}

test('two threads give the results of one', async () => {
  expect(await outcomes(2)).toEqual(await outcomes(1))
})
