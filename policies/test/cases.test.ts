import { expect, test } from '@jest/globals'
import type { Decision } from '@plangate/sdk'
import { cases } from '@plangate/test-plans'
import { gate } from './library.ts'

/** The policies that answer for each row of the catalogue, by the row's id, and each for itself, as `category.name`. */
const policies = new Map<string, Set<string>>()
for (const { id, aliases } of gate.catalogue) {
  policies.set(id.replace('/', '.'), new Set([id]))
  for (const alias of aliases) policies.set(alias, (policies.get(alias) ?? new Set<string>()).add(id))
}
const covered = cases().filter(({ id }) => policies.has(id))

/** What a decision says about one address for one row, in the words of the labels. */
function label(decision: Decision, ids: ReadonlySet<string>, address: string): 'fail' | 'undecided' | 'pass' {
  const at = (finding: { id: string; address: string }) => ids.has(finding.id) && finding.address === address
  if (decision.findings.some(at)) return 'fail'
  return decision.undecided.some(at) ? 'undecided' : 'pass'
}

test('the labelled plans cover policies of the library', () => {
  expect(covered.length).toBeGreaterThan(10)
})

test.each(covered)('$id: every label is right', async ({ id, planPath, expected }) => {
  const ids = policies.get(id) ?? new Set<string>()
  const config = {
    environment: expected.environment ?? 'prod',
    ...(expected.parameters && { parameters: { [id]: expected.parameters } }),
  } as const
  const decision = await gate.evaluate(planPath, { config })
  const wanted = Object.fromEntries(
    (['fail', 'undecided', 'pass'] as const).flatMap((verdict) =>
      expected[verdict].map((address) => [address, verdict]),
    ),
  )
  const got = Object.fromEntries(Object.keys(wanted).map((address) => [address, label(decision, ids, address)]))
  expect(got).toEqual(wanted)
})
