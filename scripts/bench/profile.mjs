/**
 * Prints how much of a decision each policy takes, and each rule that several share: `node profile.mjs <bundle> <plan>`
 *
 * A rule that is evaluated once and used by many policies counts for the one that asks first, so policies are listed with
 * what they do themselves and for themselves: time within `data.plangate.lib` stands on lines of its own.
 */
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { loadGate } from '../../packages/sdk/dist/index.js'

const [bundle, plan] = process.argv.slice(2)
const gate = await loadGate(bundle, { ordered: false })
const bytes = readFileSync(plan)

const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.setSamplingInterval', { interval: 1000 })
await session.post('Profiler.start')
await gate.evaluate(bytes, { config: { environment: 'prod' } })
const { profile } = await session.post('Profiler.stop')

const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
const above = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])))
const nameOf = (id) => nodes.get(id).callFrame.functionName
const time = { whole: 0, reading: 0, policies: new Map(), shared: new Map() }
const add = (map, key, value) => map.set(key, (map.get(key) ?? 0) + value)

profile.samples.forEach((sample, at) => {
  if (/^\((idle|root|program)\)$/.test(nameOf(sample))) return
  const taken = profile.timeDeltas[at] / 1e6
  time.whole += taken
  const stack = []
  for (let id = sample; id !== undefined; id = above.get(id)) stack.push(nameOf(id))
  // The innermost rule says what the time is spent for.
  const rule = stack.map((name) => /^g0\.data\.plangate\.(.+)$/.exec(name)?.[1]).find((name) => name !== undefined)
  if (rule === undefined) time.reading += taken
  else if (rule.startsWith('policies.')) add(time.policies, rule.split('.').slice(1, 3).join('/'), taken)
  else add(time.shared, rule, taken)
})

const print = (heading, map, most) => {
  console.log(`\n${heading}`)
  for (const [name, taken] of [...map].sort(([, a], [, b]) => b - a).slice(0, most)) {
    console.log(`${((100 * taken) / time.whole).toFixed(1).padStart(6)} %  ${name}`)
  }
}
console.log(`a decision, ${time.whole.toFixed(2)} s: what each policy takes for itself, in percent of all`)
console.log(
  `${((100 * time.reading) / time.whole).toFixed(1).padStart(6)} %  reading the plan, and all that is no rule`,
)
print('policies', time.policies, 40)
print('rules of the library that they share, each without the rules that it asks', time.shared, 25)
