/**
 * Prints what the library covers and how right it is: policies, rows of the catalogue, labels of the labelled plans, and what it
 * says about the stacks that are compliant.
 *
 * `npm run bench -- library`; the score of its tests is `npm run mutate`, the rate of false alarms about secrets
 * `npm run bench -- secrets`, and the time by policy `npm run bench -- evaluate profile`.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadGate } from '../../packages/sdk/dist/index.js'
import { cases } from '../../test-plans/dist/index.js'

/** How many rows the catalogue has of each letters, for AWS and for plans as a whole. */
const catalogue = { AC: 10, BR: 25, CP: 13, EC: 3, IA: 8, KM: 2, NW: 4, PL: 11, SE: 3, SM: 43, ST: 7, VS: 8 }
/** Rows that need more than one plan, or a judgement that no plan holds. */
const outside = { 'PL-009': 'a score over a threshold is no fault at an address', 'PL-011': 'compares two plans' }
/** Compliant in these environments, so without a finding that fails. */
const compliant = {
  'model-endpoint/prod': 'prod',
  'model-endpoint/dev': 'dev',
  'model-endpoint-live/noop': 'prod',
  'training-cluster/hardened': 'prod',
  'kubernetes-serving/hardened': 'prod',
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const gate = await loadGate(join(root, 'policies', 'dist', 'library.tar.gz'))

const byAlias = new Map()
for (const { id, aliases } of gate.catalogue)
  for (const alias of aliases) byAlias.set(alias, (byAlias.get(alias) ?? new Set()).add(id))
const rows = Object.entries(catalogue).flatMap(([letters, count]) =>
  Array.from({ length: count }, (_, at) => `${letters}-${String(at + 1).padStart(3, '0')}`),
)
const missing = rows.filter((row) => !byAlias.has(row))
console.log(`policies: ${gate.catalogue.length}`)
console.log(`rows of the catalogue: ${rows.length - missing.length} of ${rows.length} covered`)
for (const row of missing) console.log(`  ${row}: ${outside[row] ?? 'no policy yet'}`)

const tally = {}
const wrong = []
let judged = 0
for (const { id, planPath, expected } of cases()) {
  const ids = byAlias.get(id)
  if (ids === undefined) continue
  judged += 1
  const parameters = expected.parameters === undefined ? {} : { parameters: { [id]: expected.parameters } }
  const config = { environment: expected.environment ?? 'prod', ...parameters }
  const { findings, undecided } = await gate.evaluate(planPath, { config })
  const says = (list, address) => list.some((finding) => ids.has(finding.id) && finding.address === address)
  for (const label of ['fail', 'undecided', 'pass']) {
    tally[label] ??= { right: 0, all: 0 }
    for (const address of expected[label]) {
      const said = says(findings, address) ? 'fail' : says(undecided, address) ? 'undecided' : 'pass'
      tally[label].all += 1
      if (said === label) tally[label].right += 1
      else wrong.push(`  ${id} ${address}: ${label} is right, ${said} is said`)
    }
  }
}
const sum = (key) => Object.values(tally).reduce((total, each) => total + each[key], 0)
console.log(`labels of ${judged} rows: ${sum('right')} of ${sum('all')} right`)
for (const [label, { right, all }] of Object.entries(tally)) console.log(`  ${label}: ${right} of ${all}`)
if (wrong.length > 0) console.log(wrong.join('\n'))

console.log('compliant stacks:')
for (const [name, environment] of Object.entries(compliant)) {
  const plan = join(root, 'test-plans', 'stacks', `${name}.plan.json`)
  const { counts } = await gate.evaluate(plan, { config: { environment } })
  const { fail, warn, undecided } = counts
  console.log(`  ${name} in ${environment}: ${fail} fail, ${warn} warn, ${undecided} undecided`)
  if (fail > 0) process.exitCode = 1
}
if (wrong.length > 0) process.exitCode = 1
await gate.close()
