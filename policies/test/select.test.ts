import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { loadGate, loadPolicy } from '@plangate/sdk'
import { cases, stacks } from '@plangate/test-plans'
import { bundle, gate } from './library.ts'

const full = process.env['PLANGATE_TEST_FULL'] !== undefined
const plans = [...stacks().map(({ path }) => path), ...cases().map(({ planPath }) => planPath)].filter(
  (_, index) => full || index % 4 === 1,
)

test('the library decides the same about a plan and about what it reads of it', async () => {
  const whole = await loadGate(bundle, { select: false })
  const config = { today: '2026-11-21' }
  for (const path of plans) {
    const plan: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const wrapped = new TextEncoder().encode(JSON.stringify({ plan, run: { id: 'run-1' } }))
    for (const source of [path, wrapped]) {
      expect(await gate.evaluate(source, { config })).toEqual(await whole.evaluate(source, { config }))
    }
  }
})

test('the library says the same of a plan as bytes, whose equal values are one in memory, and as a value', async () => {
  const policy = await loadPolicy(bundle, { data: { plangate: { config: { today: '2026-11-21' } } } })
  for (const path of plans) {
    const input = readFileSync(path)
    const ask = (given: unknown) =>
      policy.evaluate({ entrypoint: 'plangate/main/findings', numbers: 'exact', input: given })
    expect(await ask(input)).toEqual(await ask(JSON.parse(input.toString())))
  }
})
