/**
 * Judges one plan again and again in one process and prints what that costs, as JSON:
 * `node warm.mjs <plangate | opa-wasm | JSON.parse> <bundle or module> <entrypoint> <plan> <rounds>`
 *
 * One evaluation comes first and is told apart; then come as many as make it fast, which are not counted, and the rounds.
 * With 0 rounds the first is all.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { median } from './measure.mjs'

const [subject, policies, entrypoint, plan, count] = process.argv.slice(2)
const rounds = Number(count)

const subjects = {
  plangate: async () => {
    const { loadGate } = await import('../../packages/sdk/dist/index.js')
    const gate = await loadGate(policies, { ordered: entrypoint !== 'plangate/main/findings' })
    const bytes = readFileSync(plan)
    return () => gate.evaluate(bytes, { config: { environment: 'prod' } })
  },
  // As its documentation shows it: the plan is parsed and given as an object.
  'opa-wasm': async () => {
    const require = createRequire(new URL('../../packages/sdk/package.json', import.meta.url))
    const { loadPolicy } = require('@open-policy-agent/opa-wasm')
    const policy = await loadPolicy(readFileSync(policies))
    policy.setData({ plangate: { config: { environment: 'prod' } } })
    return () => policy.evaluate(JSON.parse(readFileSync(plan, 'utf8')), entrypoint)
  },
  'JSON.parse': async () => () => JSON.parse(readFileSync(plan, 'utf8')),
}

const evaluate = await subjects[subject]()
const measured = async () => {
  const before = process.cpuUsage()
  const start = process.hrtime.bigint()
  await evaluate()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const { user, system } = process.cpuUsage(before)
  return { seconds, cpu: (user + system) / 1e6 }
}

const { seconds: first } = await measured()
const warmUp = rounds === 0 ? 0 : Math.max(1, Math.min(300, Math.floor(2 / first)))
for (let round = 0; round < warmUp; round++) await evaluate()
const samples = []
for (let round = 0; round < rounds; round++) samples.push(await measured())
const [seconds, cpu] = ['seconds', 'cpu'].map((key) => (rounds === 0 ? first : median(samples.map((one) => one[key]))))
console.log(JSON.stringify({ seconds, cpu, megabytes: process.resourceUsage().maxRSS / 1024, first }))
