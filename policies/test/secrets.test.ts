import { expect, test } from '@jest/globals'
import { measureHarmless, measurePlanted, plantedPlan } from '@plangate/test-plans'
import { gate } from './library.ts'

const policies = new Set(gate.catalogue.filter(({ aliases }) => aliases.includes('PL-001')).map(({ id }) => id))

async function decide(plan: Uint8Array) {
  const { findings } = await gate.evaluate(plan, { config: { environment: 'prod' } })
  return findings.filter(({ id }) => policies.has(id))
}

test('nothing is found where there is no credential', async () => {
  const alarms = (await measureHarmless(decide)).filter(({ found }) => found.length > 0)
  expect(alarms).toEqual([])
})

/** What is not found: a word of eight letters and digits, and an identifier, where no name says that they are a password. */
const missed = new Set(['password, short', 'pinecone before 2024'])

test('every kind of credential is found in every place, at its address and path', async () => {
  const planted = await measurePlanted(decide, { oneIn: process.env['PLANGATE_TEST_FULL'] ? 1 : 13 })
  const hidden = planted.filter(({ kind, found }) => !found && !missed.has(kind))
  expect(planted.length).toBeGreaterThan(1000)
  expect(hidden).toEqual([])
}, 120_000)

/** What the policies about secrets found, as `address path`. */
const places = (list: readonly { id: string; address: string; path: readonly (string | number)[] }[]) =>
  list
    .filter(({ id }) => policies.has(id))
    .map((finding) => `${finding.address} ${finding.path.join('.')}`)
    .sort()

test('every credential of a real plan is found where it is, and shown nowhere', async () => {
  const { path, expected } = plantedPlan()
  const decision = await gate.evaluate(path, { config: { environment: 'prod' } })
  expect({ fail: places(decision.findings), undecided: places(decision.undecided) }).toEqual(expected)
  expect(JSON.stringify(decision)).not.toMatch(/k7lmqyNURNN|7Kq2mZr9dVwPy|qT7mVRavvfhf/)
})
