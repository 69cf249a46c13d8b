import { expect, test } from '@jest/globals'
import { cases } from '@plangate/test-plans'
import { gate } from './library.ts'

const full = process.env['PLANGATE_TEST_FULL'] !== undefined
const severities = ['critical', 'high', 'medium', 'low']

/** What METADATA says of a policy in an environment: the severity and what a finding does, or that there is none. */
const stated = (id: string, environment: 'dev' | 'stage' | 'prod') => {
  const entry = gate.catalogue.find((policy) => policy.id === id)
  if (entry === undefined || entry.environments?.includes(environment) === false) return 'no finding'
  const severity = entry.severity_by_environment?.[environment] ?? entry.severity
  const fails = severities.indexOf(severity) <= severities.indexOf(environment === 'dev' ? 'high' : 'medium')
  return `${severity}: ${fails ? 'fail' : 'warn'}`
}

test('dev, stage and prod are as strict as each policy says', async () => {
  const plans = [...new Set(cases().map(({ planPath }) => planPath))].filter((_, index) => full || index % 6 === 0)
  const otherwise = new Set<string>()
  const seen = { dev: new Set<string>(), stage: new Set<string>(), prod: new Set<string>() }
  for (const plan of plans) {
    for (const environment of ['dev', 'stage', 'prod'] as const) {
      const { findings } = await gate.evaluate(plan, { config: { environment, today: '2026-11-21' } })
      for (const { id, severity, status } of findings) {
        seen[environment].add(`${id} ${severity}: ${status}`)
        const expected = stated(id, environment)
        if (expected !== `${severity}: ${status}`) otherwise.add(`${id} in ${environment}: ${severity}: ${status}`)
      }
    }
  }
  const ids = [...seen.prod].map((line) => line.split(' ')[0] ?? '')
  const milder = ids.filter((id) => stated(id, 'dev') !== stated(id, 'prod'))
  expect([...otherwise]).toEqual([])
  // Findings that warn, or are not there, in dev, and fail in prod.
  expect(milder.length).toBeGreaterThan(5)
  expect(milder.filter((id) => seen.dev.has(`${id} ${stated(id, 'prod')}`))).toEqual([])
  expect(
    [...seen.stage].filter((line) => !seen.prod.has(line) && stated(line.split(' ')[0] ?? '', 'prod') !== 'no finding'),
  ).toEqual([])
})
