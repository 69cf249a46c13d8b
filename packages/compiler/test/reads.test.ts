import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inputSelector, type Reads, readSets } from '@plangate/bundle'
import { loadOpa } from '@plangate/opa'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { cases } from '../../../test-plans/src/cases.ts'
import { stacks } from '../../../test-plans/src/stacks.ts'
import { readInput } from '../../sdk/src/input/read.ts'
import { closeCompiler, compileBundle } from '../src/index.ts'
import { evaluatorOf } from './reads/evaluate.ts'
import { garbled, inputOf } from './reads/inputs.ts'
import { type Generated, policiesOf } from './reads/policies.ts'
import { randomOf } from './reads/random.ts'

const full = process.env['PLANGATE_TEST_FULL'] !== undefined
const opa = process.env['PLANGATE_OPA'] ?? fileURLToPath(new URL('../../../.cache/oracle/opa', import.meta.url))
const reason = existsSync(opa) ? undefined : 'there is no `opa`: `npm test` builds one, PLANGATE_OPA names another'
const guarded = reason === undefined ? test : test.skip
const because = reason === undefined ? '' : ` (${reason})`
const policies = fileURLToPath(new URL('../../../policies', import.meta.url))

/** What is different without, or with something else for, what is not read. */
interface Difference {
  readonly of: string
  readonly on: string
  readonly which: 'hidden' | 'garbled' | 'scanned'
}

/** The library, with entrypoints for the policies that are evaluated alone: some of them, or all in a full run. */
const library = async () => {
  const alone = policyIds().filter((_, index) => full || index % 12 === 3)
  const entrypoints = alone.flatMap((id) =>
    ['deny', 'undecided'].filter((rule) => has(id, rule)).map((rule) => `plangate/policies/${id}/${rule}`),
  )
  const { bundle, reads } = await compileBundle({ sources: policies, entrypoints })
  if (bundle === undefined || reads === undefined) throw new Error('the library does not compile')
  return { bundle, reads, entrypoints, alone }
}

const policyIds = (): readonly string[] =>
  readdirSync(`${policies}/plangate/policies`, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /^[^/.]+\/[^/.]+$/.test(path))
    .toSorted()

const has = (id: string, rule: string): boolean => {
  const text = readFileSync(`${policies}/plangate/policies/${id}/${id.split('/')[1] ?? ''}.rego`, 'utf8')
  return new RegExp(`^${rule} contains`, 'm').test(text)
}

let compiled: Awaited<ReturnType<typeof library>>
beforeAll(async () => {
  compiled = await library()
}, 600_000)
afterAll(closeCompiler)

test('what the library reads is short, and complete for each policy', () => {
  const { sets, ...users } = compiled.reads
  expect(JSON.stringify(compiled.reads).length).toBeLessThan(1_000 * policyIds().length)
  expect(Object.keys(users.policies)).toEqual(policyIds())
  expect(sets.some(({ input }) => JSON.stringify(input).includes('prior_state'))).toBe(false)
})

