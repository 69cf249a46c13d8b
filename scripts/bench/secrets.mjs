/**
 * What the library finds of planted credentials, and what it finds where there is none: kinds by places, harmless values,
 * and the plans of test-plans. `npm run bench -- secrets [--misses]`
 *
 * The plans of test-plans have credentials of their own: what is found in them is listed by plan, to be read.
 */
import { fileURLToPath } from 'node:url'
import { loadGate } from '../../packages/sdk/dist/index.js'
import { cases, measureHarmless, measurePlanted, stacks } from '../../test-plans/dist/index.js'

const bundle = fileURLToPath(new URL('../../policies/dist/library.tar.gz', import.meta.url))
const gate = await loadGate(bundle)
const policies = new Set(gate.catalogue.filter(({ aliases }) => aliases.includes('PL-001')).map(({ id }) => id))
const decide = async (plan) => {
  const { findings } = await gate.evaluate(plan, { config: { environment: 'prod' } })
  return findings.filter(({ id }) => policies.has(id))
}

console.log('\nfindings in the plans of test-plans\n')
for (const { name, file } of [
  ...stacks().map(({ stack, plan, path }) => ({ name: `${stack}/${plan}`, file: path })),
  ...cases().map(({ id, planPath }) => ({ name: id, file: planPath })),
]) {
  const addresses = [...new Set((await decide(file)).map(({ address }) => address))]
  if (addresses.length > 0) console.log(`${String(addresses.length).padStart(9)}  ${name}: ${addresses.join(', ')}`)
}

const harmless = await measureHarmless(decide)
const wrong = harmless.filter(({ found }) => found.length > 0)
console.log(`\nharmless values, by kind\n`)
for (const [kind, all] of groups(harmless, (one) => one.kind)) {
  const places = all.reduce((sum, one) => sum + one.places, 0)
  const alarms = all.reduce((sum, one) => sum + one.found.length, 0)
  console.log(`${`${alarms}/${places}`.padStart(9)}  ${kind}`)
}
for (const { name, value, found } of wrong)
  console.log(`  false alarm: ${name} = ${JSON.stringify(value)} (${shortened(found)})`)

// Last, since what is decided after so large a plan takes longer.
const planted = await measurePlanted(decide)
for (const by of ['place', 'kind']) {
  console.log(`\ncredentials found, by ${by}\n`)
  for (const [name, all] of groups(planted, (planting) => planting[by])) {
    const missed = all.filter(({ found }) => !found).map((planting) => planting[by === 'place' ? 'kind' : 'place'])
    const share = `${all.length - missed.length}/${all.length}`.padStart(9)
    console.log(`${share}  ${name}${missed.length > 0 ? `; not: ${shortened(missed)}` : ''}`)
  }
}
const found = planted.filter((planting) => planting.found).length
console.log(`\n${found} of ${planted.length} planted credentials found`)

function groups(items, of) {
  const all = new Map()
  for (const item of items) all.set(of(item), [...(all.get(of(item)) ?? []), item])
  return all
}

function shortened(names) {
  const most = process.argv.includes('--misses') ? names.length : 6
  return names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '')
}
