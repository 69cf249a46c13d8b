import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from '@jest/globals'
import { inputSelector, readBundle, readSets } from '@plangate/bundle'
import { loadPolicy, type LoadedPolicy } from '../../sdk/src/policy.ts'
import { compileBundle } from '../src/index.ts'
import { randomOf } from './reads/random.ts'
import { answers, because, full, guarded, opa, report } from './reference.ts'
import { moduleOf, planOf } from './typeindex/rules.ts'

const testPlans = fileURLToPath(new URL('../../../test-plans/', import.meta.url))
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const real = [
  ...readdirSync(`${testPlans}policies`).map((name) => json(`${testPlans}policies/${name}/plan.json`)),
  ...readdirSync(`${testPlans}stacks`).flatMap((stack) =>
    readdirSync(`${testPlans}stacks/${stack}`)
      .filter((name) => name.endsWith('.plan.json'))
      .map((name) => json(`${testPlans}stacks/${stack}/${name}`)),
  ),
]

const policyOf = async (sources: Readonly<Record<string, string>>, typeIndex: boolean, entrypoints = ['main']) => {
  const {
    bundle,
    diagnostics,
    typeIndex: walks,
    reads = { sets: [], entrypoints: {}, policies: {} },
  } = await compileBundle({
    sources,
    entrypoints,
    typeIndex,
    thread: 'caller',
  })
  if (bundle === undefined) throw new Error(`${JSON.stringify(diagnostics)}\n${Object.values(sources).join('\n')}`)
  return { policy: await loadPolicy(bundle), walks, reads }
}

const outcomeOf = ({ evaluateSync }: LoadedPolicy, input: unknown) => {
  try {
    return { value: evaluateSync({ entrypoint: 'main', input }).value }
  } catch (error) {
    return { error: String(error) }
  }
}

guarded(
  `generated rules decide as they do without the index, and as OPA does, on all of a plan and on what they read${because}`,
  async () => {
    const modules = full ? 400 : 8
    const plans = 250
    let rewritten = 0
    let equal = 0
    let pairs = 0
    for (let seed = 1; seed <= modules; seed++) {
      const random = randomOf(seed)
      const files = moduleOf(random)
      const inputs = Array.from({ length: plans }, () =>
        random.chance(15) ? real[random.below(real.length)] : planOf(random),
      )
      const before = await policyOf(files, false)
      const after = await policyOf(files, true)
      expect(before.walks).toBeUndefined()
      if (after.walks === undefined) throw new Error(`nothing was rewritten in\n${files['rules.rego']}`)
      const select = inputSelector(readSets(after.reads, { entrypoints: ['main'] }))
      pairs += inputs.length
      rewritten += after.walks.length
      const [theirs] = answers([{ name: '', files, entrypoints: ['main'], regoVersion: 1, query: 'data.main', inputs }])
      for (const [at, input] of inputs.entries()) {
        const ours = outcomeOf(after.policy, input)
        const { result, error } = theirs?.values?.[at] ?? { error: 'no answer' }
        const all = {
          ours,
          plain: outcomeOf(before.policy, input),
          selected: outcomeOf(after.policy, select(input)),
          theirs: error === undefined ? { value: result } : 'error' in ours ? ours : { error },
        }
        const alike = Object.values(all).every((each) => isDeepStrictEqual(each, ours))
        if (!alike) throw new Error(`plan ${at} of seed ${seed}: ${JSON.stringify({ ...all, files, input }, null, 2)}`)
        if (error === undefined) equal++
      }
    }
    report(
      'typeindex',
      `${pairs} pairs of ${modules} modules and plans, ${rewritten} walks rewritten, ${equal} with a value of OPA's`,
    )
    expect(pairs).toBeGreaterThanOrEqual(full ? 100_000 : 2_000)
  },
  full ? 3_600_000 : 120_000,
)

test('without enough walks there is no index', async () => {
  const { walks } = await policyOf({ 'main.rego': `package main\n\n${rule(1)}` }, true)
  expect(walks).toBeUndefined()
})

const rule = (n: number): string =>
  `# Rule ${n}.\ndeny contains rc.address if {\n\tsome rc in input.resource_changes\n\trc.type == "t${n}"\n}\n`
const many = {
  'main.rego': `package main\n\n${Array.from({ length: 8 }, (_, n) => rule(n)).join('\n')}\nsecond(xs) := xs[1]\n`,
  'other.rego': 'package other\n\nnames := [r.address | r := input.resource_changes[_]; r.type == "t1"]\n',
}