test('the library decides the same about real plans without what it does not read', async () => {
  const { bundle, reads, entrypoints: known, alone } = compiled
  const evaluate = await evaluatorOf(bundle)
  const users = [
    {
      of: 'main',
      entrypoints: ['plangate/main/findings'],
      select: selector(reads, { entrypoints: ['plangate/main/findings'] }),
    },
    ...alone.map((id) => ({
      of: id,
      entrypoints: known.filter((path) => path.startsWith(`plangate/policies/${id}/`)),
      select: selector(reads, { policies: [id] }),
    })),
  ]
  const plans = [...stacks().map(({ path }) => path), ...cases().map(({ planPath }) => planPath)]
  const differences: Difference[] = []
  let compared = 0
  for (const path of plans.filter((_, index) => full || index < 14)) {
    const plan: unknown = JSON.parse(readFileSync(path, 'utf8'))
    for (const input of full ? [plan, { plan, run: { id: 'run-1' } }] : [plan]) {
      for (const { of, entrypoints, select } of users) {
        const left = select(input)
        const whole = evaluate(input, entrypoints)
        for (const [which, other] of [
          ['hidden', left],
          ['garbled', garbled(input, left)],
        ] as const) {
          compared += entrypoints.length
          if (!same(whole, evaluate(other, entrypoints))) differences.push({ of, on: path, which })
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(50)
  expect(differences).toEqual([])
}, 600_000)

guarded(
  `the opa command finds the same without what the library does not read${because}`,
  async () => {
    const { bundle, reads } = await compileBundle({ sources: policies })
    if (bundle === undefined || reads === undefined) throw new Error('the library does not compile')
    const folder = mkdtempSync(join(tmpdir(), 'reads-'))
    try {
      writeFileSync(join(folder, 'library.tar.gz'), bundle)
      const select = selector(reads, { entrypoints: ['plangate/main/findings'] })
      const found = (input: unknown): unknown => {
        writeFileSync(join(folder, 'input.json'), JSON.stringify(input))
        const args = ['eval', '--bundle', 'library.tar.gz', '--input', 'input.json', '--format', 'values']
        return JSON.parse(
          execFileSync(opa, [...args, 'data.plangate.main.findings'], { cwd: folder, encoding: 'utf8' }),
        )
      }
      for (const { path } of stacks().filter((_, index) => full || index === 1)) {
        const plan: unknown = JSON.parse(readFileSync(path, 'utf8'))
        expect(found(select(plan))).toEqual(found(plan))
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
  600_000,
)

const selector = (reads: Reads, who: Parameters<typeof readSets>[1]) => inputSelector(readSets(reads, who))

/** What the SDK leaves of an input. */
const scanned = (input: unknown, sets: ReturnType<typeof readSets>): unknown =>
  JSON.parse(Buffer.from(readInput(Buffer.from(JSON.stringify(input)), sets).input).toString())

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => JSON.stringify(a) === JSON.stringify(b)

test('generated policies decide the same about generated inputs without what they do not read', async () => {
  const modules = full ? 50 : 2
  const inputs = full ? 40 : 10
  const differences: (Difference & { readonly rule: string; readonly input: string })[] = []
  const counts = { policies: 0, compared: 0, stopped: 0, hidden: 0, decided: 0 }
  for (let seed = 1; seed <= modules; seed++) {
    const random = randomOf(seed)
    const built = await buildable(policiesOf(random, 40))
    const evaluate = await evaluatorOf(built.bundle)
    const users = built.entrypoints.map((entrypoint) => ({
      entrypoint,
      select: selector(built.reads, { entrypoints: [entrypoint] }),
      sets: readSets(built.reads, { entrypoints: [entrypoint] }),
    }))
    counts.policies += users.length
    for (let number = 0; number < inputs; number++) {
      // With what makes a plan of it for the scanner.
      const input = { format_version: '1.2', planned_values: {}, ...Object(inputOf(random)) }
      for (const { entrypoint, select, sets } of users) {
        const [whole] = evaluate(input, [entrypoint])
        if (whole instanceof Error) {
          counts.stopped++
          continue
        }
        const left = select(input)
        if (JSON.stringify(left) !== JSON.stringify(input)) counts.hidden++
        if (whole !== undefined && JSON.stringify(whole) !== '[]') counts.decided++
        for (const [which, other] of [
          ['hidden', left],
          ['garbled', garbled(input, left)],
          ['scanned', scanned(input, sets)],
        ] as const) {
          counts.compared++
          const [answer] = evaluate(other, [entrypoint])
          if (!same([whole], [answer]) && differences.length < 5) {
            const rule = built.text
              .split(/\n(?=p\d|default p)/)
              .filter((each) => each.includes(`${entrypoint.slice(2)}[`) || each.includes(`${entrypoint.slice(2)} `))
              .join('\n')
            differences.push({ of: entrypoint, on: `seed ${seed}`, which, rule, input: JSON.stringify(input) })
          }
        }
      }
    }
  }
  expect(differences).toEqual([])
  // Most of what is compared says something, and hides something.
  expect(counts.hidden).toBeGreaterThan(counts.compared / 10)
  expect(counts.decided).toBeGreaterThan(counts.compared / 10)
}, 600_000)

/** The module without the rules that OPA does not compile. */
const buildable = async ({ text, entrypoints }: Generated) => {
  const loaded = await loadOpa()
  const lines = text.split('\n')
  let kept = lines
  for (let attempt = 0; attempt < 10; attempt++) {
    const present = entrypoints.filter((entrypoint) => kept.some((line) => ruleName(line) === entrypoint.slice(2)))
    const files = [{ path: 'a.rego', contents: new TextEncoder().encode(kept.join('\n')) }]
    const { bundle, reads, diagnostics } = loaded.build(files, {
      target: 'wasm',
      entrypoints: present,
      fallback: 'test',
      regoVersion: 1,
      policies: {},
    })
    // `as`: the report as the compiler writes it into manifests
    if (bundle !== undefined && reads !== undefined)
      return { bundle, reads: reads as Reads, entrypoints: present, text: kept.join('\n') }
    const wrong = new Set(diagnostics.map(({ line }) => ruleAt(kept, line)))
    if (wrong.has('')) throw new Error(JSON.stringify(diagnostics))
    kept = kept.filter((_, index) => !wrong.has(ruleAt(kept, index + 1)))
  }
  throw new Error('no module is left')
}

const ruleName = (line: string): string => /^(?:default )?(p\d+)\b/.exec(line)?.[1] ?? ''

const ruleAt = (lines: readonly string[], line: number): string => {
  for (let index = Math.min(line, lines.length) - 1; index >= 0; index--) {
    const name = ruleName(lines[index] ?? '')
    if (name !== '') return name
  }
  return ''
}
