import { expect, test } from '@jest/globals'
import { mergeDecisions } from './merge.ts'
import type { Decision, Finding } from './schema.ts'

const finding = (id: string, severity: Finding['severity']): Finding => ({
  id,
  severity,
  title: id,
  msg: id,
  remediation: '',
  address: '',
  path: [],
  frameworks: {},
})

const decision = (extra: Partial<Decision>): Decision => ({
  verdict: 'pass',
  findings: [],
  undecided: [],
  waived: [],
  unchanged: [],
  waivers: { expired: [], unused: [] },
  counts: { fail: 0, warn: 0, undecided: 0, waived: 0, unchanged: 0, policies: 1, resources: 4 },
  plan: { sha256: 'a'.repeat(64), formatVersion: '1.2', terraformVersion: '1.11.4' },
  bundle: { revision: 'r', sha256: '0'.repeat(64) },
  config: { environment: 'prod', fail_on: 'medium', undecided: 'warn' },
  ...extra,
})

test('one decision stays what it is', () => {
  const one = decision({})
  expect(mergeDecisions(one)).toBe(one)
})

test('findings of all stand in one order, under the worst verdict', () => {
  const first = decision({ verdict: 'undecided', undecided: [finding('b/b', 'low')] })
  const second = decision({
    verdict: 'fail',
    findings: [
      { ...finding('z/z', 'high'), status: 'fail' },
      { ...finding('a/a', 'low'), status: 'warn' },
    ],
    bundle: { revision: 's', sha256: '1'.repeat(64) },
  })
  const third = decision({ verdict: 'fail', findings: [{ ...finding('c/c', 'critical'), status: 'fail' }] })
  expect(mergeDecisions(first, second, third)).toEqual({
    ...first,
    verdict: 'fail',
    findings: [third.findings[0], second.findings[0], second.findings[1]],
    counts: { fail: 2, warn: 1, undecided: 1, waived: 0, unchanged: 0, policies: 3, resources: 4 },
    bundle: { revision: 'r+s+r', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  })
})

test('decisions about different plans are not merged', () => {
  const other = decision({ plan: { ...decision({}).plan, sha256: 'b'.repeat(64) } })
  expect(() => mergeDecisions(decision({}), other)).toThrow(
    expect.objectContaining({ code: 'ERR_EVALUATION', message: 'the decisions are about different plans' }),
  )
})