const sources = (all: ReadonlyMap<string, Uint8Array>) =>
  [...all].filter(([path]) => !['.manifest', 'policy.wasm', 'plan.json'].includes(path.replace(/^\//, '')))

const run = (...args: readonly string[]) => JSON.parse(execFileSync(opa, args, { encoding: 'utf8' }))

test.each([
  ['wasm', undefined, 9],
  ['wasm', true, 9],
  ['wasm', false, undefined],
  ['plan', undefined, undefined],
  ['plan', true, 9],
  ['rego', undefined, undefined],
  ['rego', true, undefined],
] as const)('a bundle of %s, asked with %s, has %s walks through an index', async (target, asked, walks) => {
  const made = async (typeIndex: boolean | undefined) => {
    const { bundle = new Uint8Array(), typeIndex: found } = await compileBundle({
      sources: many,
      entrypoints: ['main/deny'],
      target,
      ...(typeIndex === undefined ? {} : { typeIndex }),
      thread: 'caller',
    })
    const { files, manifest } = await readBundle(bundle)
    return { found, files, manifest }
  }
  const { found, files, manifest } = await made(asked)
  expect(found?.length).toBe(walks)
  expect(manifest.metadata.plangate?.typeIndex).toEqual(found)
  const plain = await made(false)
  expect(sources(files)).toEqual(sources(plain.files))
  expect({ ...manifest, revision: '', metadata: {} }).toEqual({ ...plain.manifest, revision: '', metadata: {} })
})

test('the manifest says where, what was written and what is compiled', async () => {
  const { typeIndex = [] } = await compileBundle({ sources: many, entrypoints: ['main/deny'], thread: 'caller' })
  expect([typeIndex[0], typeIndex.at(-1)]).toEqual([
    {
      file: 'main.rego',
      line: 5,
      before: 'some rc in input.resource_changes',
      after: 'rc := data.plangate_index.of_1[__k0]',
      types: ['t0'],
    },
    {
      file: 'other.rego',
      line: 3,
      before: 'r := input.resource_changes[_]',
      after: 'r := data.plangate_index.of_2[__k8]',
      types: ['t1'],
    },
  ])
})

test('what does not compile is told of the rules as they were written', async () => {
  const { diagnostics } = await compileBundle({
    sources: { 'main.rego': `${many['main.rego']}\nbad := lower(1)\n` },
    entrypoints: ['main/deny'],
    thread: 'caller',
  })
  expect(diagnostics).toMatchObject([{ code: 'rego_type_error', file: 'main.rego', line: 53 }])
})

guarded(`opa inspects and evaluates a bundle with an index as one without${because}`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'typeindex-'))
  try {
    const input = join(folder, 'input.json')
    writeFileSync(input, '{"resource_changes": [{"type": "t1", "address": "a"}, {"type": "t9", "address": "b"}]}')
    const said: unknown[] = []
    for (const typeIndex of [true, false]) {
      const { bundle = new Uint8Array() } = await compileBundle({
        sources: many,
        entrypoints: ['main/deny'],
        revision: '1',
        typeIndex,
        thread: 'caller',
      })
      const path = join(folder, 'b.tar.gz')
      writeFileSync(path, bundle)
      const { manifest, ...inspected } = run('inspect', '--format', 'json', path)
      const query = '{"deny": data.main.deny, "names": data.other.names, "all": data.plangate_index}'
      const values = run(
        'eval',
        '--format',
        'json',
        '--bundle',
        path,
        '--input',
        input,
        '{"d": data.main.deny, "n": data.other.names}',
      )
      expect(manifest.metadata.plangate.typeIndex?.length).toBe(typeIndex ? 9 : undefined)
      expect(run('eval', '--format', 'json', '--bundle', path, '--input', input, query)).toEqual({})
      said.push({ inspected, roots: manifest.roots, value: values.result[0].expressions[0].value })
    }
    expect(said[0]).toEqual(said[1])
    expect(said[0]).toMatchObject({ value: { d: ['a'], n: ['a'] } })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

const odd = `of(t) := {i | input.resource_changes[i].type == t}

same(t) := {r.address | some r in input.resource_changes; r.type == t}

deny := [of(1), of("1"), same(1.00), same(null), same(false), same({"a": 1}), same([1]), same(1e2), same(9007199254740993)]
`

test.each([
  [
    '[{"type": 1.0, "address": 0}, {"type": "1", "address": 1}, {"type": null, "address": 2}, {"type": false, "address": 3}, {"type": {"a": 1.0}, "address": 4}, {"type": [1], "address": 5}, {"type": 100, "address": 6}, {"type": 9007199254740992, "address": 7}, {"type": 9007199254740993, "address": 8}]',
    '[[0],[1],[0],[2],[3],[4],[5],[6],[8]]',
  ],
  ['{"x": {"type": 1, "address": 0}, "y": {"type": "1"}, "z": {"address": 1}}', '[["x"],["y"],[0],[],[],[],[],[],[]]'],
  ['{{"type": "1"}, 2}', '[[],[{"type":"1"}],[],[],[],[],[],[],[]]'],
  ['"text"', '[[],[],[],[],[],[],[],[],[]]'],
  ['null', '[[],[],[],[],[],[],[],[],[]]'],
])('in %s, types are looked up as they compare', async (changes, expected) => {
  for (const typeIndex of [true, false]) {
    const { policy, walks } = await policyOf({ 'main.rego': `package main\n\n${odd}` }, typeIndex, ['main/deny'])
    expect(walks?.length).toBe(typeIndex ? 2 : undefined)
    const input = `{"resource_changes": ${changes}}`
    expect(policy.evaluateSync({ entrypoint: 'main/deny', inputText: input }).text).toBe(expected)
  }
})

const old = (n: number) => `deny[rc.address] { rc := input.resource_changes[_]; rc.type == "t${n}" }\n`

test.each([
  [0, undefined, 8],
  [0, 'v0.40.0', undefined],
] as const)('Rego v%d for OPA %s has %s walks through an index', async (regoVersion, capabilities, walks) => {
  const { bundle, typeIndex } = await compileBundle({
    sources: { 'main.rego': `package main\n\n${Array.from({ length: 8 }, (_, n) => old(n)).join('\n')}` },
    entrypoints: ['main/deny'],
    regoVersion,
    ...(capabilities === undefined ? {} : { capabilities }),
    thread: 'caller',
  })
  expect(typeIndex?.length).toBe(walks)
  const policy = await loadPolicy(bundle ?? '')
  const input = {
    resource_changes: [
      { type: 't7', address: 'a' },
      { type: 't8', address: 'b' },
    ],
  }
  expect(policy.evaluateSync({ entrypoint: 'main/deny', input }).value).toEqual(['a'])
  expect(policy.evaluateSync({ entrypoint: 'main/deny' }).value).toEqual([])
})
