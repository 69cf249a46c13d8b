import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from '@jest/globals'
import { inputSelector, readSets } from '@plangate/bundle'
import { loadPolicy, type LoadedPolicy } from '../../sdk/src/policy.ts'
import { compileBundle } from '../src/index.ts'
import { randomOf } from './reads/random.ts'
import { answers, because, full, guarded, report } from './reference.ts'
import { moduleOf, planOf } from './typeindex/rules.ts'

const folder = fileURLToPath(new URL('../../../test-plans/', import.meta.url))
const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const real = [
  ...readdirSync(`${folder}policies`).map((name) => json(`${folder}policies/${name}/plan.json`)),
  ...readdirSync(`${folder}stacks`).flatMap((stack) =>
    readdirSync(`${folder}stacks/${stack}`)
      .filter((name) => name.endsWith('.plan.json'))
      .map((name) => json(`${folder}stacks/${stack}/${name}`)),
  ),
]

const policyOf = async (sources: Readonly<Record<string, string>>, typeIndex: boolean) => {
  const {
    bundle,
    diagnostics,
    typeIndex: walks,
    reads = { sets: [], entrypoints: {}, policies: {} },
  } = await compileBundle({
    sources,
    entrypoints: ['main'],
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
  const rule = 'deny contains rc.address if {\n\tsome rc in input.resource_changes\n\trc.type == "x"\n}\n'
  const { walks } = await policyOf({ 'main.rego': `package main\n\n${rule}` }, true)
  expect(walks).toBeUndefined()
})
