import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { assemble, effectiveConfig } from './assemble.ts'
import { libraryFindings } from './library.ts'
import { ruleFindings } from './rules.ts'
import { type Finding, decisionJsonSchema } from './schema.ts'

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'a/b',
  severity: 'high',
  title: 't',
  msg: 'm',
  remediation: '',
  address: '',
  path: [],
  frameworks: {},
  ...more,
})
const config = { environment: 'prod', fail_on: 'medium', undecided: 'warn' } as const
const parts = {
  findings: [],
  undecided: [],
  waived: [],
  policies: 3,
  resources: 2,
  plan: { sha256: 'a'.repeat(64), formatVersion: '1.2', terraformVersion: '1.11.4' },
  bundle: { revision: 'r', sha256: 'b'.repeat(64) },
  config,
}

test('decision.schema.json is what the schema says: run `npm run schema` in packages/sdk after a change', () => {
  const published: unknown = JSON.parse(readFileSync(new URL('../../decision.schema.json', import.meta.url), 'utf8'))
  expect(published).toEqual(JSON.parse(JSON.stringify(decisionJsonSchema())))
})

describe('assemble', () => {
  test('sorts by severity, id, address, path and message, in code-unit order', () => {
    const sorted = [
      finding({ severity: 'critical', id: 'z/z' }),
      finding({ address: 'B' }),
      finding({ address: 'a', path: ['a'] }),
      finding({ address: 'a', path: ['a', 0] }),
      finding({ address: 'a', path: ['a', 0], msg: 'n' }),
      finding({ address: 'ä' }),
      finding({ id: 'b/a' }),
      finding({ severity: 'low', id: 'a/a' }),
    ].map((one) => ({ ...one, status: 'fail' as const }))
    expect(assemble({ ...parts, findings: sorted.toReversed() }).findings).toEqual(sorted)
  })

  test('counts every list', () => {
    const waiver = { owner: 'o', reason: 'r' }
    const { counts } = assemble({
      ...parts,
      findings: [
        { ...finding(), status: 'fail' },
        { ...finding({ id: 'c/d' }), status: 'warn' },
      ],
      undecided: [finding(), finding()],
      waived: [{ ...finding(), waiver }],
    })
    expect(counts).toEqual({ fail: 1, warn: 1, undecided: 2, waived: 1, unchanged: 0, policies: 3, resources: 2 })
  })

  test.each<['fail' | 'warn' | undefined, boolean, 'warn' | 'fail' | 'ignore', string]>([
    [undefined, false, 'warn', 'pass'],
    ['warn', false, 'warn', 'pass'],
    ['fail', false, 'warn', 'fail'],
    ['fail', true, 'warn', 'fail'],
    ['warn', true, 'warn', 'undecided'],
    [undefined, true, 'warn', 'undecided'],
    [undefined, true, 'fail', 'fail'],
    [undefined, true, 'ignore', 'pass'],
  ])('a finding that would %s, undecided ones: %s, with undecided: %s, give %s', (status, open, undecided, verdict) => {
    const decision = assemble({
      ...parts,
      findings: status === undefined ? [] : [{ ...finding(), status }],
      undecided: open ? [finding()] : [],
      config: { ...config, undecided },
    })
    expect(decision.verdict).toBe(verdict)
  })
})

test.each([
  [{}, { environment: 'prod', fail_on: 'medium', undecided: 'warn' }],
  [{ environment: 'stage' }, { environment: 'stage', fail_on: 'medium', undecided: 'warn' }],
  [{ environment: 'dev' }, { environment: 'dev', fail_on: 'high', undecided: 'warn' }],
  [
    { environment: 'dev', fail_on: 'low', undecided: 'ignore' },
    { environment: 'dev', fail_on: 'low', undecided: 'ignore' },
  ],
] as const)('the strictness of %j is %j', (given, effective) => {
  expect(effectiveConfig(given)).toEqual(effective)
})

describe('ruleFindings', () => {
  test('takes strings and objects with a message, and keeps what is valid in them', () => {
    const items = [
      'first line\nsecond',
      {
        msg: 'm',
        severity: 'critical',
        title: 't',
        remediation: 'r',
        address: 'a.b',
        path: ['p', 0],
        metadata: { x: 1 },
      },
      { msg: 'm', severity: 'HIGH', title: 7, remediation: null, address: {}, path: [null] },
    ]
    expect(ruleFindings('main/deny', 'fail', items)).toEqual([
      finding({ id: 'main/deny', title: 'first line', msg: 'first line\nsecond' }),
      finding({ id: 'main/deny', severity: 'critical', remediation: 'r', address: 'a.b', path: ['p', 0] }),
      finding({ id: 'main/deny', title: 'm' }),
    ])
    expect(ruleFindings('main/warn', 'warn', ['w'])).toEqual([
      finding({ id: 'main/warn', severity: 'low', title: 'w', msg: 'w' }),
    ])
    expect(ruleFindings('main/deny', 'fail', undefined)).toEqual([])
  })

  test.each<[unknown, string]>([
    [true, 'a boolean'],
    [false, 'a boolean'],
    [null, 'null'],
    ['text', 'a string'],
    [{ a: 'b' }, 'an object'],
    [[1], 'a set with a number'],
    [[['m']], 'a set with an array'],
    [[{ message: 'm' }], 'a set with an object without `msg`'],
    [[{ msg: 1 }], 'a set with an object without `msg`'],
  ])('refuses %j, which conftest would pass over or take for something else', (value, what) => {
    expect(() => ruleFindings('main/deny', 'fail', value)).toThrow(
      expect.objectContaining({
        code: 'ERR_EVALUATION',
        message: `rule \`main/deny\` gives ${what}, expected a set of messages`,
      }),
    )
  })
})

describe('libraryFindings', () => {
  const lists = {
    deny: [],
    warn: [],
    undecided: [],
    waived: [],
    unchanged: [],
    waivers: { expired: [], unused: [] },
    config,
  }
  test('gives the lists, and of a waiver what a decision tells', () => {
    const waiver = { policy: 'a/b', address: '*', owner: 'o', reason: 'r', expires: '2026-12-31' }
    expect(libraryFindings({ ...lists, waived: [{ ...finding(), waiver }] })).toEqual({
      ...lists,
      waived: [{ ...finding(), waiver: { owner: 'o', reason: 'r', expires: '2026-12-31' } }],
    })
  })

  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [{ ...lists, deny: undefined }, '`deny`: Invalid input: expected array, received undefined'],
    [
      { ...lists, deny: [{ ...finding(), severity: 'x' }] },
      '`deny.0.severity`: Invalid option: expected one of "critical"|"high"|"medium"|"low"',
    ],
    [{ ...lists, deny: [{ ...finding(), extra: 1 }] }, '`deny.0`: Unrecognized key: "extra"'],
  ])('refuses %j', (value, why) => {
    expect(() => libraryFindings(value)).toThrow(
      expect.objectContaining({ code: 'ERR_EVALUATION', message: `the library gave no list of findings: ${why}` }),
    )
  })
})
